// Takes in what scripts wrote: a result in the folder of a run of ours goes into results/ and the journal; what else is in results/ is foreign.
import { believe, type Disbelief, type ExpectedResult } from '../evidence/believe';
import { isFuture } from '../evidence/told';
import type { Time } from '../model/names';
import type { JournalEvent, JournalLine, StepResult } from '../model/result';
import { addSnapshot } from './createRotation';
import { appendJournal, type Author } from './journal';
import { type FolderPort, readFile, readText, toBytes } from './port';
import type { FileProblem, Read } from './readFile';
import { readResult, type RowReaders } from './readResult';
import { renderJson } from './renderJson';
import { isResultName } from './runFolder';
import { sha256 } from './sha256';

/** A result that was found in the folder of a run, where only this user writes. */
export interface OwnResult {
  /** The file's name. */
  readonly name: string;
  readonly text: string;
  /** What whoever started the run knows of it; undefined where a person ran the script by hand. */
  readonly expected: ExpectedResult | undefined;
}

export interface ResultsToTakeIn {
  readonly journal: readonly JournalLine[];
  /** In the order in which their runs were begun. */
  readonly own: readonly OwnResult[];
  readonly readers: RowReaders;
}

export interface TakenIn {
  readonly believed: readonly StepResult[];
  readonly foreign: readonly { readonly path: string; readonly why: Disbelief | FileProblem['code'] }[];
}

/** Whether there is a file in results/ that the journal does not tell of. */
export async function hasNewResults(port: FolderPort, journal: readonly JournalLine[]): Promise<boolean> {
  return (await newFiles(port, pathsIn(journal))).length > 0;
}

/**
 * Copies each result of `own` into results/ as the record of its run, and journals it, and every file of results/ that the journal does
 * not tell of yet. Only what is in `own` can be believed: whatever a file in results/ claims, others can write there.
 */
export async function takeInResults(
  port: FolderPort,
  { journal, own, readers }: ResultsToTakeIn,
  author: Author,
): Promise<TakenIn> {
  const taken = { believed: [] as StepResult[], foreign: [] as TakenIn['foreign'][number][] };
  const events: JournalEvent[] = [];
  const known = new Set(pathsIn(journal));
  const take = async (path: string, file: Read<string>, expected: ExpectedResult | undefined): Promise<void> => {
    known.add(path);
    const told = tell(path, file, expected, readers, author.at);
    events.push(told.event);
    if ('why' in told) {
      taken.foreign.push({ path, why: told.why });
      return;
    }
    taken.believed.push(told.believed);
    const snapshot = told.believed.after?.snapshot;
    if (snapshot === undefined) return;
    // the next plan begins with it, and what was taken in before stands before it
    await appendJournal(port, events.splice(0, events.length - 1), author);
    await addSnapshot(port, snapshot, renderJson(snapshot), author);
  };
  for (const { name, text, expected } of own) {
    const path = await copyIn(port, name, text);
    if (!isTold(journal, path, expected)) await take(path, { value: text }, expected);
  }
  for (const path of await newFiles(port, known)) {
    const file = await readFile(port, path);
    if ('value' in file || file.problem.code === 'too-large') await take(path, file, undefined);
    // it may be read the next time: no line of the journal gives it up
    else taken.foreign.push({ path, why: file.problem.code });
  }
  if (events.length > 0) await appendJournal(port, events, author);
  return taken;
}

type Told = { readonly event: JournalEvent } & (
  { readonly believed: StepResult } | { readonly why: Disbelief | FileProblem['code'] }
);

function tell(
  path: string,
  file: Read<string>,
  expected: ExpectedResult | undefined,
  readers: RowReaders,
  now: Time,
): Told {
  const read = 'value' in file ? readResult(path, file.value, readers) : file;
  const belief =
    'problem' in read
      ? { why: read.problem.code }
      : isFuture(read.value.ended, now)
        ? { why: 'future' as const }
        : believe(read.value, expected);
  if ('why' in belief) return { event: { event: 'foreign', path, why: belief.why }, why: belief.why };
  const { step, outcome } = belief.believed;
  const hash = sha256('value' in file ? file.value : '');
  return { event: { event: 'result', step, path, sha256: hash, outcome }, believed: belief.believed };
}

/** The path of the copy in results/; a name that somebody else has taken is not taken over. */
async function copyIn(port: FolderPort, name: string, text: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const path = `results/${attempt === 1 ? name : name.replace(/\.json$/, `-${String(attempt)}.json`)}`;
    if ((await port.create(path, toBytes(text))) || (await readText(port, path)) === text) return path;
  }
}

/** A crash may have come between the journal and forgetting the run. */
function isTold(journal: readonly JournalLine[], path: string, expected: ExpectedResult | undefined): boolean {
  return journal.some(
    (line) => (line.event === 'result' || (line.event === 'foreign' && expected === undefined)) && line.path === path,
  );
}

function pathsIn(journal: readonly JournalLine[]): readonly string[] {
  return journal.flatMap((line) => (line.event === 'result' || line.event === 'foreign' ? [line.path] : []));
}

async function newFiles(port: FolderPort, journaled: Iterable<string>): Promise<readonly string[]> {
  const known = new Set(journaled);
  const names = (await port.list('results')).filter(isResultName);
  return names.map((name) => `results/${name}`).filter((path) => !known.has(path));
}
