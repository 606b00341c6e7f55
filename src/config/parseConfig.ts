// Reads the text of a configuration into what is wanted, with every problem at its place.
import type { Wanted } from '../model/wanted';
import { parseThumbprint } from '../model/names';
import { certificateRules } from './certificateRules';
import { connectorRules } from './connectorRules';
import { draftOf, positionsOf } from './draft';
import { openDocument } from './openDocument';
import type { EntryPosition } from './positions';
import { problem, type ConfigProblem, type DataOf } from './problem';
import { remotingRules } from './remotingRules';
import { configSchema, type ConfigShape } from './schema';
import { schemaProblems } from './schemaProblems';
import { serverRules } from './serverRules';

export interface ParsedConfig {
  /** null while the text has an error: what cannot be trusted whole is not planned with. */
  readonly wanted: Wanted | null;
  /** In the order of the text. */
  readonly problems: readonly ConfigProblem[];
  readonly positions: readonly EntryPosition[];
}

/** More than a person reads, less than makes an editor slow. */
const mostProblems = 500;
const rules = [...serverRules, ...certificateRules, ...connectorRules, ...remotingRules];

/** Never throws: whatever is wrong with `text` is a problem. */
export function parseConfig(text: string): ParsedConfig {
  const { root, content, resolve, readable, problems: textual } = openDocument(text);
  const draft = draftOf(root, resolve, text);
  const positions = positionsOf(draft);
  if (!readable) return { wanted: null, problems: inOrder(textual), positions };
  const parsed = shapeOf(content);
  if (parsed === undefined) {
    const overflow = problem('too-many-problems', { start: 0, end: 1 }, { shown: 0 });
    return { wanted: null, problems: inOrder([...textual, overflow]), positions };
  }
  const problems = inOrder([
    ...textual,
    ...(parsed.success ? [] : schemaProblems(parsed.error.issues.slice(0, mostProblems + 1), root, resolve, text)),
    ...rules.flatMap((rule) => [...rule(draft)]),
  ]);
  const trusted = parsed.success && problems.every(({ severity }) => severity !== 'error');
  return { wanted: trusted ? wantedOf(parsed.data) : null, problems, positions };
}

/** What is known of a configuration of which nothing could be read, but for why. */
export function notParsed<Code extends 'unreadable' | 'too-large' | 'too-much-work'>(
  code: Code,
  data: DataOf<Code>,
): ParsedConfig {
  return { wanted: null, problems: [problem(code, { start: 0, end: 1 }, data)], positions: [] };
}

/** undefined where the list of what is wrong overflows the schema's own stack: beyond a hundred thousand places. */
function shapeOf(content: unknown): ReturnType<typeof configSchema.safeParse> | undefined {
  try {
    return configSchema.safeParse(content);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function inOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const sorted = [...problems].sort((one, other) => one.range.start - other.range.start);
  const next = sorted[mostProblems];
  if (next === undefined) return sorted;
  return [...sorted.slice(0, mostProblems), problem('too-many-problems', next.range, { shown: mostProblems })];
}

function wantedOf({ organization, remoting, servers, certificates, connectors, probe, policy }: ConfigShape): Wanted {
  return {
    organization,
    remoting,
    servers: servers.map((server) => ({ ...server, address: server.address ?? server.fqdn })),
    certificates: certificates.map(({ pfx, thumbprint, friendlyName, ...certificate }) => ({
      ...certificate,
      pfx: pfx ?? null,
      thumbprint: thumbprint === undefined ? null : (parseThumbprint(thumbprint) ?? null),
      friendlyName: friendlyName ?? null,
    })),
    connectors,
    probe: { from: probe.from ?? null, ca: probe.ca ?? null },
    policy,
  };
}
