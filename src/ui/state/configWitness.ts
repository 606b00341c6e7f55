// What this window last saw of each configuration, kept outside the workspace: a change that came by the disk alone is asked about before it is used.
import type * as vscode from 'vscode';
import { organizationRooms } from '../rooms';

/** A configuration that is on disk otherwise than this window last saw it. */
export interface ConfigChange {
  readonly uri: vscode.Uri;
  /** What it names otherwise, a line each; [] where only other lines differ, null where it can't be read. */
  readonly differences: readonly string[] | null;
  /** Its text, which is believed where a person says so. */
  readonly text: string;
}

interface Seen {
  readonly sha256: string;
  readonly places: readonly string[];
}

const key = (uri: vscode.Uri): string => `seen:${uri.toString()}`;

/** Those whose change nobody has been asked about yet: to save one of them here is no answer to that. */
const unasked = new Set<string>();

/** How `text`, as it is on disk, differs from what this window saw; what it sees for the first time is seen from now on. */
export async function configChange(
  uri: vscode.Uri,
  text: string,
  memento: vscode.Memento,
): Promise<ConfigChange | undefined> {
  const { namedPlaces, parseInThread, placeDifferences, sha256 } = await organizationRooms();
  const seen = memento.get<Seen>(key(uri));
  if (seen === undefined) {
    await believeConfig(uri, text, memento);
    return undefined;
  }
  if (seen.sha256 === sha256(text)) {
    unasked.delete(key(uri));
    return undefined;
  }
  unasked.add(key(uri));
  // of the very text that is believed where a person says so
  const { wanted } = await parseInThread(text);
  return { uri, text, differences: wanted && placeDifferences(seen.places, namedPlaces(wanted)) };
}

/** From now on `text` is what this window saw: a person said so, or wrote it here. */
export async function believeConfig(uri: vscode.Uri, text: string, memento: vscode.Memento): Promise<void> {
  const { namedPlaces, parseInThread, sha256 } = await organizationRooms();
  const { wanted } = await parseInThread(text);
  unasked.delete(key(uri));
  const seen: Seen = { sha256: sha256(text), places: wanted === null ? [] : namedPlaces(wanted) };
  await memento.update(key(uri), seen);
}

/** What a person saves here is seen, unless it was saved over a change that nobody has been asked about. */
export async function configSaved(document: vscode.TextDocument, memento: vscode.Memento): Promise<void> {
  if (!unasked.has(key(document.uri))) {
    await believeConfig(document.uri, document.getText(), memento);
  }
}
