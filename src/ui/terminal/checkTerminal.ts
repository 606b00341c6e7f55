// *Check Terminal*: shows under which policies the scripts would run, and says what to do where they would not.
import * as vscode from 'vscode';
import { say, together, words, type Said } from '../face/say';
import type { Handlers } from '../handlers';
import { organizationRooms } from '../rooms';
import { freeTerminal } from '../shell/freeTerminal';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';
import { snapshotTerminal } from './readingScript';

export function terminalCheckCommand({ context }: Workspace): Handlers<'checkTerminal'> {
  return {
    checkTerminal: async () => {
      if (requireTrust()) {
        await checkTerminal(context.workspaceState);
      }
    },
  };
}

async function checkTerminal(memento: vscode.Memento): Promise<void> {
  const terminal = await freeTerminal(snapshotTerminal(), memento);
  if (terminal === undefined) {
    return;
  }
  const { preflightLine } = await organizationRooms();
  terminal.show(false);
  terminal.sendText(preflightLine(), true);
  void say.information(
    together(
      words(
        'The first policy of the list that is not Undefined holds. AllSigned from MachinePolicy or UserPolicy refuses these scripts until they are signed, and Import-PSSession then needs a certificate to sign with; Restricted refuses all. Both are changed only by whoever sets the policy.',
      ),
      words('The language mode must be FullLanguage.'),
      ...onNetwork(),
    ),
  );
}

/** Windows gives files of a network path the zone of its server: RemoteSigned may take them for downloaded ones. */
function onNetwork(): readonly Said[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.authority !== '');
  return folders.map(({ uri }) =>
    words(
      '{0} is a network path: RemoteSigned may refuse unsigned scripts there. Keep the workspace on a local disk.',
      uri.fsPath,
    ),
  );
}
