// Takes in the results that scripts wrote: those of this window's own runs are believed, others are shown as foreign.
import type * as vscode from 'vscode';
import type { ExpectedResult } from '../../evidence/believe';
import { author, type OpenRotation } from './openRotation';
import { organizationRooms } from '../rooms';
import { requireLock } from './rotationLock';

/** Runs this window started and has no result of yet, by their ids; they lie outside the folder, in the window's own storage. */
type Expectations = Readonly<Record<string, ExpectedResult>>;

const key = (rotation: OpenRotation): string => `runs:${rotation.folder}`;

/** Keeps what the result of a run must be, before the run is started. */
export async function expectResult(
  context: vscode.ExtensionContext,
  rotation: OpenRotation,
  result: ExpectedResult,
): Promise<void> {
  const known = context.workspaceState.get<Expectations>(key(rotation), {});
  await context.workspaceState.update(key(rotation), { ...known, [result.run]: result });
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
    { journal: loaded.journal, expected: (run) => expected[run], readers: rooms },
    author(),
  );
  const ended = new Set(believed.map(({ run }) => run));
  await context.workspaceState.update(
    key(rotation),
    Object.fromEntries(Object.entries(expected).filter(([run]) => !ended.has(run))),
  );
  return true;
}
