// The thread that opens mutated files, one after another, and tells before and after each: a hang holds it and not the test.
import { parentPort, workerData } from 'node:worker_threads';
import { inspection } from '../../src/pfx/inspection';
import { openPfx } from '../../src/pfx/openPfx';
import { defaultLimits } from '../../src/pfx/outcome';
import { mutatedBytes, randomFrom } from '../fuzz/mutate';
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
    const outcome = await openPfx(mutatedBytes(source.bytes, random), utf8(source.password), { limits });
    last = inspection(outcome, '2026-11-22T20:14:00Z');
  }
  parentPort?.postMessage({ round: rounds, file: '', last } satisfies FuzzTold);
}

void fuzz(workerData as FuzzOrder);
