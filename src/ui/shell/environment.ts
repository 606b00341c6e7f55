// What a shell of ours starts with: the environment and folder of this user and machine, and nothing that a workspace sets.
import { existsSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isWithin } from '../../programs/place';
import { windowsFolder } from '../../programs/systemProgram';

/**
 * Left out: what the editor set for itself, and PSModulePath, which an editor begun from PowerShell 7 hands on with that one's modules.
 * Windows PowerShell makes it from the machine and the user where it is missing (about_PSModulePath).
 */
const leftOut = /^(PSModulePath|NODE_OPTIONS|(VSCODE|ELECTRON)_.*)$/i;

/**
 * `own` for a terminal with `strictEnv`, and null for each name that is to be missing. A remote computer's editor does not
 * know `strictEnv` and puts `configured`, the names in the settings terminal.integrated.env.*, into every terminal: those that `own` has not
 * are taken away again, and of the others its value stands.
 */
export function shellEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  configured: readonly string[],
): Record<string, string | null> {
  const missing = ['PSModulePath', ...configured].map((name) => [name, null] as const);
  const kept = Object.entries(own).map(([name, value]) => [name, leftOut.test(name) ? null : (value ?? null)] as const);
  return Object.fromEntries([...missing, ...kept]);
}

/** The user's own folder; where a workspace holds it, a folder of the system. */
export function shellFolder(workspaces: readonly string[], home = os.homedir()): string {
  const isOutside = existsSync(home) && !workspaces.some((folder) => isWithin(home, folder));
  const windows = windowsFolder();
  return isOutside ? home : windows === undefined ? path.parse(home).root : path.join(windows, 'System32');
}
