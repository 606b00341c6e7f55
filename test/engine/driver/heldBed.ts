// A drive whose every script is held against the invariants, by what the organization's log and state say after it.
import { rm } from 'node:fs/promises';
import { type LabState } from '../../lab/state';
import { type Drive, openDrive, type Ran, type Watcher } from './drive';
import { holdInvariants, type Moment, type Pair } from './invariants';
import { type Person } from './person';
import { placesIn } from './places';
import { type World } from './world';

export interface HeldBed {
  readonly world: World;
  readonly drive: Drive;
  readonly home: string;
  readonly baseline: LabState;
  readonly pair: Pair;
  readonly moments: readonly Moment[];
  close(): Promise<void>;
}

export interface HeldWorld {
  readonly world: World;
  /** Holds the workspace; deleted at the end. */
  readonly home: string;
  readonly paths: { readonly config: string; readonly pfx: string };
  readonly person: Person;
  readonly baseline: LabState;
}

export async function holdBed(
  { world, home, paths, person, baseline }: HeldWorld,
  watcher: Watcher = {},
): Promise<HeldBed> {
  const pair = { a: baseline.certificates['A']?.thumbprint ?? '', b: baseline.certificates['B']?.thumbprint ?? '' };
  const moments: Moment[] = [];
  let [before, changed, out] = [await world.state(), 0, 0];
  const after = async (ran: Ran): Promise<void> => {
    const [now, log, outages] = [await world.state(), await world.log(), await world.outages()];
    const changes = log.slice(changed).filter(({ operation }) => operation !== 'fault.set');
    const moment = { ran, before, after: now, changes, outages: outages.slice(out) };
    [before, changed, out] = [now, log.length, outages.length];
    moments.push(moment);
    holdInvariants(moment, pair, baseline);
    await watcher.after?.(ran);
  };
  const drive = openDrive(world, placesIn(home, paths), person, { ...watcher, after });
  return {
    world,
    drive,
    home,
    baseline,
    pair,
    moments,
    close: async () => {
      await drive.close();
      await world.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
