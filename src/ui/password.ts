// Asks for the password of one file, masked and naming the file; one box at a time, so that two files do not disturb each other.
import * as vscode from 'vscode';

let line: Promise<unknown> = Promise.resolve();

/** The password as UTF-8 bytes, nothing trimmed, or undefined when the box was closed. The caller's bytes are wiped by whoever uses them. */
export function askPassword(fileName: string, prompt: string, signal?: AbortSignal): Promise<Uint8Array | undefined> {
  const asked = line.then(() => (signal?.aborted === true ? undefined : box(fileName, prompt, signal)));
  line = asked.catch(() => undefined);
  return asked;
}

async function box(fileName: string, prompt: string, signal: AbortSignal | undefined): Promise<Uint8Array | undefined> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal?.addEventListener('abort', cancel);
  try {
    const text = await vscode.window.showInputBox(
      { password: true, ignoreFocusOut: true, title: vscode.l10n.t('Password of {0}', fileName), prompt },
      source.token,
    );
    return text === undefined ? undefined : new TextEncoder().encode(text);
  } finally {
    signal?.removeEventListener('abort', cancel);
    source.dispose();
  }
}
