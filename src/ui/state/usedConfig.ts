// The configuration that a command is about to use: chosen where none is, and asked about where it was changed outside this window.
import * as vscode from 'vscode';
import { commands } from '../commands';
import { ask, words, type Said } from '../face/say';
import { organizationRooms } from '../rooms';
import type { ConfigFile, Workspace } from '../workspace';
import { believeConfig, configChange, type ConfigChange } from './configWitness';
import { readConfigOnDisk } from './readConfig';

/** How many differences are listed, besides those of remoting and servers, which all are. */
const mostListed = 12;

/**
 * `file`, or the shown one, as it is on disk and was seen: what is typed and not saved opens no session. null: the person left, or does not believe the change. undefined: there is none.
 */
export async function usedConfig(
  workspace: Pick<Workspace, 'config' | 'configs' | 'context' | 'refresh'>,
  file: ConfigFile | undefined = workspace.config,
): Promise<ConfigFile | null | undefined> {
  if (file === undefined && workspace.configs.length > 0) {
    await vscode.commands.executeCommand(commands.chooseConfiguration);
    return workspace.config === undefined ? null : usedConfig(workspace);
  }
  const saved = file && (await readConfigOnDisk(file.uri));
  if (file === undefined || saved === undefined) {
    return undefined;
  }
  const memento = workspace.context.workspaceState;
  const change = await configChange(file.uri, saved.text, memento);
  if (change === undefined) {
    return { ...saved, uri: file.uri };
  }
  if (!(await believesChange(change, memento))) {
    return null;
  }
  await workspace.refresh();
  // read again: what came to the disk while the person was asked is asked about, too
  return usedConfig(workspace, file);
}

/** Asks whether the changed configuration is used from now on, and keeps the answer. */
export async function believesChange(change: ConfigChange, memento: vscode.Memento): Promise<boolean> {
  const use = change.isNew ? vscode.l10n.t('Use Configuration') : vscode.l10n.t('Use Changed Configuration');
  const open = vscode.l10n.t('Open Configuration');
  const choice = await ask.warning({
    message: change.isNew
      ? words('Use {0}, which this window has not seen before?', vscode.workspace.asRelativePath(change.uri))
      : words('Use {0}, which was changed outside this window?', vscode.workspace.asRelativePath(change.uri)),
    detail: await detailOf(change),
    buttons: [use, open],
  });
  if (choice === open) {
    await vscode.window.showTextDocument(change.uri);
  }
  if (choice === use) {
    await believeConfig(change.uri, change.text, memento);
  }
  return choice === use;
}

async function detailOf({ differences, isNew }: ConfigChange): Promise<Said> {
  if (differences === null) {
    return words('It cannot be read, so what it names is not known.');
  }
  if (differences.length === 0) {
    return words('It names the same servers, hosts and addresses as before; other lines differ.');
  }
  const { listedDifferences } = await organizationRooms();
  const { listed, left } = listedDifferences(differences, mostListed);
  const said = listed.reduce(
    (so, line) => words('{0}\n{1}', so, line),
    isNew
      ? words('Sessions, the PFX file and its password go where it says. It names these servers, hosts and addresses:')
      : words('Sessions, the PFX file and its password go where it says. It names other servers, hosts or addresses:'),
  );
  return left > 0 ? words('{0}\nand {1} more', said, left) : said;
}
