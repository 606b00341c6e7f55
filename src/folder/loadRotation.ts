// A rotation's folder read whole: intent, baseline, what was found, and the evidence laid over it.
import type { Evidence } from '../evidence/layOver';
import { layOver } from '../evidence/layOver';
import { type Runs, runsOf } from '../evidence/runs';
import type { Found, FoundServer } from '../model/found';
import type { Time } from '../model/names';
import type { Plan } from '../model/plan';
import type { JournalLine, StepResult } from '../model/result';
import type { Rotation } from '../model/rotation';
import type { ServerRow, Snapshot } from '../model/snapshot';
import type { Wanted } from '../model/wanted';
import { completeBaseline, type Later } from './completeBaseline';
import { rotationPath } from './createRotation';
import { journalPath, verifyJournal } from './journal';
import { type FolderPort, readFile } from './port';
import { type FileProblem, readJson, refuse, type Read } from './readFile';
import { readResult, type RowReaders } from './readResult';
import { renderLine } from './renderJson';
import { rotationSchema } from './schema';
import { sha256 } from './sha256';

export interface Readers extends RowReaders {
  readonly parseConfig: (text: string) => { readonly wanted: Wanted | null };
  readonly foundFrom: (snapshot: Snapshot) => Found;
}

export interface LoadOptions {
  readonly readers: Readers;
  /** The configuration that `rotation.json` names, read by the caller: it lies outside the folder. */
  readonly configText: string;
  /** A snapshot to plan with instead of the folder's latest. */
  readonly snapshotText?: string;
}

export interface LoadedRotation {
  readonly rotation: Rotation;
  /** null while the configuration has an error. */
  readonly wanted: Wanted | null;
  readonly baseline: Found;
  readonly found: Found;
  readonly journal: readonly JournalLine[];
  /** Hash of the journal's last line. */
  readonly journalHead: string;
  /** Hash of rotation.json. */
  readonly intentHash: string;
  /** The believed ones: named by the journal, with the hash it gives. */
  readonly results: readonly StepResult[];
  readonly runs: Runs;
  readonly inputs: (now: Time) => Plan['inputs'];
  readonly problems: readonly FileProblem[];
}

/** The intent alone: it says where the configuration lies. */
export async function readRotation(port: FolderPort): Promise<Read<Rotation>> {
  const text = await readFile(port, rotationPath);
  return 'problem' in text ? text : readJson(rotationPath, text.value, rotationSchema);
}

/** Refuses only what nothing can be done without: the intent and the baseline. Never throws for what a file holds. */
export async function loadRotation(port: FolderPort, options: LoadOptions): Promise<Read<LoadedRotation>> {
  const { readers, configText } = options;
  const text = await readFile(port, rotationPath);
  if ('problem' in text) return text;
  const intentHash = sha256(text.value);
  const intent = readJson(rotationPath, text.value, rotationSchema);
  if ('problem' in intent) return intent;
  const rotation = intent.value;
  const first = await readSnapshot(port, rotation.baseline, readers);
  if ('problem' in first) return first;

  const journal = await readFile(port, journalPath);
  // a journal that is not there is seen by whoever knows how it ended; one that can't be read would be taken for none
  if ('problem' in journal && journal.problem.code !== 'missing') return journal;
  const verified = verifyJournal('value' in journal ? journal.value : '');
  const problems: FileProblem[] = [...verified.problems];
  const keep = <T>(read: Read<T>): readonly T[] => {
    if ('value' in read) return [read.value];
    problems.push(read.problem);
    return [];
  };
  const snapshots: Snapshot[] = [];
  const later: Later[] = [];
  const begun = new Set<string>();
  const results: StepResult[] = [];
  for (const line of verified.lines) {
    if (line.event === 'run') begun.add(line.step);
    if (line.event === 'snapshot') {
      const read = keep(await readSnapshot(port, line, readers));
      snapshots.push(...read);
      later.push(...read.map((snapshot) => ({ found: readers.foundFrom(snapshot), begun: new Set(begun) })));
    }
    if (line.event === 'result' && line.outcome !== 'unknown') {
      results.push(...keep(await readJournaled(port, line, readers)));
    }
  }
  const given = options.snapshotText === undefined ? undefined : readers.parseSnapshot(options.snapshotText).snapshot;
  if (given === null) return refuse('--snapshot', 'malformed', '');
  const latest = given ?? snapshots.at(-1) ?? first.value;
  const { foundFrom } = readers;
  const evidence: Evidence = {
    results,
    journal: verified.lines,
    readServer: (row) => readServer(row, latest, foundFrom),
  };
  const found = layOver(foundFrom(latest), evidence);
  return {
    value: {
      rotation,
      wanted: readers.parseConfig(configText).wanted,
      baseline: completeBaseline(foundFrom(first.value), later, rotation),
      found,
      journal: verified.lines,
      journalHead: verified.head,
      intentHash,
      results,
      runs: runsOf(verified.lines),
      inputs: (now) => ({
        config: sha256(configText),
        rotation: intentHash,
        baseline: rotation.baseline.sha256,
        found: sha256(renderLine(found)),
        now,
      }),
      problems,
    },
  };
}

async function readSnapshot(
  port: FolderPort,
  { path, sha256: hash }: { readonly path: string; readonly sha256: string },
  { parseSnapshot }: Readers,
): Promise<Read<Snapshot>> {
  const text = await readHashed(port, path, hash);
  if ('problem' in text) return text;
  const { snapshot } = parseSnapshot(text.value);
  return snapshot === null ? refuse(path, 'malformed', '') : { value: snapshot };
}

async function readJournaled(
  port: FolderPort,
  { path, sha256: hash }: { readonly path: string; readonly sha256: string },
  readers: Readers,
): Promise<Read<StepResult>> {
  const text = await readHashed(port, path, hash);
  return 'problem' in text ? text : readResult(path, text.value, readers);
}

async function readHashed(port: FolderPort, path: string, hash: string): Promise<Read<string>> {
  const text = await readFile(port, path);
  return 'value' in text && sha256(text.value) !== hash.toLowerCase() ? refuse(path, 'changed', '') : text;
}

/** A row of a result, read as if it stood in a snapshot. */
function readServer(row: ServerRow, latest: Snapshot, foundFrom: Readers['foundFrom']): FoundServer {
  const [server] = foundFrom({ ...latest, servers: [row] }).servers;
  return server ?? { ...row, certificates: null };
}
