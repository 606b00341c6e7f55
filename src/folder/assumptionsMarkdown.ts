// *Check Assumptions* for people: what does not hold first, then what could not be asked, then the count of the rest.
import type { AssumptionPlace, AssumptionsTold, JudgedAssumption } from '../model/assumptions';
import { forMarkdown as cell } from '../model/untrustedText';
import { own } from '../model/own';

const places: Readonly<Record<AssumptionPlace, string>> = {
  here: 'in Windows PowerShell on this workstation',
  exchange: 'in the session to Exchange',
  server: 'in the sessions on the servers',
};

const reasons: Readonly<Record<string, string>> = {
  'not-connected': 'no session to Exchange could be made',
  'no-command': 'the command is not there',
  'no-type': 'the type is not there',
  'no-object': 'there is no object to look at',
  'not-asked': 'only a command that changes or exports something tells it',
  'not-answered': 'the server did not answer',
};

/** The whole report; it names no server and no certificate. */
export function assumptionsMarkdown(judged: readonly JudgedAssumption[], told: AssumptionsTold): string {
  const of = (verdict: JudgedAssumption['verdict']): readonly JudgedAssumption[] =>
    judged.filter((one) => one.verdict === verdict);
  const [failing, unknown, holding] = [of('fails'), of('unknown'), of('holds')];
  return [
    '# Assumptions',
    '',
    summary(failing.length, unknown.length, holding.length),
    '',
    `${meansSentence(told)} Windows PowerShell ${cell(told.shell ?? 'of unknown version')}.`,
    '',
    ...section('Does not hold', failing),
    ...section('Could not be asked, and so is unknown', unknown),
    '## Holds',
    '',
    ...(['here', 'exchange', 'server'] as const).map(
      (place) => `- ${holding.filter((one) => one.place === place).length} ${places[place]}`,
    ),
    '',
  ].join('\n');
}

function summary(failing: number, unknown: number, holding: number): string {
  if (failing > 0) {
    return `**${failing} of ${failing + unknown + holding} do not hold.** Do not run a change before you know why: the scripts rely on them. ${unknown} could not be asked.`;
  }
  return unknown > 0
    ? `None of what could be asked fails: ${holding} hold. **${unknown} could not be asked**, which is not the same as holding.`
    : `All ${holding} hold.`;
}

function meansSentence({ means, servers }: AssumptionsTold): string {
  const reached = servers.filter((server) => server.reached).length;
  const exchange = {
    endpoint: 'Exchange was asked by its remote endpoint.',
    'management-shell': 'Exchange was asked by the Exchange Management Shell.',
    none: 'Exchange could not be asked.',
  }[means ?? 'none'];
  const builds = servers.map(
    (one, at) => `server ${at + 1}: Windows ${one.windows ?? 'unknown'}, Exchange ${one.exchange ?? 'unknown'}`,
  );
  return `${exchange} ${reached} of ${servers.length} servers answered (${builds.map(cell).join('; ')}).`;
}

function section(title: string, rows: readonly JudgedAssumption[]): readonly string[] {
  if (rows.length === 0) return [];
  return [
    `## ${title}`,
    '',
    '| What | Where | Answers |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${cell(whatOf(row))} | ${places[row.place]} | ${cell(answersOf(row))} |`),
    '',
  ];
}

function whatOf({ kind, of, name }: JudgedAssumption): string {
  const written = {
    command: of,
    parameter: `${of} -${name ?? ''}`,
    property: `${of}: property ${name ?? ''}`,
    type: `[${of}]`,
    member: `[${of}]::${name ?? ''}`,
  };
  return written[kind];
}

function answersOf({ place, counts, why }: JudgedAssumption): string {
  const said = why.map((one) => own(reasons, one) ?? `error ${one}`);
  const counted =
    place === 'server'
      ? `${counts.fails} without, ${counts.unknown} unknown, ${counts.holds} with`
      : counts.fails > 0
        ? 'not there'
        : '';
  return [counted, ...said].filter((text) => text !== '').join('; ');
}
