// Waits for the result file of a run: the file is the proof, not the terminal's exit code or what it printed.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';

export type RunEnd =
  | { readonly end: 'result'; readonly file: string }
  /** The terminal was closed before a result was there: unknown, never success. */
  | { readonly end: 'terminal-closed' }
  | { readonly end: 'given-up' };

export interface RunWait {
  readonly terminal: vscode.Terminal;
  readonly results: string;
  readonly run: string;
  /** Called once when `timeoutMinutes` have passed without a result; true goes on waiting. */
  readonly onLate: () => Thenable<boolean>;
  readonly timeoutMinutes: number;
  readonly signal?: AbortSignal;
}

/** Ctrl+C: the script's `finally` closes its sessions, and what runs in them ends. */
const interrupt = '\u0003';

/** How often the results folder is looked at: watchers are only hints (design section 7), and a look costs a directory listing. */
const lookEvery = 300;

/** Ends when the run's result is there, when its terminal is closed by the user, or when the user no longer waits. */
export function awaitResult(wait: RunWait): Promise<RunEnd> {
  return new Promise((resolve) => {
    const started = Date.now();
    let asked = false;
    const end = (how: RunEnd): void => {
      clearInterval(timer);
      closed.dispose();
      wait.signal?.removeEventListener('abort', stop);
      resolve(how);
    };
    const stop = (): void => {
      wait.terminal.sendText(interrupt, false);
      end({ end: 'given-up' });
    };
    const look = async (): Promise<boolean> => {
      const file = (await fs.readdir(wait.results).catch(() => [])).find((name) => name.endsWith(`.${wait.run}.json`));
      if (file !== undefined) {
        end({ end: 'result', file: path.join(wait.results, file) });
      }
      return file !== undefined;
    };
    wait.signal?.addEventListener('abort', stop);
    const closed = vscode.window.onDidCloseTerminal((terminal) => {
      // a reload also fires this, with reason Shutdown, although the process lives on (editor-host.md 6)
      if (terminal === wait.terminal && terminal.exitStatus?.reason !== vscode.TerminalExitReason.Shutdown) {
        void look().then((there) => (there ? undefined : end({ end: 'terminal-closed' })));
      }
    });
    const timer = setInterval(() => {
      void look().then(async (there) => {
        if (!there && !asked && Date.now() - started > wait.timeoutMinutes * 60_000) {
          asked = true;
          if (!(await wait.onLate())) {
            end({ end: 'given-up' });
          }
        }
      });
    }, lookEvery);
  });
}
