// Takes in what scripts wrote into results/: what is believed goes into the journal with its snapshot, the rest as foreign.
import { believe, type Disbelief, type ExpectedResult } from '../evidence/believe';
import { isFuture } from '../evidence/told';
import type { JournalEvent, JournalLine, StepResult } from '../model/result';
import { addSnapshot } from './createRotation';
import { appendJournal, type Author } from './journal';
import { type FolderPort, readFile } from './port';
import type { FileProblem } from './readFile';
import { readResult, type RowReaders } from './readResult';
import { renderJson } from './renderJson';
import { sha256 } from './sha256';

export interface Expectations {
  readonly journal: readonly JournalLine[];
  /** What whoever started a run knows of it; a run counts once. */
  readonly expected: (run: string) => ExpectedResult | undefined;
  readonly readers: RowReaders;
}

export interface TakenIn {
  /** In the order of their files' names. */
  readonly believed: readonly StepResult[];
  readonly foreign: readonly { readonly path: string; readonly why: Disbelief | FileProblem['code'] }[];
}

/** Whether there is a file in results/ that the journal does not tell of. */
export async function hasNewResults(port: FolderPort, journal: readonly JournalLine[]): Promise<boolean> {
  return (await newFiles(port, journal)).length > 0;
}

/** Journals every result file that the journal does not tell of yet. */
export async function takeInResults(
  port: FolderPort,
  { journal, expected, readers }: Expectations,
  author: Author,
): Promise<TakenIn> {
  const taken = { believed: [] as StepResult[], foreign: [] as TakenIn['foreign'][number][] };
  const events: JournalEvent[] = [];
  const refuse = (path: string, why: TakenIn['foreign'][number]['why']): void => {
    taken.foreign.push({ path, why });
    events.push({ event: 'foreign', path, why });
  };
  for (const path of await newFiles(port, journal)) {
    const file = await readFile(port, path);
    if ('problem' in file && file.problem.code !== 'too-large') {
      // it may be read the next time: no line of the journal gives it up
      taken.foreign.push({ path, why: file.problem.code });
      continue;
    }
    const text = 'value' in file ? file.value : '';
    const read = 'problem' in file ? file : readResult(path, text, readers);
    if ('problem' in read) {
      refuse(path, read.problem.code);
      continue;
    }
    const { run, ended } = read.value;
    if (isFuture(ended, author.at)) {
      refuse(path, 'future');
      continue;
    }
    const known = taken.believed.some((one) => one.run === run) ? undefined : expected(run);
    const belief = believe(read.value, known);
    if ('foreign' in belief) {
      refuse(path, belief.why);
      continue;
    }
    const { step, outcome, after } = belief.believed;
    taken.believed.push(belief.believed);
    events.push({ event: 'result', step, path, sha256: sha256(text), outcome });
    if (after?.snapshot === undefined) continue;
    // the next plan begins with it, and what was taken in before stands before it
    await appendJournal(port, events.splice(0, events.length - 1), author);
    await addSnapshot(port, after.snapshot, renderJson(after.snapshot), author);
  }
  if (events.length > 0) await appendJournal(port, events, author);
  return taken;
}

async function newFiles(port: FolderPort, journal: readonly JournalLine[]): Promise<readonly string[]> {
  const known = new Set(
    journal.flatMap((line) => (line.event === 'result' || line.event === 'foreign' ? [line.path] : [])),
  );
  // no script of ours writes another name, and the journal could not tell of every name there is
  const names = (await port.list('results')).filter((name) => /^[\w.-]{1,200}\.json$/.test(name));
  return names.map((name) => `results/${name}`).filter((path) => !known.has(path));
}
