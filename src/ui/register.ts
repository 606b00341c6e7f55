// Registers a command so that an unexpected error is told in plain words and kept in the log.
import * as vscode from 'vscode';
import { showFailure } from './output';

/** `run` gets what VS Code hands a command: a tree node, a URI, a webview context, or nothing from the palette. */
export function register(command: string, run: (argument: unknown, selection: unknown) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(command, async (argument: unknown, selection: unknown) => {
    try {
      return await run(argument, selection);
    } catch (error) {
      const name = command.split('.').at(-1) ?? command;
      showFailure(
        vscode.l10n.t(
          '{0} did not end as it should: {1}',
          name,
          error instanceof Error ? error.message : String(error),
        ),
        error,
      );
      return undefined;
    }
  });
}

/** The URI a menu handed over: a Uri itself, a webview's merged context, or the active editor's file. */
export function uriFrom(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) {
    return argument;
  }
  if (typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string') {
    return vscode.Uri.parse(argument.uri, true);
  }
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}
