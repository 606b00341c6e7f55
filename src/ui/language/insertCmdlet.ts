// *Insert Exchange cmdlet…*: the runbook's commands and the catalogue in one list; what is chosen stands at the cursor, with tab stops.
import * as vscode from 'vscode';
import { pickOne, say, words } from '../face/say';
import type { Handlers } from '../handlers';
import { organizationRooms } from '../rooms';

interface Choice extends vscode.QuickPickItem {
  readonly snippet: string;
}

export function insertCmdletCommand(): Handlers<'insertCmdlet'> {
  return {
    insertCmdlet: async () => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document.languageId !== 'powershell') {
        void say.warning(words('Put the cursor into a PowerShell file.'));
        return;
      }
      const chosen = await pickOne(choices(), {
        title: words('Insert Exchange Cmdlet'),
        placeHolder: words('Search by name, prefix or purpose'),
      });
      if (chosen !== undefined && 'snippet' in chosen) {
        await editor.insertSnippet(new vscode.SnippetString(chosen.snippet));
      }
    },
  };
}

async function choices(): Promise<(Choice | vscode.QuickPickItem)[]> {
  const { cmdlets, snippets } = await organizationRooms();
  const heading = (label: string): vscode.QuickPickItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    heading(vscode.l10n.t('Commands of the runbook')),
    ...snippets.map(({ name, prefix, description, body }) => ({
      label: name,
      description: prefix,
      detail: description,
      snippet: body.join('\n'),
    })),
    heading(vscode.l10n.t('In a session to Exchange')),
    ...cmdlets
      .filter(({ place }) => place === 'exchange')
      .map(({ name, synopsis, parameters }) => ({
        label: name,
        detail: synopsis,
        snippet: bareSnippet(name, parameters),
      })),
  ];
}

/** The command with its parameters as a choice at the first tab stop; what each takes is the person's to write. */
function bareSnippet(name: string, parameters: readonly string[]): string {
  return parameters.length === 0
    ? name
    : `${name} \${1|${parameters.map((parameter) => `-${parameter}`).join(',')}|} $0`;
}
