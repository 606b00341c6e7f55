// Copying to the clipboard, told in the status bar: no message box for something that went well.
import * as vscode from 'vscode';
import { say, words } from './say';

export async function copyText(what: string, text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  say.briefly(words('{0} copied', what), 4000);
}
