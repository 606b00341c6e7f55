// The thread that reads one changed input after another, and tells of the slowest and of the first that failed.
import { parentPort, workerData } from 'node:worker_threads';
import { randomFrom } from './mutate';
import { targets } from './targets';

export interface FuzzOrder {
  readonly target: string;
  readonly seed: number;
  readonly milliseconds: number;
  /** Only this case of the seed. */
  readonly only?: number;
}

export type FuzzTold =
  /** Before each case of a batch, so that one that hangs is known. */
  | { readonly kind: 'begins'; readonly at: number }
  | { readonly kind: 'failed'; readonly at: number; readonly why: string }
  | { readonly kind: 'done'; readonly cases: number; readonly slowest: number; readonly slowestAt: number };

/** Milliseconds of a case, both on the clock and of the processor: others may use the machine. */
const longest = 1000;
/** Words of the language's own errors: none of them tells a person what is wrong with a file. */
const internal =
  /Maximum call stack|is not a function|is not iterable|Cannot read properties|Invalid array length|\[object /;
const batch = 50;

async function fuzz({ target, seed, milliseconds, only }: FuzzOrder): Promise<FuzzTold> {
  const run = await targets[target]!();
  const end = Date.now() + milliseconds;
  let [slowest, slowestAt] = [0, 0];
  let at = only ?? 0;
  for (; Date.now() < end; at++) {
    if (at % batch === 0) parentPort?.postMessage({ kind: 'begins', at } satisfies FuzzTold);
    const random = randomFrom(seed + at);
    const [began, used] = [performance.now(), process.cpuUsage()];
    try {
      const said = JSON.stringify([await run(random)]);
      const word = internal.exec(said);
      if (word !== null)
        return { kind: 'failed', at, why: `it said "${said.slice(Math.max(0, word.index - 80), word.index + 80)}"` };
    } catch (error) {
      return { kind: 'failed', at, why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    const took = performance.now() - began;
    if (took > slowest) [slowest, slowestAt] = [took, at];
    if (took > longest && process.cpuUsage(used).user / 1000 > longest)
      return { kind: 'failed', at, why: `it took ${Math.round(took)} ms` };
    if (only !== undefined) break;
  }
  return { kind: 'done', cases: at, slowest, slowestAt };
}

void fuzz(workerData as FuzzOrder).then((told) => parentPort?.postMessage(told));
