// Looking again after a change: until the planned certificate is presented, or the set time is over.
import assert from 'node:assert/strict';
import { parseThumbprint } from '../../src/model/names';
import type { Observation } from '../../src/model/observation';
import type { ProbeTarget } from '../../src/probe/probeAll';
import { lookAgain, type LookTimes } from '../../src/ui/probing/lookAgain';
import type { Looker } from '../../src/ui/probing/lookers';

const planned = parseThumbprint('B'.repeat(40)) ?? assert.fail();
const times: LookTimes = { timeoutMilliseconds: 1, concurrency: 1, repeatMilliseconds: 60_000, pauseMilliseconds: 1 };
const targets = [1, 2].map((port): ProbeTarget => ({
  server: 'SERVER1',
  endpoint: { protocol: 'https', host: '127.0.0.1', port, servername: 'www.mydomain.com' },
}));

describe('endpoints are looked at', () => {
  /** Which ports were looked at each time; port n presents the planned certificate from its n-th look on. */
  async function looked(more: Partial<LookTimes>, wanted = true, signal = new AbortController().signal) {
    const rounds: number[][] = [];
    const looker: Looker = (open, _, tell) => {
      rounds.push(open.map(({ endpoint }) => endpoint.port));
      for (const { server, endpoint } of open) {
        const thumbprint = rounds.length >= endpoint.port ? planned : 'A'.repeat(40);
        tell({ server, endpoint, outcome: 'presented', certificate: { thumbprint } } as Observation);
      }
      return Promise.resolve();
    };
    await lookAgain(looker, targets, wanted ? planned : undefined, { ...times, ...more }, signal, () => undefined);
    return rounds;
  }

  it('again where they do not yet present what is planned, and only those', async () =>
    assert.deepEqual(await looked({}), [[1, 2], [2]]));
  it('once where nothing was changed', async () => assert.deepEqual(await looked({}, false), [[1, 2]]));
  it('once where the set time is none', async () =>
    assert.deepEqual(await looked({ repeatMilliseconds: 0 }), [[1, 2]]));
  it('no longer than the set time', async () =>
    assert.deepEqual(await looked({ repeatMilliseconds: 10, pauseMilliseconds: 1000 }), [[1, 2]]));
  it('no more once that is cancelled, though a pause is not over', async () => {
    const cancel = new AbortController();
    const looking = looked({ pauseMilliseconds: 50_000 }, true, cancel.signal);
    // the first round takes no timer: by the next turn of the event loop the pause runs
    setImmediate(() => cancel.abort(new Error('enough')));
    await assert.rejects(looking, /enough/);
  });
});
