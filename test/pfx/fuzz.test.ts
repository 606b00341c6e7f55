// Mutations of every fixture: no crash, no hang, no seventh outcome; and hostile files hold no more memory than they may.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FuzzOrder, FuzzTold } from './fuzzThread';

const kinds = ['opened', 'wrong-password', 'not-pkcs12', 'damaged', 'unsupported', 'refused'];
const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 5_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 20261122);
/** Milliseconds after which an input counts as hanging: its thread is ended, whatever it does. */
const longest = 10_000;

/** The outcomes seen. Rejects with the round that hung, threw, or came to something else. */
function fuzzed(order: FuzzOrder): Promise<ReadonlySet<string>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(__dirname, 'fuzzThread.js'), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 32 },
    });
    const seen = new Set<string>();
    let now: FuzzTold = { round: 0, file: '', last: null };
    const fail = (why: string) => {
      clearTimeout(watchdog);
      void worker.terminate();
      reject(new Error(`${now.file}, round ${now.round}, seed ${order.seed}: ${why}`));
    };
    const watch = () => setTimeout(() => fail(`no end after ${longest} ms`), longest);
    let watchdog = watch();
    worker.on('message', (told: FuzzTold) => {
      clearTimeout(watchdog);
      now = told;
      if (told.last !== null) {
        if (!kinds.includes(told.last.outcome) || told.last.message === '') {
          fail(`the one before came to ${told.last.outcome}: ${told.last.message}`);
          return;
        }
        seen.add(told.last.outcome);
      }
      if (told.round === order.rounds) resolve(seen);
      else watchdog = watch();
    });
    worker.on('error', (error) => fail(error.stack ?? error.message));
    worker.on('exit', () => {
      if (now.round < order.rounds) fail('the thread ended');
    });
  });
}

describe('hostile files', () => {
  it(`come to one of six outcomes, ${rounds} mutations with seed ${seed}`, async function () {
    this.timeout(Math.max(120_000, rounds * 20));
    assert.deepEqual([...(await fuzzed({ rounds, seed }))].sort(), [...kinds].sort());
  });

  for (const [kind, outcome] of [
    ['elements', 'refused'],
    ['chunks', 'damaged'],
    ['certificates', 'opened'],
    ['cipher', 'wrong-password'],
    ['scrypt', 'wrong-password'],
  ] as const) {
    it(`hold less than 200 MB: ${kind === 'scrypt' ? 'four derivations' : 'ten megabytes'} of ${kind}`, () => {
      const told = execFileSync(process.execPath, [path.join(__dirname, 'memoryOf.js'), kind], { encoding: 'utf8' });
      const [answered, megabytes] = told.trim().split(' ');
      assert.equal(answered, outcome);
      assert.ok(Number(megabytes) < 200, told);
    });
  }
});
