// Which configuration judges a PFX: the one that names it, else the nearest above it, else the user is asked.
import * as vscode from 'vscode';
import { organizationRooms } from '../rooms';
import type { ConfigFile, Workspace } from '../workspace';

/** The configuration for a rotation begun at `uri` (a PFX or a configuration) or at nothing; undefined when there is none or the user leaves. */
export async function chooseConfig(workspace: Workspace, uri: vscode.Uri | undefined): Promise<ConfigFile | undefined> {
  const { configs } = workspace;
  if (uri === undefined || configs.length < 2) {
    return workspace.config ?? configs[0];
  }
  const same = configs.find((file) => file.uri.toString() === uri.toString());
  const naming = await filter(configs, (file) => names(file, uri));
  const above = configs.filter((file) => uri.path.startsWith(folderOf(file.uri).path + '/'));
  const nearest = above.toSorted((one, other) => other.uri.path.length - one.uri.path.length)[0];
  return (
    same ??
    (naming.length === 1 ? naming[0] : undefined) ??
    (naming.length === 0 ? nearest : undefined) ??
    ask(naming.length > 0 ? naming : configs)
  );
}

/** Whether an entry of the configuration names the file by its pattern. */
async function names({ uri, parsed }: ConfigFile, file: vscode.Uri): Promise<boolean> {
  const folder = `${folderOf(uri).path}/`;
  if (!file.path.startsWith(folder)) {
    return false;
  }
  const { matchesGlob } = await organizationRooms();
  const relative = file.path.slice(folder.length);
  return (parsed.wanted?.certificates ?? []).some(({ pfx }) => pfx !== null && matchesGlob(pfx, relative));
}

export function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}

async function ask(configs: readonly ConfigFile[]): Promise<ConfigFile | undefined> {
  const picked = await vscode.window.showQuickPick(
    configs.map((file) => ({ label: vscode.workspace.asRelativePath(file.uri), file })),
    { title: vscode.l10n.t('Rotate Certificate'), placeHolder: vscode.l10n.t('Which configuration is it for?') },
  );
  return picked?.file;
}

async function filter<Value>(values: readonly Value[], test: (value: Value) => Promise<boolean>): Promise<Value[]> {
  const kept = await Promise.all(values.map(test));
  return values.filter((_, index) => kept[index]);
}
