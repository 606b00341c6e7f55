// One terminal for each rotation, found again after a reload by its process id.
import * as vscode from 'vscode';
import { say } from '../face/say';
import { configuredNames } from './configuredNames';
import { shellEnvironment, shellFolder } from './environment';
import { isAlive } from './isAlive';
import { localFolders } from './localFolders';
import { shell } from './shell';
import { shellProblem } from './shellCheck';

const key = (name: string): string => `terminal:${name}`;

/** Those that are being made, by name: two commands at once get the same one. */
const making = new Map<string, Promise<vscode.Terminal | undefined>>();

/** The terminal of that name: the one that is open, else the one its process id finds, else a new one; undefined when no shell can be started. */
export async function terminalFor(name: string, memento: vscode.Memento): Promise<vscode.Terminal | undefined> {
  const known = await findTerminal(name, memento);
  if (known !== undefined) {
    return known;
  }
  const made = making.get(name) ?? makeTerminal(name, memento).finally(() => making.delete(name));
  making.set(name, made);
  return made;
}

/** A shell of the machine's own, asked what it is before anything else is typed into it. */
async function makeTerminal(name: string, memento: vscode.Memento): Promise<vscode.Terminal | undefined> {
  const program = shell();
  if ('problem' in program) {
    void say.error(program.problem);
    return undefined;
  }
  const terminal = vscode.window.createTerminal({
    name,
    shellPath: program.path,
    shellArgs: [...program.args],
    iconPath: new vscode.ThemeIcon('terminal-powershell'),
    isTransient: false,
    // exactly this: the workspace's terminal.integrated.env and cwd do not count
    strictEnv: true,
    env: shellEnvironment(process.env, configuredNames()),
    cwd: shellFolder(localFolders()),
  });
  const problem = await shellProblem(terminal, program.path);
  if (problem !== undefined) {
    void say.error(problem);
    return undefined;
  }
  await memento.update(key(name), await terminal.processId);
  return terminal;
}

/** A reloaded window gets its terminals back one by one; a process that runs is waited for this long, in milliseconds. */
const comeBack = 10_000;

/** After a reload a terminal comes back with an empty name and no creation options: only its process id tells (docs/facts-editor.md#reload). */
export async function findTerminal(name: string, memento: vscode.Memento): Promise<vscode.Terminal | undefined> {
  const pid = memento.get<number>(key(name));
  if (pid === undefined) {
    return undefined;
  }
  const there = await terminalOf(pid);
  if (there !== undefined || !isAlive(pid)) {
    return there;
  }
  return new Promise((resolve) => {
    const end = (terminal: vscode.Terminal | undefined): void => {
      clearTimeout(timer);
      opened.dispose();
      resolve(terminal);
    };
    const opened = vscode.window.onDidOpenTerminal(() => {
      void terminalOf(pid).then((terminal) => (terminal === undefined ? undefined : end(terminal)));
    });
    const timer = setTimeout(() => end(undefined), comeBack);
  });
}

async function terminalOf(pid: number): Promise<vscode.Terminal | undefined> {
  for (const terminal of vscode.window.terminals) {
    if (terminal.exitStatus === undefined && (await terminal.processId) === pid) {
      return terminal;
    }
  }
  return undefined;
}
