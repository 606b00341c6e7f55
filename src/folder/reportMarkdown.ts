// report.md: what was decided, done and seen, for the change ticket.
import { statesOf } from '../evidence/stepState';
import type { Situation } from '../evidence/situation';
import type { JournalEvent, JournalLine } from '../model/result';
import { code, forMarkdown } from '../model/untrustedText';
import { stepTitle } from './words/kinds';

export const reportPath = 'report.md';

type EventOf<E extends JournalEvent['event']> = Extract<JournalEvent, { readonly event: E }>;

const events: { readonly [E in JournalEvent['event']]: (line: EventOf<E>) => string } = {
  created: ({ rotation }) => `rotation ${rotation} created`,
  snapshot: ({ path }) => `snapshot ${path}`,
  run: ({ step, script }) => `step ${step} begun: ${script}`,
  result: ({ step, outcome }) => `step ${step} ended: ${outcome}`,
  foreign: ({ path, why }) => `result ${path} not believed: ${why}`,
  observation: ({ observation: { endpoint, outcome, certificate, server } }) =>
    `${endpoint.protocol} of ${server ?? endpoint.host}: ${certificate === null ? outcome : `${certificate.thumbprint}, valid ${certificate.notBefore} to ${certificate.notAfter}`}`,
  decision: ({ question, answer }) => `decided: ${question} is ${answer}`,
  confirmed: ({ step, what }) => `step ${step} confirmed: ${what}`,
};

/** What a journal line says, in plain English; names in it may be a stranger's text. */
export function eventSentence(line: JournalLine): string {
  const sentence = events[line.event] as (line: JournalEvent) => string;
  return sentence(line);
}

/** Deterministic: the same situation and journal give the same text. */
export function reportMarkdown(situation: Situation, journal: readonly JournalLine[]): string {
  const { plan, rotation, found } = situation;
  const states = statesOf(situation);
  const open = plan.phases.flatMap(({ steps }) => steps).filter(({ id }) => states.get(id)?.state !== 'done');
  const lines = [
    `# Report: ${forMarkdown(rotation.name)}`,
    '',
    `Certificate ${code(rotation.from.thumbprint)} replaced by ${code(rotation.to.thumbprint)} on ${rotation.servers.map(forMarkdown).join(', ')}.`,
    `Found as of ${found.taken}. ${open.length === 0 ? 'No step is open.' : `Open steps: ${String(open.length)}.`}`,
    '',
    ...(open.length === 0 ? [] : ['## Open', '']),
    ...open.map((step) => `- ${forMarkdown(stepTitle(step))}: ${states.get(step.id)?.state ?? 'ready'}`),
    ...(open.length === 0 ? [] : ['']),
    '## Decisions',
    '',
    ...rotation.decisions.map(
      ({ question, answer, at, by }) =>
        `- ${at} ${forMarkdown(by)}: ${forMarkdown(question)} is ${forMarkdown(answer)}`,
    ),
    '',
    '## Seen from outside',
    '',
    '| server | endpoint | at | presented | valid |',
    '|---|---|---|---|---|',
    ...found.observations.map(({ server, endpoint, at, outcome, certificate }) => {
      const valid = certificate === null ? '' : `${certificate.notBefore} to ${certificate.notAfter}`;
      const what = certificate === null ? outcome : code(certificate.thumbprint);
      return `| ${forMarkdown(server ?? endpoint.host)} | ${endpoint.protocol} ${String(endpoint.port)} | ${at} | ${what} | ${valid} |`;
    }),
    '',
    '## Journal',
    '',
    ...journal.map((line) => `- ${line.at} ${forMarkdown(line.by)}: ${forMarkdown(eventSentence(line))}`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
