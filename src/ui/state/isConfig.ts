// Which files are configurations.
import type * as vscode from 'vscode';

/** Whether `uri` is a configuration by its name. */
export function isConfig(uri: vscode.Uri): boolean {
  return /\/exchange-certificates\.ya?ml$/i.test(uri.path);
}
