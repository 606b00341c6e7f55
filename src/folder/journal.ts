// The journal: one line a happening, each carrying the hash of the one before, so that a change in the past is seen.
import type { Time } from '../model/names';
import type { JournalEvent, JournalLine } from '../model/result';
import { type FolderPort, readText, toBytes } from './port';
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

/** Adds one line. A line that was torn off by a crash stays as it is and is passed over. */
export async function appendJournal(port: FolderPort, event: JournalEvent, { at, by }: Author): Promise<JournalLine> {
  const text = (await readText(port, journalPath)) ?? '';
  const line: JournalLine = { ...event, at, by, previous: verifyJournal(text).head };
  const start = text === '' || text.endsWith('\n') ? '' : '\n';
  await port.append(journalPath, toBytes(`${start}${renderLine(line)}\n`));
  return line;
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
    const read = readJson(`${journalPath}:${String(at + 1)}`, content, journalLineSchema);
    if ('problem' in read) problems.push({ ...read.problem, code: 'torn-line' });
    else if (read.value.previous !== head) {
      if (isWhole) problems.push({ path: `${journalPath}:${String(at + 1)}`, code: 'chain-broken', detail: '' });
      isWhole = false;
    } else if (isWhole) lines.push(read.value);
    head = sha256(content);
  }
  return { lines, head, problems };
}
