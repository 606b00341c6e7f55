// The story by scripts, unchanged, on every organization of the lab: it ends without an open step, or in the refusal its file states.
import assert from 'node:assert/strict';
import { type StepKind } from '../../src/model/plan';
import { type Engine, startEngine } from '../lab/engine';
import { type Organization, organizationNames, readOrganization } from '../lab/organizations/readOrganization';
import { longStories } from '../lab/organizations/storyTable';
import { holdEnd } from './driver/invariants';
import { openOrganization, tell } from './driver/organizationStory';

/** All, or the names of some; else those that do not take long. */
const named = process.env['ORGANIZATIONS'];
const isTold = (name: string): boolean =>
  named === 'all' || (named?.split(',').includes(name) ?? !longStories.includes(name));
const names = organizationNames().filter(isTold);

async function endsAsStated(engine: Engine, made: Organization): Promise<void> {
  const bed = await openOrganization(engine, made, { before: (step) => meanwhile(step.kind) });
  /** A lagging domain controller catches up when the first look at all three has found it behind. */
  async function meanwhile(kind: StepKind): Promise<void> {
    if (kind !== 'wait-for-replication' || made.faults.length === 0) return;
    const looks = 1 + made.domainControllers.length;
    const caughtUp = { operation: 'fault.clear', arguments: {} };
    await bed.world.call('fault.set', {
      operation: 'Get-HybridConfiguration',
      after: looks,
      times: 1,
      interject: caughtUp,
    });
  }
  try {
    const { refusals, end } = await tell(bed);
    if ('refused' in made.story) {
      assert.deepEqual([...new Set(refusals.map(({ code }) => code))], [made.story.refused]);
      assert.deepEqual(await bed.world.log(), [], 'nothing was changed');
      return;
    }
    assert.deepEqual(refusals, []);
    assert.deepEqual(end, { end: 'no-open-step' });
    holdEnd(bed.baseline, await bed.world.state(), bed.pair);
    assert.deepEqual(await bed.world.outages(), []);
  } finally {
    await bed.close();
  }
}

describe('the story by scripts', function () {
  this.timeout(1_800_000);
  const engine = startEngine();
  after(() => engine.close());

  for (const name of names) {
    const made = readOrganization(name);
    const how = 'ends' in made.story ? `ends: ${made.story.ends}` : `is refused: ${made.story.because}`;
    it(`on ${name} ${how}`, () => endsAsStated(engine, made));
  }
});
