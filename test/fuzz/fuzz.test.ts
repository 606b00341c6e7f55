// Every reader of what a stranger wrote, for a second each: no throw, no hang, no internal error as its word. `npm run fuzz` goes on for long.
import assert from 'node:assert/strict';
import { runFuzz } from './runFuzz';
import { targets } from './targets';

const seed = 20261130;

describe('a changed file', function () {
  this.timeout(120_000);
  for (const target of Object.keys(targets))
    it(`never stops its reader: ${target}, seed ${seed}`, async () => {
      const end = await runFuzz({ target, seed, milliseconds: 1500 });
      assert.ok(end.kind === 'done', JSON.stringify(end));
      assert.ok(end.cases > 0);
    });
});
