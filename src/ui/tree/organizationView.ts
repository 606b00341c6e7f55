// The view *Organization*: what the configuration wants, and beside it what was found and probed.
import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { expiryThresholds } from '../face/expirySettings';
import { plain, sentence, words, type Said } from '../face/say';
import { organizationRooms } from '../rooms';
import type { Workspace } from '../workspace';
import type { ShownTree } from '../views';
import { organizationNodes } from './organizationNodes';
import { numberSetting } from '../face/numberSettings';

/** Shows what is known now, and anew with each change of the workspace, until it is disposed. */
export function showOrganization(workspace: Workspace, { tree, view }: ShownTree): vscode.Disposable {
  let latest = 0;
  const show = async (): Promise<void> => {
    const turn = ++latest;
    const { config } = workspace;
    const wanted = config?.wanted;
    if (!wanted) {
      tree.show([]);
      view.message = plain('');
      view.description = plain('');
      return;
    }
    const { organizationTree, usesOf } = await organizationRooms();
    const { warningDays } = expiryThresholds();
    const { found } = workspace;
    const nodes = organizationTree({
      wanted,
      found: found ?? null,
      differences: workspace.differences,
      observations: workspace.observations,
      now: new Date(),
      ...(found !== undefined && {
        usesOf: (server, thumbprint) =>
          usesOf(found, server, thumbprint)
            .filter(({ certain }) => certain)
            .map(({ code, what }) => (what === '' ? code : what)),
      }),
    });
    // turns of their own: thousands of endpoints would hold the host for all of it together
    await setImmediate();
    const faces = await organizationNodes(nodes, { warningDays });
    await setImmediate();
    if (turn !== latest) {
      return;
    }
    tree.show(faces);
    view.description = plain(`${wanted.organization} · ${vscode.workspace.asRelativePath(config.uri)}`);
    view.message = plain(message(workspace)?.text ?? '');
  };
  void show();
  return workspace.onDidChange(() => void show());
}

/** Why the tree is not the whole truth, with the command that helps named by its title; nothing when it is. */
function message({ configChange, snapshot }: Workspace): Said | undefined {
  const takeSnapshot = words('Take Snapshot');
  if (!vscode.workspace.isTrusted) {
    return words('This workspace is not trusted: nothing is run or probed. Use "Manage Workspace Trust".');
  }
  if (configChange?.isNew === true) {
    return words('This window has not seen this configuration before. It is asked about before anything uses it.');
  }
  if (configChange !== undefined) {
    return words('The configuration was changed outside this window. It is asked about before anything uses it.');
  }
  if (snapshot === undefined) {
    return words(
      'No snapshot yet: this is what the configuration wants. Use "{0}" to see what is installed.',
      takeSnapshot,
    );
  }
  const hours = numberSetting('snapshotAgeHours');
  const age = Math.floor((Date.now() - Date.parse(snapshot.taken)) / 3_600_000);
  if (age >= hours) {
    return words('The snapshot is {0} hours old. Use "{1}" to look again.', age, takeSnapshot);
  }
  return snapshot.problems.length === 0
    ? undefined
    : words(
        'The snapshot is not complete: {0}',
        sentence(snapshot.problems.map(({ where, detail }) => `${where}: ${detail}`).join(' · ')),
      );
}
