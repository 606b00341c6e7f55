// What this window last read or wrote of each rotation's journal, kept outside the folder: a journal written elsewhere is seen.
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { FolderPort } from '../folder/port';
import { organizationRooms } from './rooms';

const key = (folder: string): string => `journal:${folder}`;

/** Whether the journal ends where this window last left it; an empty one does for whoever never saw it. */
export async function isOwnJournal(folder: string, head: string, memento: vscode.Memento): Promise<boolean> {
  const { headOf } = await organizationRooms();
  return head === memento.get(key(folder), headOf(''));
}

/** From now on the journal is believed as it ends with `head`: a person said so, or this window wrote it. */
export async function believeJournal(folder: string, head: string, memento: vscode.Memento): Promise<void> {
  await memento.update(key(folder), head);
}

/** The rotation's folder; its journal goes on only from where this window knows it to end. */
export async function rotationFolder(folder: string, memento: vscode.Memento): Promise<FolderPort> {
  const { headOf, journalPath, nodeFolder, readText } = await organizationRooms();
  const port = nodeFolder(folder, fs);
  const head = async (): Promise<string> => headOf((await readText(port, journalPath)) ?? '');
  return {
    ...port,
    append: async (path, bytes) => {
      if (path === journalPath && !(await isOwnJournal(folder, await head(), memento))) {
        throw new Error(
          vscode.l10n.t(
            'The journal of this rotation was written elsewhere. Nothing is added until you go on with it.',
          ),
        );
      }
      await port.append(path, bytes);
      if (path === journalPath) {
        await believeJournal(folder, await head(), memento);
      }
    },
  };
}
