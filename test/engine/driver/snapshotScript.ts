// *Take snapshot* without a window: the script lies in a run's folder of the extension's storage, its result is believed and kept there.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { parseConfig } from '../../../src/config/parseConfig';
import { believe } from '../../../src/evidence/believe';
import { readResult } from '../../../src/folder/readResult';
import { renderJson } from '../../../src/folder/renderJson';
import { type Snapshot } from '../../../src/model/snapshot';
import { renderSession } from '../../../src/powershell/renderSession';
import { renderSnapshotScript } from '../../../src/powershell/renderStep';
import { scriptHash } from '../../../src/powershell/scriptHash';
import { makeRunFolder, type Places, readers } from './places';
import { type Terminal } from './terminal';

export function latestSnapshot({ storage }: Places): Promise<string> {
  return fs.readFile(path.join(storage, 'latest.json'), 'utf8');
}

export async function snapshotByScript(places: Places, terminal: Terminal): Promise<Snapshot> {
  const { wanted } = parseConfig(await fs.readFile(places.config, 'utf8'));
  assert.ok(wanted !== null, 'the configuration has an error');
  const run = randomBytes(8).toString('hex');
  const folder = await makeRunFolder(places, run);
  const [scripts, results] = [path.join(folder, 'scripts'), path.join(folder, 'results')];
  await fs.mkdir(scripts);
  const text = renderSnapshotScript(wanted);
  const file = path.join(scripts, 'take-snapshot.ps1');
  await fs.writeFile(path.join(scripts, 'session.ps1'), renderSession(), { flag: 'wx' });
  await fs.writeFile(file, text, { flag: 'wx' });
  const shown = await terminal.runElsewhere({ file, parameters: { Run: run } });
  const name = (await fs.readdir(results).catch(() => [])).find((one) => one.endsWith(`.${run}.json`));
  assert.ok(name !== undefined, `no snapshot came back: ${shown.hostText} ${JSON.stringify(shown.errors)}`);
  const read = readResult(name, await fs.readFile(path.join(results, name), 'utf8'), readers);
  await fs.rm(folder, { recursive: true });
  assert.ok('value' in read, JSON.stringify(read));
  const belief = believe(read.value, { step: 'snapshot', run, script: scriptHash(text), server: null });
  assert.ok('believed' in belief);
  const snapshot = belief.believed.after?.snapshot;
  assert.ok(snapshot !== undefined, JSON.stringify(belief.believed.error));
  await fs.writeFile(path.join(places.storage, 'latest.json'), renderJson(snapshot));
  return snapshot;
}
