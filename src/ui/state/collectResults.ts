// Takes in the results that scripts wrote: those of this window's own runs are believed, others are shown as foreign.
import type * as vscode from 'vscode';
import type { ExpectedResult } from '../../evidence/believe';
import type { Step } from '../../model/plan';
import { author, type OpenRotation } from './openRotation';
import { organizationRooms } from '../rooms';
import { requireLock } from './rotationLock';
import { own } from '../../model/own';

/** Runs this window started and has no result of yet, by their ids; they lie outside the folder, in the window's own storage. */
type Expectations = Readonly<Record<string, ExpectedResult>>;

const key = (rotation: OpenRotation): string => `runs:${rotation.folder}`;

/** Notes the run before it is started; returns the hash of the script it will run. */
export async function expectResult(
  context: vscode.ExtensionContext,
  rotation: OpenRotation,
  step: Step,
  run: string,
): Promise<string> {
  const { scriptHash } = await organizationRooms();
  const script = scriptHash(rotation.rendered.get(step.script ?? '') ?? '');
  const known = context.workspaceState.get<Expectations>(key(rotation), {});
  await context.workspaceState.update(key(rotation), {
    ...known,
    [run]: { step: step.id, run, script, server: step.target.server ?? null },
  });
  return script;
}

/** Takes in every result file that the journal does not know yet; returns whether there was any. */
export async function collectResults(context: vscode.ExtensionContext, rotation: OpenRotation): Promise<boolean> {
  const rooms = await organizationRooms();
  const { port, loaded } = rotation;
  if (!(await rooms.hasNewResults(port, loaded.journal))) {
    return false;
  }
  await requireLock(rotation);
  const expected = context.workspaceState.get<Expectations>(key(rotation), {});
  const { believed } = await rooms.takeInResults(
    port,
    { journal: loaded.journal, expected: (run) => own(expected, run), readers: rooms },
    author(),
  );
  const ended = new Set(believed.map(({ run }) => run));
  await context.workspaceState.update(
    key(rotation),
    Object.fromEntries(Object.entries(expected).filter(([run]) => !ended.has(run))),
  );
  return true;
}
