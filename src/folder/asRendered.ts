// Whether the scripts on disk are what the plan renders: a pull request cannot plant one.
import { scriptHash } from '../powershell/scriptHash';
import { type FolderPort, readText } from './port';
import { sessionPath } from './renderFolder';

/** The first of session.ps1 and `script` that is missing or differs, but for a signature block; undefined where both are as rendered. */
export async function differingScript(
  port: FolderPort,
  rendered: ReadonlyMap<string, string>,
  script: string,
): Promise<string | undefined> {
  for (const path of [sessionPath, script]) {
    const wanted = rendered.get(path);
    const there = await readText(port, path);
    if (wanted === undefined || there === undefined || scriptHash(there) !== scriptHash(wanted)) return path;
  }
  return undefined;
}
