// The list of the organizations and of how a rotation comes out on each, as the lab's README has it.
import { organizationNames, readOrganization } from './readOrganization';

/** Told by `npm run rotations` alone: the runbook's story is a file of its own, and the others take longest. */
export const longStories: readonly string[] = ['runbook', 'dag-of-four', 'forty-servers', 'third-certificate'];

/** The rows of the table, one a line. */
export function storyRows(): readonly string[] {
  return organizationNames().map((name) => {
    const { title, story } = readOrganization(name);
    const how =
      'ends' in story ? `without an open step: ${story.ends}` : `refused, \`${story.refused}\`: ${story.because}`;
    return `| \`${name}\`${longStories.includes(name) ? ' *' : ''} | ${title} | ${how} |`;
  });
}
