// The plan of a rotation's folder, from its files alone: never from the plan.json that lies there.
import * as files from 'node:fs/promises';
import * as path from 'node:path';
import { parseConfig } from '../config/parseConfig';
import { nodeFolder } from '../folder/nodeFolder';
import { loadRotation, readRotation } from '../folder/loadRotation';
import { planMarkdown } from '../folder/planMarkdown';
import { readFile, type FolderPort } from '../folder/port';
import type { Read } from '../folder/readFile';
import { planTextPath } from '../folder/renderFolder';
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
  const made = plan({ wanted, baseline, found, rotation, inputs: inputs(now) });
  return {
    plan: made,
    rotation,
    passedOver: [...problems.map(problemSentence), ...(await differingText(port, planMarkdown(made, rotation)))],
  };
}

/** A plan.md in the folder is never read for the plan; where it is another, nobody should decide by it. */
async function differingText(port: FolderPort, text: string): Promise<readonly string[]> {
  const there = await readFile(port, planTextPath);
  const isSame = 'value' in there ? there.value === text : there.problem.code === 'missing';
  return isSame ? [] : [`${planTextPath}: differs from the plan that was made now, which is the one printed`];
}

function valueOf<T>(read: Read<T>): T {
  if ('value' in read) return read.value;
  throw new PlanFailure(dataError, problemSentence(read.problem));
}
