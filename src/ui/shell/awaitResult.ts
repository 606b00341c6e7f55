// Waits for the result file of a run: the file is the proof, not the terminal's exit code or what it printed.
import * as vscode from 'vscode';
import { interrupt, resultFile } from './freeTerminal';

export type RunEnd =
  | { readonly end: 'result'; readonly file: string }
  /** The terminal was closed before a result was there: unknown, never success. */
  | { readonly end: 'terminal-closed' }
  /** The script was stopped as by Ctrl+C. */
  | { readonly end: 'interrupted' }
  /** The user waits no longer; the script may still run. */
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

/** How often the results folder is looked at: watchers are only hints (docs/facts-editor.md#watchers), and a look costs a directory listing. */
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
      end({ end: 'interrupted' });
    };
    const look = async (): Promise<boolean> => {
      const file = await resultFile(wait.results, wait.run);
      if (file !== undefined) {
        end({ end: 'result', file });
      }
      return file !== undefined;
    };
    wait.signal?.addEventListener('abort', stop);
    const closed = vscode.window.onDidCloseTerminal((terminal) => {
      // a reload also fires this, with reason Shutdown, although the process lives on (docs/facts-editor.md#reload)
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
