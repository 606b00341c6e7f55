// The snapshots and results that a rotation names with their hashes: each read and parsed once, and no more than a window can hold.
import type { StepResult } from '../model/result';
import type { Snapshot, SnapshotProblem } from '../model/snapshot';
import { journalPath } from './journal';
import { type FolderPort, toText } from './port';
import { type FileProblem, readUpgraded, refuse, refuseMembers, type Read } from './readFile';
import { isNotUnderstood, partOf, readResult, type RowReaders } from './readResult';
import { sha256 } from './sha256';

/** Lines of a journal. */
export const mostLines = 20_000;

/** Bytes of all snapshots and results together: parsed, they take more than that of the window's memory. */
export const mostBytes = 1 << 28;

/** What a person can do about either. */
const remedy = 'Close the rotation and begin a new one: it plans what is left to do';

export interface Named {
  readonly path: string;
  readonly sha256: string;
}

export interface NamedFiles {
  readonly snapshot: (named: Named) => Promise<Read<Snapshot>>;
  readonly result: (named: Named) => Promise<Read<StepResult>>;
  /** What to say once more was to be read than {@link mostBytes}; nothing is read from then on. */
  readonly tooMuch: () => FileProblem | undefined;
}

/** The same file with the same hash is the same value, or the same problem, each time. */
export function namedFiles(port: FolderPort, readers: RowReaders): NamedFiles {
  let bytes = 0;
  const textOf = async ({ path, sha256: hash }: Named): Promise<Read<string>> => {
    if (bytes > mostBytes) return refuse(path, 'too-large', '');
    const read = await port.read(path);
    if ('problem' in read) return read;
    bytes += read.value.length;
    if (bytes > mostBytes) return refuse(path, 'too-large', '');
    const text = toText(read.value);
    return sha256(text) === hash.toLowerCase() ? { value: text } : refuse(path, 'changed', '');
  };
  return {
    snapshot: once(textOf, (path, text) => snapshotOf(path, text, readers)),
    result: once(textOf, (path, text) => readResult(path, text, readers)),
    tooMuch: () => {
      if (bytes <= mostBytes) return undefined;
      const what = `its snapshots and results are larger than ${String(mostBytes >> 20)} MiB together`;
      return { path: journalPath, code: 'too-large', detail: `${what}. ${remedy}` };
    },
  };
}

/** Refuses a journal of more than {@link mostLines}, before any of them is read. */
export function tooManyLines(journal: string): FileProblem | undefined {
  let lines = 0;
  for (let end = journal.indexOf('\n'); end !== -1; end = journal.indexOf('\n', end + 1)) lines += 1;
  if (lines <= mostLines) return undefined;
  return { path: journalPath, code: 'too-large', detail: `it has more than ${String(mostLines)} lines. ${remedy}` };
}

function once<Value>(
  textOf: (named: Named) => Promise<Read<string>>,
  parse: (path: string, text: string) => Read<Value>,
): (named: Named) => Promise<Read<Value>> {
  const known = new Map<string, Read<Value>>();
  return async (named) => {
    const key = `${named.sha256.toLowerCase()} ${named.path}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const text = await textOf(named);
    const read = 'problem' in text ? text : parse(named.path, text.value);
    known.set(key, read);
    return read;
  };
}

function snapshotOf(path: string, text: string, { parseSnapshot }: RowReaders): Read<Snapshot> {
  const parsed = parseSnapshot(text);
  if (parsed.snapshot !== null) return whole(path, parsed.snapshot, parsed.problems);
  // of an earlier version, or of a newer one, which is said
  const json = readUpgraded(path, text, 'snapshot');
  if ('problem' in json) return json;
  const upgraded = parseSnapshot(JSON.stringify(json.value));
  return upgraded.snapshot === null ? refuse(path, 'malformed', '') : whole(path, upgraded.snapshot, upgraded.problems);
}

/** Refused where a part was left out that only a newer version understands. */
function whole(path: string, snapshot: Snapshot, problems: readonly SnapshotProblem[]): Read<Snapshot> {
  const strange = problems.find(isNotUnderstood);
  return strange === undefined ? { value: snapshot } : refuseMembers(path, partOf(strange));
}
