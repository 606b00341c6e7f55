// Reads a long configuration in a thread of its own: a hostile one costs that thread its memory or its time, never the editor.
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { notParsed, parseConfig, type ParsedConfig } from './parseConfig';

/** Characters that are read on the caller's own thread: a hostile text of this length takes it some two seconds. */
export const longestHere = 1 << 18;

/** Megabytes a thread may hold, and milliseconds it may take: the longest honest file takes a quarter of either. */
const memory = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 64 };
const longest = 10_000;
/** After so many that took too long, the others get less: many hostile files keep nobody waiting for long. */
const mostLate = 2;
const shortest = 1000;

/** As `parseConfig`, which it runs; one thread at a time, ended after `milliseconds`. Never rejects. */
export async function parseInThread(text: string, milliseconds = longest): Promise<ParsedConfig> {
  if (text.length <= longestHere) return parseConfig(text);
  const turn = last.then(() => ask(text, late > mostLate ? Math.min(shortest, milliseconds) : milliseconds));
  last = turn;
  const parsed = await turn;
  late = parsed.problems[0]?.code === 'too-much-work' ? late + 1 : 0;
  return parsed;
}

let last: Promise<unknown> = Promise.resolve();
/** How many in a row took too much. */
let late = 0;

function ask(text: string, milliseconds: number): Promise<ParsedConfig> {
  const worker = new Worker(path.join(__dirname, 'configWorker.js'), { resourceLimits: memory, env: {} });
  return new Promise<ParsedConfig>((resolve) => {
    const end = (parsed: ParsedConfig): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(parsed);
    };
    const tooMuch = (): void => end(notParsed('too-much-work', {}));
    const timer = setTimeout(tooMuch, milliseconds);
    worker.on('message', end);
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooMuch();
      else end(notParsed('unreadable', { why: error.message }));
    });
    worker.on('exit', tooMuch);
    worker.postMessage(text);
  });
}
