// Registers every command at start; an unexpected error of one is told in plain words and kept in the log.
import * as vscode from 'vscode';
import { commands, type CommandName } from './commands';
import type { Handler, Handlers } from './handlers';
import { sentence, words } from './face/say';
import { tellFailure } from './startFailure';

/** What of the manifest names the commands as the user sees them. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
}

export function registerCommands(
  { packageJSON }: vscode.Extension<unknown>,
  handlers: () => Promise<Handlers>,
): vscode.Disposable {
  const title = (id: string): string =>
    (packageJSON as Manifest).contributes.commands.find(({ command }) => command === id)?.title ?? id;
  const register = ([name, id]: readonly [string, string]): vscode.Disposable => {
    const run: Handler = async (argument, selection) => {
      try {
        return await (await handlers())[name as CommandName](argument, selection);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        await tellFailure(words('"{0}" did not end as it should: {1}', title(id), sentence(reason)), error);
        return undefined;
      }
    };
    return vscode.commands.registerCommand(id, run);
  };
  return vscode.Disposable.from(...Object.entries(commands).map(register));
}
