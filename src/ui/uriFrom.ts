// The file that a command is about.
import * as vscode from 'vscode';
import { subjectOf } from './subject';

/** The URI a menu handed over: a Uri itself, a webview's merged context, or the active editor's file; none for a tree's node. */
export function uriFrom(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) {
    return argument;
  }
  if (typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string') {
    return vscode.Uri.parse(argument.uri, true);
  }
  if (subjectOf(argument) !== undefined) {
    return undefined;
  }
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}
