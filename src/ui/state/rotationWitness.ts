// What this window last read or wrote of each rotation's intent and journal, kept outside the folder: what was written elsewhere is seen.
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { FolderPort } from '../../folder/port';
import { organizationRooms } from '../rooms';

/** Hashes of what a person here has seen: nothing else of the folder says who decided what. */
export interface Witness {
  /** Of the journal's last line. */
  readonly journal: string;
  /** Of rotation.json. */
  readonly intent: string;
  /** A person went on with what was written elsewhere, and no snapshot has come since: nothing begins. */
  readonly owesSnapshot?: boolean;
}

const key = (folder: string): string => `witness:${folder}`;

/** What is under way with each folder. */
const turns = new Map<string, Promise<unknown>>();

/** Reads or writes of one folder's intent and journal, one after another: between two of them they are as the witness says. */
export function inTurn<Result>(folder: string, act: () => Promise<Result>): Promise<Result> {
  const turn = (turns.get(folder) ?? Promise.resolve()).then(act);
  turns.set(
    folder,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Whether intent and journal are as this window left them. */
export function isWitnessed(folder: string, { journal, intent }: Witness, memento: vscode.Memento): boolean {
  const known = memento.get<Witness>(key(folder));
  return known?.journal === journal && known.intent === intent;
}

/** Whether a snapshot must come before anything begins; kept over a reload. */
export function owesSnapshot(folder: string, memento: vscode.Memento): boolean {
  return memento.get<Partial<Witness>>(key(folder))?.owesSnapshot === true;
}

/** From now on what `seen` tells is believed: a person said so, or this window wrote it. */
export async function witness(folder: string, seen: Partial<Witness>, memento: vscode.Memento): Promise<void> {
  await memento.update(key(folder), { ...memento.get<Witness>(key(folder)), ...seen });
}

/** The rotation's folder; its journal goes on only from where this window knows it to end. */
export async function rotationFolder(folder: string, memento: vscode.Memento): Promise<FolderPort> {
  const { headOf, journalPath, nodeFolder, rotationPath, sha256, toText } = await organizationRooms();
  const port = nodeFolder(folder, fs);
  const appendToJournal = async (more: (text: string) => string): Promise<void> => {
    let journal = '';
    await port.append(journalPath, (text) => {
      if (headOf(text) !== (memento.get<Partial<Witness>>(key(folder))?.journal ?? headOf(''))) {
        throw new Error(
          vscode.l10n.t(
            'The journal of this rotation was written elsewhere. Nothing is added until you go on with it.',
          ),
        );
      }
      const added = more(text);
      journal = headOf(text + added);
      return added;
    });
    await witness(folder, { journal }, memento);
  };
  const writeIntent = async <Result>(bytes: Uint8Array, write: () => Promise<Result>): Promise<Result> => {
    const written = await write();
    if (written !== false) {
      await witness(folder, { intent: sha256(toText(bytes)) }, memento);
    }
    return written;
  };
  return {
    ...port,
    append: (path, more) =>
      path === journalPath ? inTurn(folder, () => appendToJournal(more)) : port.append(path, more),
    write: (path, bytes) => {
      const write = (): Promise<void> => port.write(path, bytes);
      return path === rotationPath ? inTurn(folder, () => writeIntent(bytes, write)) : write();
    },
    create: (path, bytes) => {
      const create = (): Promise<boolean> => port.create(path, bytes);
      return path === rotationPath ? inTurn(folder, () => writeIntent(bytes, create)) : create();
    },
  };
}
