// Which shell a terminal starts: the setting, else Windows PowerShell 5.1 by its full path.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { isWithin } from '../../programs/place';
import { windowsFolder } from '../../programs/systemProgram';
import { type Said, words } from '../face/say';
import { localFolders } from './localFolders';

export interface Shell {
  readonly path: string;
  readonly args: readonly string[];
}

export interface NoShell {
  readonly problem: Said;
}

interface ShellSetting {
  readonly path?: unknown;
  readonly args?: unknown;
}

/**
 * The shell to start, or what is missing. The setting's scope is the machine, so that no workspace names a program; the path is a full one
 * outside of the workspace all the same.
 */
export function shell(): Shell | NoShell {
  const setting = vscode.workspace.getConfiguration('exchangeCertificates').get<ShellSetting | null>('shell', null);
  if (setting !== null) {
    const args: unknown[] = Array.isArray(setting.args) ? setting.args : [];
    return typeof setting.path === 'string' && isUsable(setting.path)
      ? { path: setting.path, args: args.filter((argument) => typeof argument === 'string') }
      : {
          problem: words(
            'The setting exchangeCertificates.shell must give the full path of powershell.exe, outside of the workspace. Without the setting, Windows PowerShell 5.1 is used.',
          ),
        };
  }
  const windows = windowsFolder();
  return windows === undefined
    ? {
        problem: words(
          'The scripts run in Windows PowerShell 5.1, which this machine does not have. Open the workspace on a Windows machine.',
        ),
      }
    : {
        // By full path, so that no program of that name in the workspace or on the PATH is started.
        path: path.join(windows, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
        args: ['-NoProfile', '-ExecutionPolicy', 'RemoteSigned'],
      };
}

function isUsable(program: string): boolean {
  return path.isAbsolute(program) && !localFolders().some((folder) => isWithin(program, folder));
}
