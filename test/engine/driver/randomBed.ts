// A random organization on the bench: its workspace in a folder with a hostile name.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Engine } from '../../lab/engine';
import { samplePassword } from '../../lab/sample';
import { type LabState } from '../../lab/state';
import { type Watcher } from './drive';
import { type HeldBed, holdBed } from './heldBed';
import { writePfx } from './pfxFile';
import { type Places, placesIn } from './places';
import { type RandomCase } from './randomOrganization';
import { openQuietWorld, type World } from './world';

export async function openRandomBed(engine: Engine, made: RandomCase, watcher: Watcher = {}): Promise<HeldBed> {
  const world = await openQuietWorld(engine, made.state);
  const home = await newHome();
  await writeWorkspace(world, placesIn(home, paths), made);
  return holdBed({ world, home, paths, person: made.person, baseline: await world.state() }, watcher);
}

/** The same organization and folder as they were at one moment, side by side with the original; `copy` is kept as it is. */
export async function forkBed(
  engine: Engine,
  made: RandomCase,
  from: { readonly home: string; readonly state: LabState; readonly baseline: LabState },
): Promise<HeldBed> {
  const world = await openQuietWorld(engine, from.state);
  return holdBed({ world, home: from.home, paths, person: made.person, baseline: from.baseline });
}

/** No script may stumble over a path like this one. */
export function newHome(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "it's $(x) ü – "));
}

const paths = { config: 'exchange-certificates.yaml', pfx: 'certificates/new.pfx' };

async function writeWorkspace(world: World, { config, pfx }: Places, made: RandomCase): Promise<void> {
  await mkdir(path.dirname(pfx), { recursive: true });
  await writeFile(config, made.config);
  await writePfx(world, 'B', samplePassword, pfx, made.aes);
}
