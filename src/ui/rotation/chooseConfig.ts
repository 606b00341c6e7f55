// The configuration of a rotation: the one that names the PFX, else the nearest above it, else the user is asked.
import * as vscode from 'vscode';
import { pickOne, words } from '../face/say';
import { folderOf, judgesOf } from '../state/judgingConfig';
import type { ConfigFile, Workspace } from '../workspace';

export { folderOf };

/** The configuration for a rotation begun at `uri` (a PFX or a configuration) or at nothing; undefined when there is none or the user leaves. */
export async function chooseConfig(workspace: Workspace, uri: vscode.Uri | undefined): Promise<ConfigFile | undefined> {
  const { configs } = workspace;
  if (uri === undefined) {
    return workspace.config;
  }
  const same = configs.find((file) => file.uri.toString() === uri.toString());
  const { naming, nearest } = await judgesOf(configs, uri);
  return (
    same ??
    (naming.length === 1 ? naming[0] : undefined) ??
    (naming.length === 0 ? nearest : undefined) ??
    ask(naming.length > 0 ? naming : configs)
  );
}

async function ask(configs: readonly ConfigFile[]): Promise<ConfigFile | undefined> {
  const picked = await pickOne(
    configs.map((file) => ({ label: vscode.workspace.asRelativePath(file.uri), file })),
    { title: words('Rotate Certificate'), placeHolder: words('Which configuration is it for?') },
  );
  return picked?.file;
}
