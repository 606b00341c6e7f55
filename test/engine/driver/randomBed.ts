// A random organization on the bench: its workspace in a folder with a hostile name, and the invariants held after every script.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Engine } from '../../lab/engine';
import { samplePassword } from '../../lab/sample';
import { type LabState } from '../../lab/state';
import { type Drive, openDrive, type Ran, type Watcher } from './drive';
import { holdInvariants, type Moment, type Pair } from './invariants';
import { writePfx } from './pfxFile';
import { type Places, placesIn } from './places';
import { type RandomCase } from './randomOrganization';
import { openQuietWorld, type World } from './world';

export interface RandomBed {
  readonly world: World;
  readonly drive: Drive;
  readonly home: string;
  readonly baseline: LabState;
  readonly pair: Pair;
  readonly moments: readonly Moment[];
  close(): Promise<void>;
}

export async function openRandomBed(engine: Engine, made: RandomCase, watcher: Watcher = {}): Promise<RandomBed> {
  const world = await openQuietWorld(engine, made.state);
  const home = await newHome();
  await writeWorkspace(world, placesIn(home, paths), made);
  return bedOn(world, home, made, await world.state(), watcher);
}

/** The same organization and folder as they were at one moment, side by side with the original; `copy` is kept as it is. */
export async function forkBed(
  engine: Engine,
  made: RandomCase,
  from: { readonly home: string; readonly state: LabState; readonly baseline: LabState },
): Promise<RandomBed> {
  const world = await openQuietWorld(engine, from.state);
  return bedOn(world, from.home, made, from.baseline, {});
}

/** No script may stumble over a path like this one. */
export function newHome(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "it's $(x) ü – "));
}

const paths = { config: 'exchange-certificates.yaml', pfx: 'certificates/new.pfx' };

async function bedOn(
  world: World,
  home: string,
  made: RandomCase,
  baseline: LabState,
  watcher: Watcher,
): Promise<RandomBed> {
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
  const drive = openDrive(world, placesIn(home, paths), made.person, { ...watcher, after });
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

async function writeWorkspace(world: World, { config, pfx }: Places, made: RandomCase): Promise<void> {
  await mkdir(path.dirname(pfx), { recursive: true });
  await writeFile(config, made.config);
  await writePfx(world, 'B', samplePassword, pfx, made.aes);
}
