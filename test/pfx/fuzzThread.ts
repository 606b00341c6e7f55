// The thread that opens mutated files, one after another, and tells before and after each: a hang holds it and not the test.
import { parentPort, workerData } from 'node:worker_threads';
import { inspection } from '../../src/pfx/inspection';
import { openPfx } from '../../src/pfx/openPfx';
import { defaultLimits } from '../../src/pfx/outcome';
import { corpus, corpusFile, utf8 } from './corpus';

export interface FuzzOrder {
  readonly rounds: number;
  readonly seed: number;
}

/** Each `round` is told before it begins; `outcome` and `message` of the one before come with it. */
export interface FuzzTold {
  readonly round: number;
  readonly file: string;
  readonly last: { readonly outcome: string; readonly message: string } | null;
}

/** Low, so that a mutated count does not make the run long; what is over it is refused as anything over a limit is. */
const limits = { ...defaultLimits, iterations: 5_000, totalIterations: 20_000 };

/** A small generator with a seed (mulberry32), so that a failure can be made again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One to four changes: a byte, a bit, a length, a cut, a repeated or a lost piece. */
function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  let changed = Uint8Array.from(bytes);
  const place = () => Math.floor(random() * changed.length);
  for (let count = 1 + Math.floor(random() * 4); count > 0 && changed.length > 0; count--) {
    const at = random() < 0.5 ? Math.min(place(), Math.floor(random() * 120)) : place();
    switch (Math.floor(random() * 6)) {
      case 0:
        changed[at] = Math.floor(random() * 256);
        break;
      case 1:
        changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        break;
      case 2:
        changed[at] = [0, 0x7f, 0x80, 0x81, 0x84, 0x88, 0xff, 0x30][Math.floor(random() * 8)] ?? 0;
        break;
      case 3:
        changed = changed.slice(0, at);
        break;
      case 4:
        changed = new Uint8Array(Buffer.concat([changed.slice(0, at), changed.slice(at, at + 40), changed.slice(at)]));
        break;
      default:
        changed = new Uint8Array(
          Buffer.concat([changed.slice(0, at), changed.slice(at + 1 + Math.floor(random() * 20))]),
        );
    }
  }
  return changed;
}

async function fuzz({ rounds, seed }: FuzzOrder): Promise<void> {
  const random = randomFrom(seed);
  const sources = corpus
    .filter(({ file }) => !file.includes('600000'))
    .map(({ file, password }) => ({ file, password, bytes: corpusFile(file) }));
  let last: FuzzTold['last'] = null;
  for (let round = 0; round < rounds; round++) {
    const source = sources[round % sources.length];
    if (source === undefined) return;
    parentPort?.postMessage({ round, file: source.file, last } satisfies FuzzTold);
    const outcome = await openPfx(mutated(source.bytes, random), utf8(source.password), { limits });
    last = inspection(outcome, '2026-11-22T20:14:00Z');
  }
  parentPort?.postMessage({ round: rounds, file: '', last } satisfies FuzzTold);
}

void fuzz(workerData as FuzzOrder);
