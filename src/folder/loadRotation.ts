// A rotation's folder read whole: intent, baseline, what was found, and the evidence laid over it.
import { layOver } from '../evidence/layOver';
import { type Runs, runsOf } from '../evidence/runs';
import { datedDecisions, earlier, isFuture, later, toldOf, type Told } from '../evidence/told';
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
import { namedFiles, type NamedFiles, tooManyLines } from './namedFiles';
import { type FolderPort, readFile } from './port';
import { type FileProblem, readJson, refuse, type Read } from './readFile';
import type { RowReaders } from './readResult';
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
  /** What claims to be later than this, by more than clocks may differ, is not believed. */
  readonly now: Time;
  /** A snapshot to plan with instead of the folder's latest. */
  readonly snapshotText?: string;
}

export interface LoadedRotation {
  /** The intent with its decisions dated by the journal, and without those from the future. */
  readonly rotation: Rotation;
  /** rotation.json as it is: what a further decision is added to. */
  readonly intent: Rotation;
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
  return 'problem' in text ? text : readJson(rotationPath, text.value, rotationSchema, 'rotation');
}

/**
 * Refuses what nothing can be done without, the intent and the baseline, and what a newer version of the extension has gone on with.
 * Never throws for what a file holds.
 */
export async function loadRotation(port: FolderPort, options: LoadOptions): Promise<Read<LoadedRotation>> {
  const { readers, configText, now } = options;
  const text = await readFile(port, rotationPath);
  if ('problem' in text) return text;
  const intentHash = sha256(text.value);
  const read = readJson(rotationPath, text.value, rotationSchema, 'rotation');
  if ('problem' in read) return read;
  const intent = read.value;
  const files = namedFiles(port, readers);
  const first = await files.snapshot(intent.baseline);
  if ('problem' in first) return first;

  const journal = await readFile(port, journalPath);
  // a journal that is not there is seen by whoever knows how it ended; one that can't be read would be taken for none
  if ('problem' in journal && journal.problem.code !== 'missing') return journal;
  const journalText = 'value' in journal ? journal.value : '';
  const tooLong = tooManyLines(journalText);
  if (tooLong !== undefined) return { problem: tooLong };
  const verified = verifyJournal(journalText);
  const evidence = await readEvidence(files, verified.lines, now);
  const tooMuch = files.tooMuch();
  if (tooMuch !== undefined) return { problem: tooMuch };
  const newer = [...verified.problems, ...evidence.problems].find(({ code }) => code === 'newer-version');
  if (newer !== undefined) return { problem: newer };
  const rotation = { ...intent, decisions: datedDecisions(intent, evidence.told, now) };
  const given = options.snapshotText === undefined ? undefined : readers.parseSnapshot(options.snapshotText).snapshot;
  if (given === null) return refuse('--snapshot', 'malformed', '');
  const latest = given === undefined ? evidence.snapshots.at(-1) : placed(given, options.snapshotText ?? '', evidence);
  const { place, snapshot } = latest ?? { place: -1, snapshot: first.value };
  const { foundFrom } = readers;
  const { told } = evidence;
  const found = layOver(foundFrom(snapshot), {
    told,
    place,
    readServer: serverReader(snapshot, foundFrom),
  });
  return {
    value: {
      rotation,
      intent,
      wanted: readers.parseConfig(configText).wanted,
      baseline: completeBaseline(
        foundFrom(first.value),
        laterOf(evidence.snapshots, verified.lines, readers),
        rotation,
      ),
      found,
      journal: verified.lines,
      journalHead: verified.head,
      intentHash,
      results: told.flatMap(({ result }) => result ?? []),
      runs: runsOf(told, { place, taken: snapshot.taken }),
      inputs: (at) => ({
        config: sha256(configText),
        rotation: intentHash,
        baseline: rotation.baseline.sha256,
        found: sha256(renderLine(found)),
        now: at,
      }),
      problems: [...verified.problems, ...evidence.problems, ...futureProblems(intent, evidence, now)],
    },
  };
}

interface ReadEvidence {
  readonly told: readonly Told[];
  /** Those that can be believed, with the places of their lines. */
  readonly snapshots: readonly PlacedSnapshot[];
  readonly problems: readonly FileProblem[];
}

