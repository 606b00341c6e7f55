// *Create configuration* and *Refresh*: the way into a workspace that has nothing yet.
import * as vscode from 'vscode';
import type { Handlers } from '../handlers';
import { organizationRooms } from '../rooms';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';

const fileName = 'exchange-certificates.yaml';
/** Keys must never be committed: the user's own PFX may lie in the workspace (design section 7). */
const ignored = ['*.pfx', '*.p12'];

export function configurationCommands(workspace: Workspace): Handlers<'createConfiguration' | 'refresh'> {
  return {
    createConfiguration: async () => {
      if (requireTrust()) {
        await createConfiguration(workspace);
      }
    },
    refresh: async () => {
      await workspace.refresh();
      if (workspace.config?.wanted === null) {
        await vscode.window.showTextDocument(workspace.config.uri);
      }
    },
  };
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
    void vscode.window.showWarningMessage(vscode.l10n.t('Open the folder that shall hold the configuration first.'));
  }
  return folders.length <= 1 ? folders[0]?.uri : (await vscode.window.showWorkspaceFolderPick())?.uri;
}

async function ignoreKeys(uri: vscode.Uri): Promise<void> {
  const text = (await exists(uri)) ? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) : '';
  const lines = text.split(/\r?\n/);
  const missing = ignored.filter((pattern) => !lines.includes(pattern));
  if (missing.length > 0) {
    const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${before}${missing.join('\n')}\n`));
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
