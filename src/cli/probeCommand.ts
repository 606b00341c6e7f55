// `probe CONFIG|HOST:PORT…`: checks endpoints from outside, says which certificates they present, and exits with what that means.
import type { Thumbprint } from '../model/names';
import { toTime } from '../model/names';
import type { Observation } from '../model/observation';
import { forJson, forTerminal } from '../model/untrustedText';
import type { Expectation } from '../probe/finding';
import { judgeOf, type Judged } from '../probe/judgeOf';
import { probeAll, type ProbeTarget } from '../probe/probeAll';
import { ExitCode, type Command } from './command';
import { asksForPlugin, probeArguments, probeUsage, type ProbeArguments } from './probeArguments';
import { lineOf, readable } from './probeLine';
import { metricsText } from './probeMetrics';
import { pluginLine, stateOf, unknownLine } from './probePlugin';
import { probeTargets, type Targets } from './probeTargets';

/** What is worse wins, and a certificate known to be wrong is worse than none seen. */
const severityOrder = [0, 1, 3, 2] as const;

/** Ended with a code, or not begun: then `refused` says why. */
type Ended = number | { readonly refused: string; readonly code: number };

export const probeCommand: Command = async (args) => {
  if (asksForPlugin(args)) return asPlugin(() => probe(args));
  const ended = await probe(args);
  if (typeof ended === 'number') return ended;
  process.stderr.write(`${forTerminal(ended.refused)}\n${ended.code === ExitCode.usage ? probeUsage : ''}`);
  return ended.code;
};

/** A monitoring system takes any other code than 0 to 3 for a broken plug-in, and Node's own for a crash, 1, for a warning. */
async function asPlugin(run: () => Promise<Ended>): Promise<number> {
  const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  const unknown = (reason: string): number => {
    try {
      process.stdout.write(unknownLine(reason));
    } catch {
      // Nobody can be told: the code is what is left.
    }
    return 3;
  };
  process.on('uncaughtException', (error) => {
    process.exit(unknown(reasonOf(error)));
  });
  try {
    const ended = await run();
    return typeof ended === 'number' ? ended : unknown(ended.refused);
  } catch (error) {
    return unknown(reasonOf(error));
  }
}

async function probe(args: readonly string[]): Promise<Ended> {
  const asked = probeArguments(args);
  if (asked === 'help') {
    process.stdout.write(probeUsage);
    return ExitCode.ok;
  }
  if ('wrong' in asked) return { refused: asked.wrong, code: ExitCode.usage };
  const targets = await probeTargets(asked);
  if ('missing' in targets) return { refused: targets.missing, code: ExitCode.noInput };
  // Icinga puts what a plug-in says on standard error into its output: there the notes are part of the line.
  if (asked.format !== 'nagios') for (const note of targets.notes) process.stderr.write(`${forTerminal(note)}\n`);
  return printed(asked, targets.notes, await judgedOf(asked, targets));
}

/** All in the order asked for: whether nodes differ is known at the end. As JSON each is printed as it comes. */
async function judgedOf({ family, seconds, thresholds, format }: ProbeArguments, { groups }: Targets) {
  const now = toTime(new Date());
  const observations: Observation[] = [];
  const planned = new Map<ProbeTarget['endpoint'], Thumbprint | null>();
  const expected = ({ endpoint }: Observation): Expectation => {
    return { planned: planned.get(endpoint) ?? null, old: null, now, thresholds };
  };
  for (const group of groups) {
    for (const { endpoint } of group.targets) planned.set(endpoint, group.planned(endpoint));
    const options = {
      timeoutMilliseconds: seconds * 1000,
      ...(group.store && { trust: group.store }),
      ...(family && { family }),
    };
    await probeAll(group.targets, options, (observation) => {
      observations.push(observation);
      if (format !== 'json') return;
      // compared with those that came before it: the last line of a service knows all of its nodes
      const line = lineOf(judgeOf(observations, expected)(observation), new Date(now));
      process.stdout.write(`${forJson(JSON.stringify(line))}\n`);
    });
  }
  const order = new Map([...planned.keys()].map((endpoint, at) => [endpoint, at]));
  const place = ({ endpoint }: Observation): number => order.get(endpoint) ?? 0;
  const judge = judgeOf(observations, expected);
  return { judged: observations.toSorted((one, other) => place(one) - place(other)).map(judge), now: new Date(now) };
}

function printed(
  { format, thresholds }: ProbeArguments,
  notes: readonly string[],
  { judged, now }: { readonly judged: readonly Judged[]; readonly now: Date },
): number {
  if (format === 'nagios') {
    const { line, state } = pluginLine(judged, notes, thresholds, now);
    process.stdout.write(line);
    return state;
  }
  if (format === 'prometheus') {
    // in one piece: what reads the file never sees half of it
    process.stdout.write(metricsText(judged, now));
    return ExitCode.ok;
  }
  if (format === 'text') for (const one of judged) process.stdout.write(readable(lineOf(one, now)));
  const verdicts = judged.map((one) => (one.observation.outcome === 'presented' ? stateOf(one) : 3));
  return severityOrder.findLast((code) => verdicts.includes(code)) ?? ExitCode.ok;
}