interface PlacedSnapshot {
  readonly place: number;
  readonly sha256: string;
  readonly snapshot: Snapshot;
}

/** What the journal's lines name: each file with the hash that its line gives, or a problem. */
async function readEvidence(files: NamedFiles, lines: readonly JournalLine[], now: Time): Promise<ReadEvidence> {
  const problems = new Set<FileProblem>();
  const read: PlacedSnapshot[] = [];
  const results = new Map<JournalLine, StepResult>();
  for (const [place, line] of lines.entries()) {
    if (line.event === 'snapshot') {
      const snapshot = await files.snapshot(line);
      if ('problem' in snapshot) problems.add(snapshot.problem);
      else read.push({ place, sha256: line.sha256, snapshot: snapshot.value });
    }
    if (line.event === 'result' && line.outcome !== 'unknown') {
      const result = await files.result(line);
      if ('problem' in result) problems.add(result.problem);
      else results.set(line, result.value);
    }
    if (files.tooMuch() !== undefined) break;
  }
  const told = toldOf(lines, (line) => results.get(line), now);
  const snapshots: PlacedSnapshot[] = [];
  for (const one of read) {
    const { taken } = one.snapshot;
    if (isFuture(taken, earlier(told[one.place]?.line.at ?? now, now))) {
      problems.add({ path: snapshotName(lines[one.place]), code: 'future', detail: taken });
    } else snapshots.push(one);
  }
  return { told, snapshots, problems: [...problems] };
}

/** Each snapshot where it is named first: what a later line says of the same one is less. */
function laterOf(
  snapshots: readonly PlacedSnapshot[],
  lines: readonly JournalLine[],
  { foundFrom }: Readers,
): readonly Later[] {
  const begunAt = new Map<string, number>();
  for (const [place, line] of lines.entries()) {
    if (line.event === 'run' && !begunAt.has(line.step)) begunAt.set(line.step, place);
  }
  const first = new Map<Snapshot, number>();
  for (const { place, snapshot } of snapshots) if (!first.has(snapshot)) first.set(snapshot, place);
  return [...first].map(([snapshot, place]) => ({
    found: foundFrom(snapshot),
    begun: { has: (step) => (begunAt.get(step) ?? place) < place },
  }));
}

function snapshotName(line: JournalLine | undefined): string {
  return line?.event === 'snapshot' ? line.path : journalPath;
}

/** A snapshot that was given stands where the journal tells of the same bytes, else after all of it. */
function placed(snapshot: Snapshot, text: string, { told, snapshots }: ReadEvidence): PlacedSnapshot {
  const hash = sha256(text);
  return (
    snapshots.findLast((one) => one.sha256.toLowerCase() === hash) ?? { place: told.length, sha256: hash, snapshot }
  );
}

/** Each file that claims a time which has not come, once, with the latest that it claims. */
function futureProblems(intent: Rotation, { told }: ReadEvidence, now: Time): readonly FileProblem[] {
  const claims = [
    ...told.flatMap(({ line, claims: claimed }): readonly (readonly [string, Time])[] =>
      claimed === null ? [] : [[line.event === 'result' ? line.path : journalPath, claimed]],
    ),
    ...intent.decisions.filter(({ at }) => isFuture(at, now)).map(({ at }) => [rotationPath, at] as const),
  ];
  const latest = new Map<string, Time>();
  for (const [path, claimed] of claims) latest.set(path, later(latest.get(path) ?? '', claimed));
  return [...latest].map(([path, detail]) => ({ path, code: 'future', detail }));
}

/** A row of a result, read as if it stood in a snapshot, and once however many lines name its result. */
function serverReader(latest: Snapshot, foundFrom: Readers['foundFrom']): (row: ServerRow) => FoundServer {
  const known = new Map<ServerRow, FoundServer>();
  return (row) => {
    const [server] = known.has(row) ? [known.get(row)] : foundFrom({ ...latest, servers: [row] }).servers;
    const read = server ?? { ...row, certificates: null };
    known.set(row, read);
    return read;
  };
}
