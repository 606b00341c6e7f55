// Where in a script a terminal must die for a given state to be left behind: searched in a copy of the organization.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Run } from '../../lab/engine';
import { type LabState } from '../../lab/state';
import { type Drive } from './drive';
import { typed } from './person';
import { type Step } from '../../../src/model/plan';

/**
 * The first statement of the step's script before which `isLeft` holds, where it holds from one statement on. Nothing of
 * the rotation's folder and organization is touched: the script runs in copies of both.
 */
export async function killPoint(drive: Drive, step: Step, isLeft: (state: LabState) => boolean): Promise<number> {
  const { engine } = drive.world;
  const state = await drive.world.state();
  const copy = await mkdtemp(path.join(tmpdir(), 'kill-'));
  await cp(path.join(drive.folder, 'scripts'), path.join(copy, 'scripts'), { recursive: true });
  const file = path.join(copy, step.script ?? '');
  const attempt = async (how: Pick<Run, 'killAt' | 'count'>): Promise<[number, boolean]> => {
    const organization = await engine.newOrganization(state);
    const answers = typed(step, drive.person);
    const ran = await engine.run({ organization, kind: 'workstation', file, answers, ...how });
    const left = isLeft((await engine.call(organization, 'state.get')) as LabState);
    await engine.dropOrganization(organization);
    return [ran.statements ?? 0, left];
  };
  let [low, [high]] = [1, await attempt({ count: true })];
  while (low < high) {
    const killAt = Math.floor((low + high) / 2);
    const [, left] = await attempt({ killAt });
    if (left) high = killAt;
    else low = killAt + 1;
  }
  await rm(copy, { recursive: true });
  return low;
}
