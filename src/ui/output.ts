// The extension's log: what was done and why something failed, never a password, a key or a file's content.
import * as vscode from 'vscode';
import { plain, say, type Said } from './face/say';

let channel: vscode.LogOutputChannel | undefined;

export function log(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel('Exchange Certificates', { log: true });
  return channel;
}

/** Shows a failure once, with the way to the log; `what` is the sentence, `error` goes to the log alone. */
export function showFailure(what: Said, error?: unknown): void {
  if (error !== undefined) {
    log().error(
      plain(what.text),
      plain(error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)),
    );
  } else {
    log().error(plain(what.text));
  }
  const open = vscode.l10n.t('Show Log');
  void say.error(what, open).then((choice) => {
    if (choice === open) {
      log().show();
    }
  });
}
