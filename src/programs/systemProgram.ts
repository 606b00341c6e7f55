// Starts programs of Windows, by their full path and away from every workspace; the only file that starts a process.
import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { outside } from './place';

export type SystemProgram = 'whoami.exe' | 'icacls.exe';

/**
 * The folder of Windows as `environment` tells it, `C:\Windows`; undefined on another system. A value that is no folder at the
 * root of a local disk is not believed.
 */
export function windowsFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const told = environment['SystemRoot'];
  return told !== undefined && /^[a-z]:\\[^\\/:*?"<>|]+$/i.test(told) ? told : undefined;
}

/**
 * What the program printed. Its working folder is System32, and its environment names Windows alone: nothing that a workspace sets
 * reaches it.
 *
 * @throws where this is not Windows, where Windows lies in one of `workspaces`, or where the program fails
 */
export async function runSystemProgram(
  name: SystemProgram,
  given: readonly string[],
  workspaces: readonly string[],
): Promise<string> {
  const windows = windowsFolder();
  if (windows === undefined) {
    throw new Error(`${name} is a program of Windows, whose folder SystemRoot does not name.`);
  }
  const system = path.join(windows, 'System32');
  const options = { cwd: system, env: { SystemRoot: windows, windir: windows }, timeout: 60_000, windowsHide: true };
  return new Promise((resolve, reject) => {
    execFile(outside(path.join(system, name), workspaces), [...given], options, (error, printed, complaint) =>
      error === null ? resolve(printed) : reject(new Error(`${name} failed: ${complaint || error.message}`)),
    );
  });
}
