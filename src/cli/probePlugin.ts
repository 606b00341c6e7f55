// `probe --format nagios`: one line and an exit code of 0 to 3, as Nagios, Icinga, Checkmk and Naemon read them.
import type { ExpiryThresholds } from '../model/expiry';
import type { Observation } from '../model/observation';
import { forPlugin } from '../model/untrustedText';
import { wordsOf } from '../probe/findingWords';
import type { Judged } from '../probe/judgeOf';
import { elementsOf, placeOf, trustWords } from './probeLine';

/** Monitoring Plugins Development Guidelines, section 2: states and their exit codes. */
const words = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;
export type State = 0 | 1 | 2 | 3;

/** Endpoints named in the line, the gravest first; the others are counted. */
const mostNamed = 3;

/** What is not presented is critical, as an error is; a plug-in knows no more of it than of a wrong certificate. */
export function stateOf({ findings }: Judged): State {
  if (findings.some(({ severity }) => severity === 'error')) return 2;
  return findings.some(({ severity }) => severity === 'warning') ? 1 : 0;
}

/** The line and the exit code of them all; `notes` follow the reason. */
export function pluginLine(
  judged: readonly Judged[],
  notes: readonly string[],
  thresholds: ExpiryThresholds,
  now: Date,
): { readonly line: string; readonly state: State } {
  if (judged.length === 0) return { line: lineFor(3, 'no endpoint to check'), state: 3 };
  const states = judged.map(stateOf);
  const state = states.includes(2) ? 2 : states.includes(1) ? 1 : 0;
  const reasons = state === 0 ? [wellOf(judged, now)] : troubles(judged, state);
  const text = [...reasons, ...notes].map((part) => forPlugin(part.replace(/\.$/u, ''))).join('; ');
  const figures = judged.flatMap(({ observation }) => figuresOf(observation, judged.length > 1, thresholds, now));
  return { line: lineFor(state, text, figures), state };
}

/** UNKNOWN for what the plug-in itself cannot do. */
export function unknownLine(reason: string): string {
  return lineFor(3, forPlugin(reason));
}

function lineFor(state: State, text: string, figures: readonly string[] = []): string {
  return `${words[state]} - ${text}${figures.length === 0 ? '' : ` | ${figures.join(' ')}`}\n`;
}

function troubles(judged: readonly Judged[], state: State): readonly string[] {
  const grave = judged.filter((one) => stateOf(one) === state);
  const more = grave.length - mostNamed;
  const named = grave.slice(0, mostNamed).map(({ observation, findings }) => {
    const wanted = state === 2 ? 'error' : 'warning';
    const messages = findings.filter(({ severity }) => severity === wanted).map((finding) => wordsOf(finding).message);
    return `${nameOf(observation)}: ${messages.join(' ')}`;
  });
  return [
    ...named,
    ...(more > 0 ? [`${more} more endpoints`] : []),
    ...(judged.length > 1 ? [`${grave.length} of ${judged.length} endpoints`] : []),
  ];
}

function wellOf(judged: readonly Judged[], now: Date): string {
  const all = judged.flatMap(({ observation }) => elementsOf(observation, now).map(({ days }) => days));
  const trusts = [...new Set(judged.map(({ observation }) => trustWords(observation.trust)))].join(', ');
  const [first] = judged;
  const where = judged.length === 1 && first ? nameOf(first.observation) : `${judged.length} endpoints`;
  return `${where}: the first certificate to end has ${Math.min(...all)} days left, ${trusts}`;
}

/** `SERVER1 mail.contoso.com:443 https`: what tells an endpoint from the others. */
function nameOf(observation: Observation): string {
  const { server, endpoint } = observation;
  const address = endpoint.address === undefined ? [] : [`(${endpoint.address})`];
  return [...(server === null ? [] : [server]), placeOf(observation), ...address, endpoint.protocol].join(' ');
}

/**
 * Days left of each certificate of the chain, the server's own first: `days_chain_elem1=88;14;3`, as check_ssl_cert names them; with the
 * endpoint before it where there are several. A label with blanks stands in quotes and holds neither a quote nor `=` (guidelines, section 2.6).
 */
function figuresOf(
  observation: Observation,
  isOneOfMany: boolean,
  { warningDays, errorDays }: ExpiryThresholds,
  now: Date,
): readonly string[] {
  const name = forPlugin(nameOf(observation)).replace(/['=]/gu, '_');
  return elementsOf(observation, now).map(({ days }, at) => {
    const figure = `days_chain_elem${at + 1}`;
    return `${isOneOfMany ? `'${name} ${figure}'` : figure}=${days};${warningDays};${errorDays}`;
  });
}
