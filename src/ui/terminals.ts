// One terminal for each rotation, found again after a reload by its process id.
import * as vscode from 'vscode';
import { shell } from './shell';

const key = (name: string): string => `terminal:${name}`;

/** The terminal of that name: the one that is open, else the one its process id finds, else a new one; undefined when no shell can be started. */
export async function terminalFor(name: string, memento: vscode.Memento): Promise<vscode.Terminal | undefined> {
  const known = await findTerminal(name, memento);
  if (known !== undefined) {
    return known;
  }
  const program = shell();
  if ('problem' in program) {
    void vscode.window.showErrorMessage(program.problem);
    return undefined;
  }
  const terminal = vscode.window.createTerminal({
    name,
    shellPath: program.path,
    shellArgs: [...program.args],
    iconPath: new vscode.ThemeIcon('terminal-powershell'),
    isTransient: false,
  });
  await memento.update(key(name), await terminal.processId);
  return terminal;
}

/** After a reload a terminal comes back with an empty name and no creation options: only its process id tells (editor-host.md 6). */
export async function findTerminal(name: string, memento: vscode.Memento): Promise<vscode.Terminal | undefined> {
  const pid = memento.get<number>(key(name));
  for (const terminal of vscode.window.terminals) {
    if (terminal.exitStatus === undefined && pid !== undefined && (await terminal.processId) === pid) {
      return terminal;
    }
  }
  return undefined;
}
