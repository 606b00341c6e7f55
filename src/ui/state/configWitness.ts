// What this window last saw of each configuration, kept outside the workspace: a change that came by the disk alone is asked about before it is used.
import type * as vscode from 'vscode';
import { organizationRooms } from '../rooms';

/** A configuration that is on disk otherwise than this window last saw it. */
export interface ConfigChange {
  readonly uri: vscode.Uri;
  /** What it names otherwise, a line each; [] where only other lines differ, null where it can't be read. */
  readonly differences: readonly string[] | null;
  /** This window never saw it: a rotation of another brought it. */
  readonly isNew: boolean;
  /** Its text, which is believed where a person says so. */
  readonly text: string;
}

interface Seen {
  readonly sha256: string;
  readonly places: readonly string[];
}

const key = (uri: vscode.Uri): string => `seen:${uri.toString()}`;

/** Of each window's memory, those whose change nobody has been asked about yet: to save one of them here is no answer to that. */
const unasked = new WeakMap<vscode.Memento, Set<string>>();

function unaskedOf(memento: vscode.Memento): Set<string> {
  const known = unasked.get(memento) ?? new Set();
  unasked.set(memento, known);
  return known;
}

/** Of each window's memory, the hash of what is being saved here: the disk may be read before the editor says that it was saved. */
const saving = new WeakMap<vscode.Memento, Map<string, string>>();

function savingOf(memento: vscode.Memento): Map<string, string> {
  const known = saving.get(memento) ?? new Map<string, string>();
  saving.set(memento, known);
  return known;
}

/** Whether this window saw it before, as it is or otherwise. */
export function wasSeen(uri: vscode.Uri, memento: vscode.Memento): boolean {
  return memento.get<Seen>(key(uri)) !== undefined;
}

/**
 * How `text`, as it is on disk, differs from what this window saw. What it sees for the first time is seen from now on, except
 * where another brought it, `isForeign`: that is asked about until a person says that it is used.
 */
export async function configChange(
  uri: vscode.Uri,
  text: string,
  memento: vscode.Memento,
  isForeign = false,
): Promise<ConfigChange | undefined> {
  const { namedPlaces, parseInThread, placeDifferences, sha256 } = await organizationRooms();
  const seen = memento.get<Seen>(key(uri));
  if (seen === undefined && !isForeign && !unaskedOf(memento).has(key(uri))) {
    await believeConfig(uri, text, memento);
    return undefined;
  }
  if (seen?.sha256 === sha256(text)) {
    unaskedOf(memento).delete(key(uri));
    return undefined;
  }
  if (savingOf(memento).get(key(uri)) === sha256(text)) {
    await believeConfig(uri, text, memento);
    return undefined;
  }
  unaskedOf(memento).add(key(uri));
  // of the very text that is believed where a person says so
  const { wanted } = await parseInThread(text);
  const differences = wanted && placeDifferences(seen?.places ?? [], namedPlaces(wanted));
  return { uri, text, differences, isNew: seen === undefined };
}

/** From now on `text` is what this window saw: a person said so, or wrote it here. */
export async function believeConfig(uri: vscode.Uri, text: string, memento: vscode.Memento): Promise<void> {
  const { namedPlaces, parseInThread, sha256 } = await organizationRooms();
  const { wanted } = await parseInThread(text);
  unaskedOf(memento).delete(key(uri));
  const seen: Seen = { sha256: sha256(text), places: wanted === null ? [] : namedPlaces(wanted) };
  await memento.update(key(uri), seen);
}

/** What a person is about to save here will be seen, on the terms of `configSaved`. */
export async function configSaving(document: vscode.TextDocument, memento: vscode.Memento): Promise<void> {
  const { sha256 } = await organizationRooms();
  if (document.isDirty && !unaskedOf(memento).has(key(document.uri))) {
    savingOf(memento).set(key(document.uri), sha256(document.getText()));
  }
}

/** What a person saves here is seen, unless it was saved over a change that nobody has been asked about. */
export async function configSaved(document: vscode.TextDocument, memento: vscode.Memento): Promise<void> {
  savingOf(memento).delete(key(document.uri));
  if (!unaskedOf(memento).has(key(document.uri))) {
    await believeConfig(document.uri, document.getText(), memento);
  }
}
