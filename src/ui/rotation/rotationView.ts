// The view *Rotation*: phases and steps with their state, reason and script.
import * as vscode from 'vscode';
import { organizationRooms } from '../rooms';
import type { ShownTree } from '../views';
import type { Workspace } from '../workspace';
import { rotationNodes } from './rotationNodes';

/** Shows what is known now, and anew with each change of the workspace, until it is disposed. */
export function showRotation(workspace: Workspace, { tree, view }: ShownTree): vscode.Disposable {
  const show = async (): Promise<void> => {
    const { rotation } = workspace;
    if (rotation === undefined) {
      tree.show([]);
      view.message = '';
      view.description = '';
      return;
    }
    tree.show(rotationNodes(rotation, await organizationRooms()));
    view.description = rotation.loaded.rotation.name;
    view.message = messageOf(
      rotation.isForeign,
      rotation.plan.phases.flatMap(({ steps }) => steps).length,
      rotation.plan.refusals.length,
      rotation.loaded.problems.map(({ path, code }) => `${path} (${code})`),
    );
  };
  void show();
  return workspace.onDidChange(() => void show());
}

function messageOf(isForeign: boolean, open: number, refusals: number, problems: readonly string[]): string {
  if (isForeign) {
    return vscode.l10n.t(
      "The journal of this rotation was written elsewhere. What it tells is another's word until you go on with it.",
    );
  }
  if (problems.length > 0) {
    return vscode.l10n.t(
      'Files of this rotation were passed over: {0}. Take a snapshot to see what is true.',
      problems.join(', '),
    );
  }
  return open === 0 && refusals === 0
    ? vscode.l10n.t('No step is open: the new certificate is in place, and the old one is gone.')
    : '';
}
