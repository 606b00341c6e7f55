// What runs is what the plan renders: copies for the run are made of texts that were compared, whoever can write to the disk.
import { isSigned, scriptHash } from '../powershell/scriptHash';
import { type FolderPort, readText } from './port';
import { sessionPath } from './renderFolder';

export type ScriptsToRun =
  /** By path within the rotation's folder, and so within a run's. */
  | { readonly texts: ReadonlyMap<string, string> }
  /** The first of session.ps1 and the script that is missing, or differs by more than a signature block. */
  | { readonly differing: string };

/**
 * The texts of session.ps1 and `script` that are to run: the renderings, or where somebody signed a file since, its text with the
 * signature block. Each file is read once, and what was compared is what is answered: a file that is replaced afterwards is not run.
 */
export async function scriptsToRun(
  port: FolderPort,
  rendered: ReadonlyMap<string, string>,
  script: string,
): Promise<ScriptsToRun> {
  const texts = new Map<string, string>();
  for (const path of [sessionPath, script]) {
    const wanted = rendered.get(path);
    const there = await readText(port, path);
    if (wanted === undefined || there === undefined || scriptHash(there) !== scriptHash(wanted)) {
      return { differing: path };
    }
    texts.set(path, isSigned(there) ? there : wanted);
  }
  return { texts };
}
