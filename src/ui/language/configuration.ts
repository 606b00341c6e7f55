// The configuration's own commands: create one, open it, choose which one is shown, and read everything again.
import * as vscode from 'vscode';
import { pickOne, say, words } from '../face/say';
import type { Handlers } from '../handlers';
import { organizationRooms } from '../rooms';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';
import { ignoreKeys } from './ignoreKeys';

const fileName = 'exchange-certificates.yaml';

export function configurationCommands(
  workspace: Workspace,
): Handlers<'createConfiguration' | 'openConfiguration' | 'chooseConfiguration' | 'refresh'> {
  return {
    createConfiguration: async () => {
      if (requireTrust()) {
        await createConfiguration(workspace);
      }
    },
    openConfiguration: async () => {
      await workspace.refresh();
      if (workspace.config !== undefined) {
        await vscode.window.showTextDocument(workspace.config.uri);
      }
    },
    chooseConfiguration: async () => {
      await workspace.refresh();
      await chooseConfiguration(workspace);
    },
    refresh: () => workspace.refresh(),
  };
}

/** What is shown and run is one organization's: a rotation of another is closed, and can be opened again. */
async function chooseConfiguration(workspace: Workspace): Promise<void> {
  const picked = await pickOne(
    workspace.configs.map(({ uri, parsed }) => ({
      label: vscode.workspace.asRelativePath(uri),
      description: parsed.wanted?.organization ?? vscode.l10n.t('cannot be read'),
      picked: uri.toString() === workspace.config?.uri.toString(),
      uri,
    })),
    {
      title: words('Choose Configuration'),
      placeHolder: words('Which organization do you want to see?'),
    },
  );
  if (picked === undefined) {
    return;
  }
  const { rotation } = workspace;
  if (rotation !== undefined && rotation.config.toString() !== picked.uri.toString()) {
    await workspace.useRotation(undefined);
  }
  await workspace.useConfig(picked.uri);
}

async function createConfiguration(workspace: Workspace): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) {
    return;
  }
  const uri = vscode.Uri.joinPath(folder, fileName);
  if (await exists(uri)) {
    // never over another: what stands there is the user's
    await vscode.window.showTextDocument(uri);
    return;
  }
  const { template } = await organizationRooms();
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(template()));
  await ignoreKeys(vscode.Uri.joinPath(folder, '.gitignore'));
  await vscode.window.showTextDocument(uri);
  await workspace.refresh();
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void say.warning(words('Open the folder for the configuration first.'));
  }
  return folders.length <= 1 ? folders[0]?.uri : (await vscode.window.showWorkspaceFolderPick())?.uri;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
