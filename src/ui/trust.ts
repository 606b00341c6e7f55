// Workspace trust, honoured in the code of each command and not only in its menu.
import * as vscode from 'vscode';
import { say, words } from './face/say';

/** True in a trusted workspace; else says why nothing happens and offers the way out. A hidden menu item can still be called. */
export function requireTrust(): boolean {
  if (vscode.workspace.isTrusted) {
    return true;
  }
  const manage = vscode.l10n.t('Manage Workspace Trust');
  void say
    .warning(
      words('Nothing is written, run or probed until this workspace is trusted: its files decide what runs.'),
      manage,
    )
    .then((choice) => (choice === manage ? vscode.commands.executeCommand('workbench.trust.manage') : undefined));
  return false;
}
