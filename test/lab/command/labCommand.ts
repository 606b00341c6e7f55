// The command line of a running lab: `fault SERVER2 down`, `state`, `log`, `reset`, and what stands in its help.
import { connectLab, type LabClient } from '../labClient';
import {
  type Organization,
  OrganizationError,
  organizationNames,
  readOrganization,
} from '../organizations/readOrganization';
import { samplePassword } from '../sample';
import { faultHelp, setFault, UsageError } from './faults';
import { findRunning } from './runningLab';
import { stateText } from './stateText';
import { table } from './table';

const prefix = 'npm run lab --';

const otherHelp = [
  { usage: 'state', meaning: 'what each server presents, and what names which certificate' },
  { usage: 'log', meaning: 'every change so far, and who made it' },
  { usage: 'reset', meaning: 'the organization as it was at the start' },
  { usage: 'shell', meaning: 'a shell on the administrator’s workstation' },
  { usage: 'shell SERVER', meaning: 'the Exchange Management Shell on that server' },
];

/** The organization of a command line, the runbook's where none is named; ends the process with the names where there is none. */
export function organizationNamed(name = 'runbook'): Organization {
  try {
    return readOrganization(name);
  } catch (error) {
    if (!(error instanceof OrganizationError)) throw error;
    console.error(error.message);
    process.exit(64);
  }
}

/** The organizations, one a line. */
export function organizationList(width: number): string {
  return table(
    ['ORGANIZATION', 'WHAT IT IS'],
    organizationNames().map((name) => [name, readOrganization(name).title]),
    width,
  ).join('\n');
}

/** Said when a lab has started: what it is, how to break it, how to look at it. */
export function startText(made: Organization, workspace: string, width: number): string {
  const server = Object.keys(made.servers)[0]?.split('..')[0] ?? 'SERVER1';
  const usages = [...faultHelp, ...otherHelp].map(({ usage, meaning }) => [
    `  ${prefix} ${usage.replace('SERVER', server).replace('DOMAINCONTROLLER', made.domainControllers.at(-1)?.split('.')[0] ?? 'dc1')}`,
    meaning,
  ]);
  return [
    `${made.name}: ${made.title}`,
    'ends' in made.story ? `A rotation ends: ${made.story.ends}.` : `A rotation is refused: ${made.story.because}.`,
    '',
    `workspace ${workspace}`,
    `The password of its PFX files is ${samplePassword}`,
    '',
    'In another terminal, as long as this one runs:',
    ...usages
      .map(
        ([usage = '', meaning = '']) =>
          `${usage.padEnd(Math.max(...usages.map(([one]) => one?.length ?? 0)))}  ${meaning}`,
      )
      .map((line) => (line.length <= width ? line : `${line.slice(0, width - 1)}…`)),
    '',
    'Ctrl+C ends it.',
  ].join('\n');
}

/** Does one command on the lab that runs, and gives what is printed; `shell` is the caller's to start. Throws a UsageError. */
export async function runLabCommand(words: readonly string[], width: number): Promise<string> {
  const { data } = await findRunning();
  const lab = await connectLab(data).catch(() => {
    throw new UsageError('The lab that was started last runs no more. Start one: npm run lab.');
  });
  try {
    return await run(lab, words, width);
  } finally {
    lab.close();
  }
}

async function run(lab: LabClient, [word = '', ...rest]: readonly string[], width: number): Promise<string> {
  if (word === 'fault') return setFault(lab, rest);
  if (word === 'state') return stateText(lab, width);
  if (word === 'log') return logText(lab, width);
  if (word !== 'reset') throw new UsageError(`${word} is no command of the lab.`);
  await lab.call('state.reset');
  return 'The organization is as it was at the start.';
}

async function logText(lab: LabClient, width: number): Promise<string> {
  const log = await lab.log();
  if (log.length === 0) return 'Nothing was changed yet.';
  return table(
    ['TIME', 'SERVER', 'CHANGE', 'BY', 'WHAT'],
    log.map(({ at, server, what, operation, detail }) => [
      at.slice(11, 19),
      server ?? '',
      what,
      operation,
      detail ?? '',
    ]),
    width,
  ).join('\n');
}

/** The arguments of the lab's program for `shell [SERVER]`. Throws a UsageError. */
export async function shellArguments([, server]: readonly string[]): Promise<readonly string[]> {
  const { data } = await findRunning();
  const more = server === undefined ? ['-ExecutionPolicy', 'RemoteSigned'] : ['--server', server];
  return ['shell', '--data', data, ...more];
}
