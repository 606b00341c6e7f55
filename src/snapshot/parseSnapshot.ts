// Reads a snapshot's text at the border: nothing in it is trusted.
import type { OrganizationRows, ServerRow, Snapshot, SnapshotProblem } from '../model/snapshot';
import { readTolerant, type ReadTolerant } from './readTolerant';
import { rowsSchema, snapshotSchema } from './snapshotSchema';

export interface ParsedSnapshot {
  /** null where not even the outline holds. Its own `problems` hold what the script noted and then what was malformed. */
  readonly snapshot: Snapshot | null;
  /**
   * What was malformed, by path (`servers[2].certificates`); each such part is unknown (null) in the snapshot. With the
   * code `not-understood`: what only a newer version can have written, and is left out.
   */
  readonly problems: readonly SnapshotProblem[];
}

/** Characters; 500 servers with 20 certificates each take half of it. */
export const longestSnapshot = 1 << 26;

/** Never throws. */
export function parseSnapshot(text: string): ParsedSnapshot {
  const { value, problems: malformed } = readJson(text, (json) => readTolerant(snapshotSchema, json));
  if (value === null) return { snapshot: null, problems: malformed };
  const repeated = repeatedServers(value.servers);
  const problems = [
    ...malformed,
    ...repeated.map(({ name }) => ({ where: name, code: 'repeated', detail: 'servers' })),
  ];
  const servers = value.servers.filter((server) => !repeated.includes(server));
  return { snapshot: { ...value, servers, problems: [...value.problems, ...problems] }, problems };
}

/** The rows of a step's result, `before` or `after`, by the same rules; `json` is changed in place. Never throws. */
export function readRows(json: unknown): ReadTolerant<OrganizationRows> {
  return readTolerant(rowsSchema, json);
}

function readJson<Value>(text: string, read: (json: unknown) => ReadTolerant<Value>): ReadTolerant<Value> {
  if (text.length > longestSnapshot) {
    return { value: null, problems: [{ where: '', code: 'too-large', detail: String(text.length) }] };
  }
  let json: unknown;
  try {
    // Windows PowerShell writes a mark in front of UTF-8.
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 200) : '';
    return { value: null, problems: [{ where: '', code: 'not-json', detail }] };
  }
  return read(json);
}

/** Servers told a second time: which of the two is true can't be known, the first is kept and the other is said. */
function repeatedServers(servers: readonly ServerRow[]): readonly ServerRow[] {
  const names = new Set<string>();
  return servers.filter(({ name }) => {
    const before = names.size;
    return names.add(name.toUpperCase()).size === before;
  });
}
