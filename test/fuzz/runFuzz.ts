// Runs one target in a thread that has no more memory than a case may take, and ends it where a case hangs.
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FuzzOrder, FuzzTold } from './fuzzThread';

export type FuzzEnd = Exclude<FuzzTold, { kind: 'begins' }>;

/** Milliseconds in which a batch of cases is through on any machine. */
const longest = 60_000;

export function runFuzz(order: FuzzOrder): Promise<FuzzEnd> {
  return new Promise((resolve) => {
    const worker = new Worker(path.join(__dirname, 'fuzzThread.js'), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: 300, maxYoungGenerationSizeMb: 32 },
    });
    let at = 0;
    const end = (told: FuzzEnd): void => {
      clearTimeout(watchdog);
      void worker.terminate();
      resolve(told);
    };
    const watch = (): NodeJS.Timeout =>
      setTimeout(
        () => end({ kind: 'failed', at, why: `no end of it, or of one of the next, after ${longest} ms` }),
        longest,
      );
    let watchdog = watch();
    worker.on('message', (told: FuzzTold) => {
      if (told.kind !== 'begins') {
        end(told);
        return;
      }
      clearTimeout(watchdog);
      watchdog = watch();
      at = told.at;
    });
    worker.on('error', ({ message }) => end({ kind: 'failed', at, why: message }));
    worker.on('exit', () => end({ kind: 'failed', at, why: 'the thread ended' }));
  });
}
