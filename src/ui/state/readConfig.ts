// A configuration's text and what it says: whatever lies there is a problem at its place, and nothing is thrown.
import * as vscode from 'vscode';
import type { ParsedConfig } from '../../config/parseConfig';
import { organizationRooms } from '../rooms';
import { fileText } from './fileText';

export interface ReadConfig {
  /** '' where the file could not be read. */
  readonly text: string;
  readonly parsed: ParsedConfig;
}

/**
 * As the user sees it: an open document may hold what is not saved yet, which is the person's own and for views only; one with
 * nothing unsaved may still show what the disk held before. undefined where there is no such file; `before` is
 * taken again where its text is the same. Never rejects.
 */
export function readConfig(uri: vscode.Uri, before?: ReadConfig): Promise<ReadConfig | undefined> {
  const open = vscode.workspace.textDocuments.find(
    ({ isDirty, uri: of }) => isDirty && of.toString() === uri.toString(),
  );
  return read(() => (open === undefined ? fileText(uri) : Promise.resolve(open.getText())), before);
}

/** As it is on disk, for whatever opens a session or plans; else as `readConfig`. */
export function readConfigOnDisk(uri: vscode.Uri): Promise<ReadConfig | undefined> {
  return read(() => fileText(uri));
}

async function read(textOf: () => Promise<string | undefined>, before?: ReadConfig): Promise<ReadConfig | undefined> {
  const { notParsed, parseInThread } = await organizationRooms();
  try {
    const text = await textOf();
    if (text === undefined) {
      return undefined;
    }
    // a large one takes longer to parse than others may wait, and is the same after most readings
    return before?.text === text ? before : { text, parsed: await parseInThread(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { text: '', parsed: notParsed('unreadable', { why }) };
  }
}
