// Random small organizations, planned and really run by their scripts, with faults: the invariants of the design hold.
import assert from 'node:assert/strict';
import { type Thumbprint } from '../../src/model/names';
import { type Engine, startEngine } from '../lab/engine';
import { type End } from './driver/drive';
import { holdEnd, holdRefusals, holdStopped } from './driver/invariants';
import { randomFrom, seed } from './driver/random';
import { openRandomBed } from './driver/randomBed';
import { randomCase } from './driver/randomOrganization';

/** What failed is found again by its seed and number: EXCHANGE_LAB_SEED, ROTATIONS_FROM, ROTATIONS (how many). */
const first = Number(process.env['ROTATIONS_FROM'] ?? 0);
/** A hundred by `npm run rotations`; each takes seconds, so a run of all tests has the first of them. */
const count = Number(process.env['ROTATIONS'] ?? 8);

/** One whole rotation; answers how it ended. */
async function rotate(engine: Engine, at: number): Promise<End['end']> {
  const made = randomCase(randomFrom(seed + at));
  const bed = await openRandomBed(engine, made);
  const { drive, world, baseline, pair, moments } = bed;
  try {
    if (made.down !== null) await world.call('fault.set', { server: made.down, down: true });
    await drive.takeSnapshot();
    const { refusals } = await drive.begin(pair.a as Thumbprint);
    assert.deepEqual(refusals, []);
    if (made.down !== null) await drive.decide(`defer:${made.down}`, 'yes');
    if (made.fault !== null) await world.call('fault.set', made.fault);
    let end = await drive.runToEnd();
    if (end.end !== 'no-open-step') {
      const earlier = [...moments];
      await drive.runScope({ scope: 'all' });
      holdStopped(end, moments.slice(earlier.length), earlier);
      await world.call('fault.clear');
      if (made.down !== null) await world.call('fault.set', { server: made.down, down: false });
      await drive.takeSnapshot();
      if (made.down !== null) await drive.decide(`defer:${made.down}`, 'no');
      end = await drive.runToEnd();
    }
    const state = await world.state();
    holdRefusals(end, state, pair, made);
    if (end.end === 'no-open-step') holdEnd(baseline, state, pair);
    return end.end;
  } finally {
    await bed.close();
  }
}

describe(`${String(count)} random organizations (seed ${String(seed)})`, function () {
  this.timeout(3_600_000);
  /** Two lanes, as there are mostly two cores. */
  const engines = [startEngine(), startEngine()];
  after(() => Promise.all(engines.map((engine) => engine.close())));

  it('hold the invariants after every script, and end, or say rightly why not', async () => {
    const failures: string[] = [];
    const ends: End['end'][] = [];
    let next = first;
    const lane = async (engine: Engine): Promise<void> => {
      for (let at = next++; at < first + count; at = next++) {
        const failed = (error: unknown): void => {
          failures.push(`organization ${String(at)}: ${error instanceof Error ? (error.stack ?? '') : ''}`);
        };
        await rotate(engine, at).then((end) => ends.push(end), failed);
      }
    };
    await Promise.all(engines.map(lane));
    assert.equal(failures.join('\n\n'), '');
    assert.equal(ends.length, count);
    // most are made so that they can end: a driver that never got far would hold every invariant
    assert.ok(ends.filter((end) => end === 'no-open-step').length >= count * 0.6, ends.join(' '));
  });
});
