// The journal: one line a happening, each carrying the hash of the one before, so that a change in the past is seen.
import * as z from 'zod/mini';
import type { Time } from '../model/names';
import type { JournalEvent, JournalLine } from '../model/result';
import type { FolderPort } from './port';
import { type FileProblem, readJson } from './readFile';
import { renderLine } from './renderJson';
import { journalLineSchema } from './schema';
import { sha256 } from './sha256';

export const journalPath = 'journal.jsonl';
const beforeTheFirst = '0'.repeat(64);

export interface VerifiedJournal {
  /** The lines that can be believed: all before the first break. */
  readonly lines: readonly JournalLine[];
  /** Hash of the last line; whoever kept it elsewhere can tell a journal that was written anew. */
  readonly head: string;
  readonly problems: readonly FileProblem[];
}

/** Who writes, and when. Only the holder of the lock may. */
export interface Author {
  readonly at: Time;
  readonly by: string;
}

/** Adds a line for each event, all in one go. A line that was torn off by a crash stays as it is and is passed over. */
export async function appendJournal(
  port: FolderPort,
  events: readonly JournalEvent[],
  { at, by }: Author,
): Promise<void> {
  await port.append(journalPath, (text) => {
    let added = text === '' || text.endsWith('\n') ? '' : '\n';
    let previous = headOf(text);
    for (const event of events) {
      const line = renderLine({ ...event, at, by, previous } satisfies JournalLine);
      added += `${line}\n`;
      previous = sha256(line);
    }
    return added;
  });
}

/** Hash of the last line, whole or torn; 64 zeros for a journal without one. */
export function headOf(text: string): string {
  const last = text.split('\n').findLast((line) => line !== '');
  return last === undefined ? beforeTheFirst : sha256(last);
}

/** Reads the lines and their chain. Never throws. */
export function verifyJournal(text: string): VerifiedJournal {
  const lines: JournalLine[] = [];
  const problems: FileProblem[] = [];
  let head = beforeTheFirst;
  let isWhole = true;
  for (const [at, content] of text.split('\n').entries()) {
    if (content === '') continue;
    const read = readJson(`${journalPath}:${String(at + 1)}`, content, journalLineSchema, 'journal');
    if ('problem' in read) problems.push(lineProblem(read.problem, isChained(content, head)));
    else if (read.value.previous !== head) {
      if (isWhole) problems.push({ path: `${journalPath}:${String(at + 1)}`, code: 'chain-broken', detail: '' });
      isWhole = false;
    } else if (isWhole) lines.push(read.value);
    head = sha256(content);
  }
  return { lines, head, problems };
}

/**
 * A line of a newer version is no torn one: nothing may be added behind it. A whole line in its place is of one, too: whoever wrote it
 * knew the chain, and so what can't be read in it.
 */
function lineProblem(problem: FileProblem, isInPlace: boolean): FileProblem {
  if (problem.code === 'newer-version') return problem;
  return isInPlace
    ? { ...problem, code: 'newer-version', detail: '1 with an event or value that is not known' }
    : { ...problem, code: 'torn-line' };
}

function isChained(content: string, head: string): boolean {
  return 'value' in readJson(journalPath, content, z.object({ previous: z.literal(head) }));
}
