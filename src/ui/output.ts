// The extension's log: what was done and why something failed, never a password, a key or a file's content.
import * as vscode from 'vscode';

let channel: vscode.LogOutputChannel | undefined;

export function log(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel('Exchange Certificates', { log: true });
  return channel;
}

/** Shows a failure once, with the way to the log; `what` is the sentence, `error` goes to the log alone. */
export function showFailure(what: string, error?: unknown): void {
  if (error !== undefined) {
    log().error(what, error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error));
  } else {
    log().error(what);
  }
  const open = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(what, open).then((choice) => {
    if (choice === open) {
      log().show();
    }
  });
}
