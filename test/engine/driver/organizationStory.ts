// The first story by scripts on a named organization of the lab: snapshot, plan, every step, and how it ends.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Thumbprint } from '../../../src/model/names';
import { type Refusal } from '../../../src/model/plan';
import { type Engine } from '../../lab/engine';
import { type Organization } from '../../lab/organizations/readOrganization';
import { stateOf } from '../../lab/organizations/stateOf';
import { organizationPaths, writeOrganizationWorkspace } from '../../lab/organizations/writeWorkspace';
import { type End, type Watcher } from './drive';
import { type HeldBed, holdBed } from './heldBed';
import { follower } from './sampleStory';
import { openQuietWorld, openRealWorld } from './world';

export interface OrganizationStory {
  readonly bed: HeldBed;
  readonly refusals: readonly Refusal[];
  /** undefined where there was no plan. */
  readonly end: End | undefined;
}

/** Opens the organization with its faults: with listeners where its file says so, else within `engine`. */
export async function openOrganization(engine: Engine, made: Organization, watcher: Watcher = {}): Promise<HeldBed> {
  const state = stateOf(made);
  const world = made.listeners ? await openRealWorld(state) : await openQuietWorld(engine, state);
  const home = await mkdtemp(path.join(tmpdir(), `${made.name}-`));
  await writeOrganizationWorkspace(world, made, path.join(home, 'workspace'));
  for (const fault of made.faults) await world.call('fault.set', fault);
  const paths = organizationPaths(made);
  return holdBed({ world, home, paths, person: follower, baseline: await world.state() }, watcher);
}

/** Does what a person does from *Take Snapshot* to the last removal, who lets everything follow. */
export async function tell(bed: HeldBed): Promise<OrganizationStory> {
  await bed.drive.takeSnapshot();
  const { refusals } = await bed.drive.begin(bed.pair.a as Thumbprint);
  return { bed, refusals, end: refusals.length > 0 ? undefined : await bed.drive.runToEnd() };
}
