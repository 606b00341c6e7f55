// *Take snapshot*: a generated read-only script, run in the terminal; an open rotation gets a copy and plans from it.
import * as vscode from 'vscode';
import type { Snapshot } from '../../model/snapshot';
import { say, sentence, words } from '../face/say';
import type { Handlers } from '../handlers';
import { author } from '../state/openRotation';
import { log, showFailure } from '../output';
import { organizationRooms } from '../rooms';
import { requireLock } from '../state/rotationLock';
import { witness } from '../state/rotationWitness';
import { writeSnapshot } from '../state/snapshotStore';
import { usedConfig } from '../state/usedConfig';
import { requireTrust } from '../trust';
import type { ConfigFile, Workspace } from '../workspace';
import { type Reading, runReading } from './readingScript';

/** The step id that a snapshot outside a rotation carries. */
const snapshotStep = 'snapshot';

export function snapshotCommand(workspace: Workspace): Handlers<'takeSnapshot'> {
  return {
    takeSnapshot: async (argument) => {
      if (!requireTrust()) {
        return;
      }
      await workspace.refresh();
      const asked = argument instanceof vscode.Uri ? argument.toString() : undefined;
      const config = await usedConfig(
        workspace,
        workspace.configs.find(({ uri }) => uri.toString() === asked),
      );
      if (config !== null) {
        await takeSnapshot(workspace, config);
      }
    },
  };
}

async function takeSnapshot(workspace: Workspace, config: ConfigFile | undefined): Promise<void> {
  if (!config?.parsed.wanted) {
    void say.warning(words('A snapshot needs a configuration that can be read: it names the servers.'));
    return;
  }
  const { renderSnapshotScript } = await organizationRooms();
  const end = await runReading(workspace, {
    step: snapshotStep,
    name: 'take-snapshot',
    text: renderSnapshotScript(config.parsed.wanted),
    config: config.uri,
    nothingCame: words('No snapshot came back. What the terminal says tells why.'),
  });
  if (end === undefined) {
    return;
  }
  const snapshot = await keepSnapshot(end);
  const { rotation } = workspace;
  if (snapshot !== undefined && rotation?.mayWrite === true && rotation.config.toString() === config.uri.toString()) {
    const { addSnapshot, renderJson } = await organizationRooms();
    await requireLock(rotation);
    await addSnapshot(rotation.port, snapshot, renderJson(snapshot), author());
    await witness(rotation.folder, { owesSnapshot: false }, workspace.context.workspaceState);
  }
  await workspace.publish();
}

async function keepSnapshot({ folder, result }: Reading): Promise<Snapshot | undefined> {
  const { after, error } = result;
  if (after?.snapshot === undefined) {
    showFailure(
      words(
        'The snapshot failed: {0}',
        error === null ? words('it holds nothing that can be read') : sentence(error.message),
      ),
    );
    return undefined;
  }
  for (const { where, detail } of after.snapshot.problems) {
    log().warn(sentence(`snapshot: ${where}: ${detail}`).text);
  }
  await writeSnapshot(folder, after.snapshot);
  return after.snapshot;
}
