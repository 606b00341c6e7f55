// Reads a long configuration in a thread of its own: a hostile one costs that thread its memory or its time, never the editor.
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { notParsed, parseConfig, type ParsedConfig } from './parseConfig';

/** Characters that are read on the caller's own thread: a hostile text of this length takes it some two seconds. */
export const longestHere = 1 << 18;

/** Megabytes a thread may hold, and milliseconds it may take: the longest honest file takes a quarter of either. */
const memory = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 64 };
const longest = 30_000;

/** As `parseConfig`, which it runs; one thread at a time. Never rejects. */
export async function parseInThread(text: string): Promise<ParsedConfig> {
  if (text.length <= longestHere) return parseConfig(text);
  const turn = last.then(() => ask(text));
  last = turn;
  return turn;
}

let last: Promise<unknown> = Promise.resolve();

function ask(text: string): Promise<ParsedConfig> {
  const worker = new Worker(path.join(__dirname, 'configWorker.js'), { resourceLimits: memory, env: {} });
  return new Promise<ParsedConfig>((resolve) => {
    const end = (parsed: ParsedConfig): void => {
      clearTimeout(late);
      void worker.terminate();
      resolve(parsed);
    };
    const tooMuch = (): void => end(notParsed('too-much-work', {}));
    const late = setTimeout(tooMuch, longest);
    worker.on('message', end);
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooMuch();
      else end(notParsed('unreadable', { why: error.message }));
    });
    worker.on('exit', tooMuch);
    worker.postMessage(text);
  });
}
