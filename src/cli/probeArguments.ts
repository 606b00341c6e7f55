// The options of `probe`, taken apart and checked; what is wrong is said in a sentence.
import { usualThresholds, type ExpiryThresholds } from '../model/expiry';
import type { Protocol } from '../model/observation';
import { parseArguments } from './command';

export const probeUsage = `usage: exchange-certificates probe CONFIG|HOST:PORT... [--starttls smtp|imap|pop3] [--servername NAME[,NAME...]]
       [--timeout SECONDS] [--warning-days DAYS] [--critical-days DAYS] [--ca FILE | --no-trust] [-4 | -6]
       [--format text|json|nagios|prometheus] [--json]
The protocol follows from the port unless --starttls says it. A check ends within the time-out, 30 seconds by default.
Every address of a name is checked; -4 and -6 keep to one version of IP.
The first --servername is sent to the server; the certificate must cover all of them, as it must all host names of a configuration.
--warning-days and --critical-days (also --error-days) count to the end of each certificate of the chain: 14 and 3 by default.
Trust is judged by the system's store, by the roots in --ca FILE, or by those of probe.ca in the configuration; --no-trust judges none.
A 0 says: presented; every name covered; the whole chain within its time and strong enough for clients; TLS 1.2 or later; and trusted
by the store that the output names, or not judged, which it says as well. Revocation is never checked.
exit codes: 0 all well, 1 a warning, 2 an error such as an expired, wrong or untrusted certificate, or less than the critical days left,
3 nothing presented, 64 usage, 66 no such file, 70 a failure of the command itself
with --format nagios: 0 OK, 1 WARNING, 2 CRITICAL (nothing presented, too), 3 UNKNOWN (usage, files and failures), and no other
with --format prometheus: 0 once the metrics are printed, whatever they say; 64, 66 and 70 as above
See docs/monitoring.md for examples.
`;

export type Format = 'text' | 'json' | 'nagios' | 'prometheus';

export interface ProbeArguments {
  readonly operands: readonly string[];
  readonly format: Format;
  /** null: by the port. */
  readonly starttls: Protocol | null;
  /** Empty: by the operand. */
  readonly names: readonly string[];
  readonly seconds: number;
  readonly thresholds: ExpiryThresholds;
  /** `system`, `none`, or a file. */
  readonly trust: 'system' | 'none' | { readonly file: string };
  readonly family?: 4 | 6;
}

const flags = ['--json', '--help', '--no-trust', '-4', '-6'];
const valued = [
  '--starttls',
  '--servername',
  '--timeout',
  '--warning-days',
  '--error-days',
  '--critical-days',
  '--ca',
  '--format',
];
const formats: readonly Format[] = ['text', 'json', 'nagios', 'prometheus'];

/** Whether a plug-in was asked for, however wrong the other arguments are: then its exit codes hold. */
export function asksForPlugin(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  return options.some((word, at) => word === '--format' && options[at + 1] === 'nagios');
}

/** A sentence says what is wrong. */
export function probeArguments(args: readonly string[]): ProbeArguments | 'help' | { readonly wrong: string } {
  const parsed = parseArguments(args, flags, valued);
  if (!parsed) return { wrong: 'an option is not known, or lacks its value' };
  const { flags: set, values, operands } = parsed;
  if (set.has('--help')) return 'help';
  const pick = { ...formatOf(set, values), ...trustOf(set, values), ...familyOf(set) };
  if (pick.wrong !== undefined) return { wrong: pick.wrong };
  const starttls = startTls(values.get('--starttls'));
  if (starttls === undefined) return { wrong: '--starttls takes smtp, imap or pop3' };
  const seconds = within(values.get('--timeout'), 30, 3600);
  if (!seconds) return { wrong: '--timeout takes seconds, up to 3600' };
  if (values.has('--error-days') && values.has('--critical-days'))
    return { wrong: '--error-days and --critical-days are one option; give one of them' };
  const critical = values.get('--critical-days') ?? values.get('--error-days');
  const warningDays = within(values.get('--warning-days'), usualThresholds.warningDays, 3650);
  const errorDays = within(critical, usualThresholds.errorDays, 3650);
  if (warningDays === undefined || errorDays === undefined)
    return { wrong: '--warning-days and --critical-days take days, from 0 to 3650' };
  const names = values.get('--servername')?.split(',') ?? [];
  if (names.includes('')) return { wrong: '--servername takes a name, or several with commas between them' };
  if (operands.length === 0) return { wrong: 'nothing to check: name a configuration or HOST:PORT' };
  return { operands, starttls, names, seconds, thresholds: { warningDays, errorDays }, ...pick };
}

function formatOf(
  set: ReadonlySet<string>,
  values: ReadonlyMap<string, string>,
): { readonly format: Format; readonly wrong?: string } {
  const word = values.get('--format');
  const format = formats.find((one) => one === word);
  if (word !== undefined && format === undefined)
    return { format: 'text', wrong: `--format takes ${formats.join(', ')}` };
  if (set.has('--json') && format !== undefined && format !== 'json')
    return { format, wrong: '--json and --format differ; give one of them' };
  return { format: set.has('--json') ? 'json' : (format ?? 'text') };
}

function trustOf(
  set: ReadonlySet<string>,
  values: ReadonlyMap<string, string>,
): Pick<ProbeArguments, 'trust'> & { readonly wrong?: string } {
  const file = values.get('--ca');
  if (file === undefined) return { trust: set.has('--no-trust') ? 'none' : 'system' };
  if (set.has('--no-trust')) return { trust: 'none', wrong: '--ca and --no-trust exclude each other' };
  return { trust: { file } };
}

function familyOf(set: ReadonlySet<string>): { readonly family?: 4 | 6; readonly wrong?: string } {
  if (set.has('-4')) return set.has('-6') ? { wrong: '-4 and -6 exclude each other' } : { family: 4 };
  return set.has('-6') ? { family: 6 } : {};
}

/** undefined: no number, or none from 0 to `most`. */
function within(text: string | undefined, usual: number, most: number): number | undefined {
  const number = text === undefined ? usual : text === '' ? NaN : Number(text);
  return number >= 0 && number <= most ? number : undefined;
}

/** null: not said; undefined: said, and none. */
function startTls(word: string | undefined): Protocol | null | undefined {
  if (word === undefined) return null;
  return word === 'smtp' || word === 'imap' || word === 'pop3' ? word : undefined;
}
