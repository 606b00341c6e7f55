// *Check Terminal*: shows under which policies the scripts would run, and says what to do where they would not.
import type * as vscode from 'vscode';
import { say, together, words, type Said } from '../face/say';
import type { Handlers } from '../handlers';
import { organizationRooms } from '../rooms';
import { freeTerminal } from '../shell/freeTerminal';
import { runFolderRoot } from '../shell/runFolders';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';
import { snapshotTerminal } from './readingScript';

export function terminalCheckCommand({ context }: Workspace): Handlers<'checkTerminal'> {
  return {
    checkTerminal: async () => {
      if (requireTrust()) {
        await checkTerminal(context);
      }
    },
  };
}

async function checkTerminal(context: vscode.ExtensionContext): Promise<void> {
  const terminal = await freeTerminal(snapshotTerminal(), context.workspaceState);
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
      ...onNetwork(runFolderRoot(context)),
    ),
  );
}

/** Windows gives files of a network path the zone of its server: RemoteSigned may take them for downloaded ones. */
function onNetwork(folder: string): readonly Said[] {
  return /^[\\/]{2}/.test(folder)
    ? [
        words(
          'Scripts run in {0}, which is a network path: RemoteSigned may refuse unsigned scripts there. Name a folder on a local disk in the setting exchangeCertificates.runFolder.',
          folder,
        ),
      ]
    : [];
}
