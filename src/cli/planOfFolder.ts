// The plan of a rotation's folder, from its files alone: never from the plan.json that lies there.
import * as files from 'node:fs/promises';
import * as path from 'node:path';
import { parseConfig } from '../config/parseConfig';
import { nodeFolder } from '../folder/nodeFolder';
import { loadRotation, readRotation } from '../folder/loadRotation';
import type { Read } from '../folder/readFile';
import { problemSentence } from '../folder/words/problems';
import type { Time } from '../model/names';
import { plan } from '../plan/plan';
import { foundFrom } from '../snapshot/foundFrom';
import { parseSnapshot, readRows } from '../snapshot/parseSnapshot';
import type { PlanMade } from './planMade';
import { dataError, PlanFailure } from './planFailure';
import { most, readInputText } from './readInput';

export async function planOfFolder(folder: string, snapshot: string | undefined, now: Time): Promise<PlanMade> {
  const port = nodeFolder(folder, files);
  const intent = valueOf(await readRotation(port));
  const configText = await readInputText(path.join(folder, ...intent.config.path.split('/')), most.config);
  const { rotation, wanted, baseline, found, inputs, problems } = valueOf(
    await loadRotation(port, {
      readers: { parseConfig, parseSnapshot, readRows, foundFrom },
      configText,
      now,
      ...(snapshot === undefined ? {} : { snapshotText: await readInputText(snapshot, most.snapshot) }),
    }),
  );
  if (wanted === null) throw new PlanFailure(dataError, `${intent.config.path}: the configuration has an error`);
  return {
    plan: plan({ wanted, baseline, found, rotation, inputs: inputs(now) }),
    rotation,
    passedOver: problems.map(problemSentence),
  };
}

function valueOf<T>(read: Read<T>): T {
  if ('value' in read) return read.value;
  throw new PlanFailure(dataError, problemSentence(read.problem));
}
