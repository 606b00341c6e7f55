// The story by scripts, unchanged, on every organization of the lab: it ends without an open step, or in the refusal its file states.
import assert from 'node:assert/strict';
import { type StepKind } from '../../src/model/plan';
import { type StepResult } from '../../src/model/result';
import { type Engine, startEngine } from '../lab/engine';
import { type Organization, organizationNames, readOrganization } from '../lab/organizations/readOrganization';
import { longStories } from '../lab/organizations/storyTable';
import { holdEnd } from './driver/invariants';
import { openOrganization, tell } from './driver/organizationStory';
import { type World } from './driver/world';

/** All, or the names of some; else those that do not take long. */
const named = process.env['ORGANIZATIONS'];
const isTold = (name: string): boolean =>
  named === 'all' || (named?.split(',').includes(name) ?? !longStories.includes(name));
const names = organizationNames().filter(isTold);

/** The name in the hybrid configuration as that domain controller tells it. */
async function hybridName(world: World, controller: string): Promise<unknown> {
  const server = (await world.state()).servers[0]?.name;
  const session = { kind: 'managementShell', server };
  const told = await world.call('Get-HybridConfiguration', { DomainController: controller, session });
  return (told as readonly { readonly TlsCertificateName: unknown }[])[0]?.TlsCertificateName;
}

async function endsAsStated(engine: Engine, made: Organization): Promise<void> {
  let waits = 0;
  const bed = await openOrganization(engine, made, {
    before: ({ kind }) => meanwhile(kind),
    after: ({ step, result }) => waited(step.kind, result),
  });
  const names = (): Promise<readonly unknown[]> =>
    Promise.all(made.domainControllers.map((controller) => hybridName(bed.world, controller)));
  /** A lagging domain controller catches up when the first look at all three has found it behind. */
  async function meanwhile(kind: StepKind): Promise<void> {
    if (kind !== 'wait-for-replication' || made.faults.length === 0) return;
    const told = await names();
    const lagging = made.domainControllers.map((controller) => made.faults.some(({ lag }) => lag === controller));
    assert.deepEqual(
      lagging,
      told.map((name) => name !== told[0]),
      'those that lag, and no other, tell another name than the first',
    );
    const looks = 1 + made.domainControllers.length;
    const caughtUp = { operation: 'fault.clear', arguments: {} };
    await bed.world.call('fault.set', {
      operation: 'Get-HybridConfiguration',
      after: looks,
      times: 1,
      interject: caughtUp,
    });
  }
  /** The script looked until all told the same: it was met by the end of the lag, and ended after it. */
  async function waited(kind: StepKind, result: StepResult | null): Promise<void> {
    if (kind !== 'wait-for-replication' || made.faults.length === 0) return;
    waits += 1;
    assert.equal(result?.outcome, 'done');
    assert.deepEqual(await bed.world.call('fault.list'), []);
    assert.equal(new Set(await names()).size, 1);
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
    assert.equal(waits, made.faults.length === 0 ? 0 : 1, 'waits for a domain controller that lags');
    assert.deepEqual(await bed.world.outages(), []);
  } finally {
    await bed.close();
  }
}

/** Told under both settings; the others have one each. */
const bothWays: ReadonlySet<string> = new Set(['one-server', 'named-binding', 'runbook']);

describe('the story by scripts', function () {
  this.timeout(1_800_000);
  const engine = startEngine();
  after(() => engine.close());

  for (const name of names) {
    const made = readOrganization(name);
    const how = 'ends' in made.story ? `ends: ${made.story.ends}` : `is refused: ${made.story.because}`;
    it(`on ${name} ${how}`, () => endsAsStated(engine, made));
    if (!bothWays.has(name)) continue;
    const secondBinding = made.secondBinding === 'moves' ? 'leaves' : 'moves';
    it(`on ${name}, where Enable ${secondBinding} the second binding, ${how}`, () =>
      endsAsStated(engine, { ...made, secondBinding }));
  }
});
