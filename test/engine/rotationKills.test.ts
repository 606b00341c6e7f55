// Five of the random organizations, their terminal killed at every statement of every script: a snapshot and a plan lead to the same end.
import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { nextSteps } from '../../src/evidence/nextSteps';
import { type Thumbprint } from '../../src/model/names';
import { type Step } from '../../src/model/plan';
import { type Engine, startEngine } from '../lab/engine';
import { type LabState } from '../lab/state';
import { type Now, stepsOf } from './driver/drive';
import { holdEnd } from './driver/invariants';
import { randomFrom, seed } from './driver/random';
import { type HeldBed } from './driver/heldBed';
import { forkBed, newHome, openRandomBed } from './driver/randomBed';
import { randomCase, type RandomCase } from './driver/randomOrganization';
import { type ScriptCall } from './driver/terminal';

/** Five by `npm run rotations`. */
const howMany = Number(process.env['ROTATIONS_KILLED'] ?? 1);

/** Of the hundred, some that come to their end by themselves: every second one has two servers, where a canary and a next server meet. */
function endingCases(): readonly (readonly [at: number, made: RandomCase])[] {
  const target = { id: '', target: {}, found: null };
  const ending = Array.from({ length: 100 }, (_, at) => [at, randomCase(randomFrom(seed + at))] as const).filter(
    ([, { fault, down, person }]) => {
      const follows = person.answer({ ...target, code: 'follow-hybrid', answers: ['follow', 'leave'] }) === 'follow';
      const accepts = person.answer({ ...target, code: 'no-backup', answers: ['accept'] }) === 'accept';
      return fault === null && down === null && follows && accepts;
    },
  );
  const of = (servers: number): typeof ending => ending.filter(([, { state }]) => state.servers.length === servers);
  const [ones, twos] = [of(1), of(2)];
  return Array.from({ length: howMany }, (_, at) => (at % 2 === 0 ? ones : twos)[at >> 1]).filter(
    (one) => one !== undefined,
  );
}

/** How things stood before one script of the unbroken run. */
interface Before {
  readonly step: Step;
  readonly call: ScriptCall;
  readonly home: string;
  readonly state: LabState;
  readonly folder: string;
}

interface Kills {
  readonly engine: Engine;
  readonly made: RandomCase;
  readonly bed: HeldBed;
  statements: number;
  points: number;
  /** Kills that left the new certificate as the internal one. */
  restores: number;
}

/** The unbroken run, and beside each of its scripts all its kills. */
async function killEverywhere(engine: Engine, made: RandomCase): Promise<Kills> {
  let before: Before | undefined;
  const bed = await openRandomBed(engine, made, {
    before: async (step, call) => {
      const home = await newHome();
      await cp(bed.home, home, { recursive: true });
      before = { step, call, home, state: await bed.world.state(), folder: bed.drive.folder };
    },
    after: async () => {
      if (before !== undefined) await killScript(kills, before, await bed.drive.now());
    },
  });
  const kills: Kills = { engine, made, bed, statements: 0, points: 0, restores: 0 };
  try {
    await bed.drive.takeSnapshot();
    await bed.drive.begin(bed.pair.a as Thumbprint);
    assert.deepEqual(await bed.drive.runToEnd(), { end: 'no-open-step' });
    holdEnd(bed.baseline, await bed.world.state(), bed.pair);
  } finally {
    await bed.close();
  }
  return kills;
}

async function killScript(kills: Kills, before: Before, unbroken: Now): Promise<void> {
  const { statements, changedAt } = await watch(kills, before);
  kills.statements += statements;
  // between two of these a kill leaves the same: a watched run looked at each statement
  for (const killAt of [1, ...changedAt]) {
    kills.points += 1;
    await killOnce(kills, before, killAt, unbroken);
  }
  await rm(before.home, { recursive: true, force: true });
}

/** The script run to its end in copies, looked at before every statement. */
async function watch(
  { engine, bed }: Kills,
  before: Before,
): Promise<{ statements: number; changedAt: readonly number[] }> {
  const home = await newHome();
  await cp(before.home, home, { recursive: true });
  const there = (file: string): string => file.replace(bed.home, () => home);
  const organization = await engine.newOrganization(before.state);
  const { file, parameters, answers } = before.call;
  const ran = await engine.run({
    organization,
    kind: 'workstation',
    file: there(file),
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, there(value)])),
    answers: answers ?? [],
    watch: [path.join(there(before.folder), 'results'), path.join(home, 'keys')],
  });
  await engine.dropOrganization(organization);
  await rm(home, { recursive: true });
  assert.ok(ran.statements !== null && ran.changedAt !== null);
  return { statements: ran.statements, changedAt: ran.changedAt };
}

