// *Open in Terminal*: the line of a step's script is typed without Enter, and a person decides whether it runs.
import * as path from 'node:path';
import type { Step } from '../../model/plan';
import { freeTerminal } from '../shell/freeTerminal';
import { makeRunFolder } from '../shell/runFolders';
import { typeScript } from '../shell/runScript';
import type { OpenRotation } from '../state/openRotation';
import { addPendingRun } from '../state/pendingRuns';
import { organizationRooms } from '../rooms';
import type { Workspace } from '../workspace';
import { showDifference } from './compareScript';
import { missingCopyText } from './stopWords';
import { givenFiles, terminalName } from './windowPort';

/** The line names a copy that is made now, of what was compared: however long the person reads it, that is what runs. */
export async function openInTerminal(step: Step, rotation: OpenRotation, workspace: Workspace): Promise<void> {
  if (step.script === null) {
    return;
  }
  const { context } = workspace;
  const rooms = await organizationRooms();
  const scripts = await rooms.scriptsToRun(rotation.port, rotation.rendered, step.script);
  if ('differing' in scripts) {
    await showDifference(workspace, rotation, scripts.differing);
    return;
  }
  const given = await givenFiles(step, rotation);
  if ('missing' in given) {
    throw new Error(missingCopyText(given.missing).text);
  }
  const terminal = await freeTerminal(terminalName(rotation), context.workspaceState);
  if (terminal === undefined) {
    return;
  }
  const folder = await makeRunFolder(context, rotation.folder, rooms.newRun(), await terminal.processId);
  if ('refused' in folder) {
    throw new Error(folder.refused.text);
  }
  await rooms.writeScripts(folder.port, scripts.texts);
  // no run of ours: whoever presses Enter may have changed the line
  await addPendingRun(context.workspaceState, rotation.folder, { folder: folder.path, expected: null });
  await typeScript(terminal, { script: path.join(folder.path, step.script), ...given });
}
