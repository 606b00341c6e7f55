// Registers every command at start; an unexpected error of one is told in plain words and kept in the log.
import * as vscode from 'vscode';
import { commands, type CommandName } from './commands';
import type { Handler, Handlers } from './handlers';
import { tellFailure } from './startFailure';

export function registerCommands(handlers: () => Promise<Handlers>): vscode.Disposable {
  const register = ([name, id]: readonly [string, string]): vscode.Disposable => {
    const run: Handler = async (argument, selection) => {
      try {
        return await (await handlers())[name as CommandName](argument, selection);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        await tellFailure(vscode.l10n.t('{0} did not end as it should: {1}', name, reason), error);
        return undefined;
      }
    };
    return vscode.commands.registerCommand(id, run);
  };
  return vscode.Disposable.from(...Object.entries(commands).map(register));
}
