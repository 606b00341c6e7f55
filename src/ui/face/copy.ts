// Copying to the clipboard, told in the status bar: no message box for something that went well.
import * as vscode from 'vscode';

export async function copyText(what: string, text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('{0} copied', what), 4000);
}