/** Killed there, a new snapshot taken, a new plan followed: until it stands where the unbroken run stood after the script. */
async function killOnce(kills: Kills, before: Before, killAt: number, unbroken: Now): Promise<void> {
  const { engine, made, bed } = kills;
  const home = await newHome();
  await cp(before.home, home, { recursive: true });
  const fork = await forkBed(engine, made, { home, state: before.state, baseline: bed.baseline });
  const where = `${before.step.kind} killed at ${String(killAt)}`;
  try {
    fork.drive.resume(before.folder.replace(bed.home, () => home));
    const ran = await fork.drive.run(before.step, killAt);
    assert.equal(ran?.killed, true, where);
    await fork.drive.takeSnapshot();
    const goal = { found: await asFound(bed), open: openSteps(unbroken) };
    const done: string[] = [];
    for (;;) {
      const now = await fork.drive.now();
      const stands = { found: await asFound(fork), open: openSteps(now) };
      const isThere = JSON.stringify(stands.found) === JSON.stringify(goal.found);
      // as far as the unbroken run, or further: what it has looked at since need not be looked at again
      if (isThere && stands.open.every((step) => goal.open.includes(step))) return;
      const step = [
        ...nextSteps(now.situation, { scope: 'all' }),
        ...stepsOf(now.plan).filter(({ id }) => nextSteps(now.situation, { scope: 'step', id }).length > 0),
      ][0];
      if (step === undefined || done.length >= 8) {
        assert.deepEqual(stands, goal, `${where}: after ${done.join(', ')} nothing leads back`);
        return;
      }
      const internal = stepsOf(now.plan).find(({ kind }) => kind === 'restore-internal-transport-certificate');
      if (internal !== undefined) {
        assert.equal(step.id, internal.id, `5: ${step.kind} before the restore`);
        kills.restores += 1;
      }
      done.push(step.kind);
      await fork.drive.run(step);
    }
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : ''}`, { cause: error });
  } finally {
    await fork.close();
  }
}

const openSteps = ({ plan }: Now): readonly string[] =>
  stepsOf(plan).map(({ kind, target }) => `${kind} ${target.server ?? ''} ${target.connector ?? ''}`);

/** The organization without what only counts, and without the key files that Windows leaves where a certificate went. */
async function asFound({ world }: HeldBed): Promise<unknown> {
  const { servers, sendConnectors, hybrid } = await world.state();
  return [
    servers.map(({ store, internalTransport, bindings, services, pop, imap, receiveConnectors }) => [
      store
        .map((one) => [
          one.certificate,
          one.friendlyName,
          one.exportable,
          one.networkService,
          [...(one.services ?? [])].sort(),
        ])
        .sort((one, other) => (String(one[0]) < String(other[0]) ? -1 : 1)),
      ...[internalTransport, bindings, services, pop, imap],
      receiveConnectors?.map(({ name, tlsCertificateName }) => [name, tlsCertificateName]),
    ]),
    sendConnectors.map(({ name, tlsCertificateName }) => [name, tlsCertificateName]),
    hybrid?.tlsCertificateName,
  ];
}

describe(`organizations whose terminal is killed (seed ${String(seed)})`, function () {
  this.timeout(3_600_000);
  const engines = [startEngine(), startEngine()];
  after(() => Promise.all(engines.map((engine) => engine.close())));

  it('stand, after a kill at any statement, a snapshot and a plan, where the unbroken run stood', async () => {
    const cases = [...endingCases()];
    assert.equal(cases.length, howMany);
    const failures: string[] = [];
    let restores = 0;
    const lane = async (engine: Engine): Promise<void> => {
      for (let one = cases.shift(); one !== undefined; one = cases.shift()) {
        const [at, made] = one;
        try {
          const kills = await killEverywhere(engine, made);
          restores += kills.restores;
          assert.ok(kills.statements > 1000 && kills.points > 15, `${String(kills.points)} kills`);
        } catch (error) {
          failures.push(`organization ${String(at)}: ${error instanceof Error ? (error.stack ?? '') : ''}`);
        }
      }
    };
    await Promise.all(engines.map(lane));
    assert.equal(failures.join('\n\n'), '');
    assert.ok(restores > 0, 'no kill was between Enable and the restore');
  });
});
