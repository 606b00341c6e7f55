// Which configuration judges a file: the one that names it, else the nearest above it.
import * as vscode from 'vscode';
import { pathBelow } from '../../folder/pathCase';
import type { WantedCertificate } from '../../model/wanted';
import { organizationRooms } from '../rooms';
import type { ConfigFile } from '../workspace';

export interface Judges {
  /** Those with an entry whose pattern names the file. */
  readonly naming: readonly ConfigFile[];
  readonly nearest: ConfigFile | undefined;
}

/** Both kinds, for the caller to choose from or to ask about. */
export async function judgesOf(configs: readonly ConfigFile[], uri: vscode.Uri): Promise<Judges> {
  const naming = await Promise.all(configs.map(async (file) => (await entriesNaming(file, uri)).length > 0));
  const above = configs.filter((file) => pathBelow(folderOf(file.uri).path, uri.path, process.platform) !== undefined);
  return {
    naming: configs.filter((_, at) => naming[at]),
    nearest: above.toSorted((one, other) => other.uri.path.length - one.uri.path.length)[0],
  };
}

/** The entries of the configuration whose pattern names the file. */
export async function entriesNaming(
  { uri, parsed }: ConfigFile,
  file: vscode.Uri,
): Promise<readonly WantedCertificate[]> {
  const relative = pathBelow(folderOf(uri).path, file.path, process.platform);
  if (relative === undefined) {
    return [];
  }
  const { matchesGlob } = await organizationRooms();
  return (parsed.wanted?.certificates ?? []).filter(({ pfx }) => pfx !== null && matchesGlob(pfx, relative));
}

export function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}
