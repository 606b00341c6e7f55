// Reads the configurations, what was found, and the open rotation from disk, and writes what the rotation's plan says now.
import * as vscode from 'vscode';
import { collectResults } from './collectResults';
import { openRotation, requireLock, type OpenRotation } from './openRotation';
import { organizationRooms } from './rooms';
import { readSnapshot } from './snapshotStore';
import type { WorkspaceFiles } from './workspace';

export function workspaceFiles(context: vscode.ExtensionContext): WorkspaceFiles {
  return {
    async read({ configs: uris, chosen, rotation: folder, seen, before }) {
      const rooms = await organizationRooms();
      const texts = await Promise.all(uris.map(async (uri) => ({ uri, text: await textOf(uri) })));
      // a large configuration takes longer to parse than the host may be held, and is the same after most readings
      const configs = texts.flatMap(({ uri, text }) =>
        text === undefined
          ? []
          : [
              before.configs.find((one) => one.text === text && one.uri.toString() === uri.toString()) ?? {
                uri,
                text,
                parsed: rooms.parseConfig(text),
              },
            ],
      );
      const config = configs.find(({ uri }) => uri.toString() === chosen?.toString()) ?? configs[0];
      const rotation = folder === undefined ? undefined : await currentRotation(context, folder);
      const snapshot = config === undefined ? undefined : await readSnapshot(context, config.uri);
      const found =
        rotation?.loaded.found ??
        (snapshot === undefined ? undefined : { ...rooms.foundFrom(snapshot), observations: seen });
      const wanted = config?.parsed.wanted;
      const differences = wanted && found ? rooms.compareWithConfig(wanted, found) : [];
      return { configs, config, snapshot, found, differences, rotation };
    },
    async write({ port, rendered }) {
      await requireLock(port);
      const { writeFolder } = await organizationRooms();
      await writeFolder(port, rendered);
    },
  };
}

/** The rotation with every result taken in that came since it was last read. */
async function currentRotation(
  context: vscode.ExtensionContext,
  folder: vscode.Uri,
): Promise<OpenRotation | undefined> {
  const rotation = await openRotation(folder, context.workspaceState);
  const mayWrite = rotation !== undefined && !rotation.isForeign && vscode.workspace.isTrusted;
  return mayWrite && (await collectResults(context, rotation))
    ? openRotation(folder, context.workspaceState)
    : rotation;
}

/** The text as the user sees it: an open document may hold what is not saved yet. undefined where the file went away since it was found. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) {
    return open.getText();
  }
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return undefined;
    }
    throw error;
  }
}
