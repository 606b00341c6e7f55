// *Open session*: a terminal of its own with the remote session made, for work by hand on a server or the organization.
import * as vscode from 'vscode';
import type { Wanted, WantedServer } from '../../model/wanted';
import { pickOne, say, words } from '../face/say';
import type { Handlers } from '../handlers';
import { showFailure } from '../output';
import { organizationRooms } from '../rooms';
import { makeOwnRunFolder } from '../shell/ownScript';
import { usedConfig } from '../state/usedConfig';
import { textField } from '../subject';
import { findTerminal, terminalFor } from '../shell/terminals';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';

/** A server, or null for the organization. */
interface Choice extends vscode.QuickPickItem {
  readonly server: WantedServer | null;
}

export function sessionCommand(workspace: Workspace): Handlers<'openSession'> {
  return {
    openSession: async (argument) => {
      if (!requireTrust()) {
        return;
      }
      await workspace.refresh();
      const config = await usedConfig(workspace);
      if (config === null) {
        return;
      }
      const wanted = config?.parsed.wanted;
      if (!wanted) {
        void say.warning(words('A session needs a configuration that can be read: it names the servers.'));
        return;
      }
      const server = await chooseServer(wanted, textField(argument, 'server'));
      if (server !== undefined) {
        await openSession(workspace, wanted, server);
      }
    },
  };
}

/** null is the organization; undefined where nothing is to be opened. */
async function chooseServer(wanted: Wanted, name: string | undefined): Promise<WantedServer | null | undefined> {
  if (name === undefined) {
    const choices: Choice[] = [
      {
        label: wanted.organization,
        description: vscode.l10n.t('Exchange commands for the whole organization'),
        server: null,
      },
      ...wanted.servers.map((server) => ({ label: server.name, description: server.fqdn, server })),
    ];
    const chosen = await pickOne(choices, {
      title: words('Open Session'),
      placeHolder: words('On the organization, or on one server'),
    });
    return chosen?.server;
  }
  const server = wanted.servers.find((one) => one.name.toUpperCase() === name.toUpperCase());
  if (server === undefined) {
    void say.warning(words('The configuration does not name the server {0}: its full name is not known.', name));
  }
  return server;
}

async function openSession(workspace: Workspace, wanted: Wanted, server: WantedServer | null): Promise<void> {
  const name = words('Exchange session: {0}', server?.name ?? wanted.organization).text;
  const memento = workspace.context.workspaceState;
  const open = await findTerminal(name, memento);
  if (open !== undefined) {
    // nothing is typed: what stands at its prompt, and on which computer, is the person's
    open.show(false);
    say.briefly(words('This session is open already. Close its terminal to begin another.'), 6000);
    return;
  }
  const terminal = await terminalFor(name, memento);
  if (terminal === undefined) {
    return;
  }
  const rooms = await organizationRooms();
  // a server's name is letters, digits and dashes: the configuration is not read with any other
  const script =
    server === null
      ? { name: 'open-organization', text: rooms.renderOpenOrganization(wanted) }
      : { name: `open-server-${server.name}`, text: rooms.renderOpenServer(server) };
  const folder = await makeOwnRunFolder(workspace.context, rooms.newRun(), await terminal.processId, script);
  if ('refused' in folder) {
    showFailure(folder.refused);
    return;
  }
  terminal.show(false);
  terminal.sendText(
    server === null ? rooms.openOrganizationLine(folder.script) : rooms.openServerLine(folder.script),
    true,
  );
}
