// Which shell a terminal starts: the setting, else Windows PowerShell 5.1 by its full path.
import * as path from 'node:path';
import * as vscode from 'vscode';

export interface Shell {
  readonly path: string;
  readonly args: readonly string[];
}

export interface NoShell {
  readonly problem: string;
}

interface ShellSetting {
  readonly path?: unknown;
  readonly args?: unknown;
}

/** The shell to start, or what is missing; the setting is restricted, so an untrusted workspace cannot name a program. */
export function shell(): Shell | NoShell {
  const setting = vscode.workspace.getConfiguration('exchangeCertificates').get<ShellSetting | null>('shell', null);
  if (setting !== null) {
    const args: unknown[] = Array.isArray(setting.args) ? setting.args : [];
    return typeof setting.path === 'string' && setting.path !== ''
      ? { path: setting.path, args: args.filter((argument) => typeof argument === 'string') }
      : { problem: vscode.l10n.t('The setting exchangeCertificates.shell names no path.') };
  }
  const windows = process.env['SystemRoot'];
  return windows === undefined
    ? {
        problem: vscode.l10n.t(
          'Rotations run in Windows PowerShell 5.1, which this machine does not have. Open the workspace on a Windows machine, or name a shell in the setting exchangeCertificates.shell.',
        ),
      }
    : {
        // By full path, so that no program of that name in the workspace or on the PATH is started (design section 5).
        path: path.join(windows, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
        args: ['-NoProfile', '-ExecutionPolicy', 'RemoteSigned'],
      };
}
