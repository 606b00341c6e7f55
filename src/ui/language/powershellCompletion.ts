// Completion in PowerShell files: thumbprints, servers and connectors where Exchange's commands take them, quoted.
import * as vscode from 'vscode';
import type { ValueKind } from '../../powershell/completions';
import { plain } from '../face/say';
import { organizationRooms } from '../rooms';
import type { Workspace } from '../workspace';

const kinds: Readonly<Record<ValueKind, vscode.CompletionItemKind>> = {
  thumbprint: vscode.CompletionItemKind.Constant,
  server: vscode.CompletionItemKind.Module,
  'send-connector': vscode.CompletionItemKind.Reference,
  'receive-connector': vscode.CompletionItemKind.Reference,
};

export function powershellCompletion(workspace: Workspace): vscode.CompletionItemProvider {
  return {
    async provideCompletionItems(document, position) {
      const { config, found } = workspace;
      if (config === undefined && found === undefined) {
        return [];
      }
      const { completionsAt, knownValues } = await organizationRooms();
      const known = knownValues(config?.wanted ?? null, found ?? null);
      const offered = completionsAt(document.getText(), document.offsetAt(position), known);
      if (offered === null) {
        return [];
      }
      const range = new vscode.Range(document.positionAt(offered.start), document.positionAt(offered.end));
      const begun = document.getText(range).charAt(0);
      return offered.items.map(({ value, detail, text }, index) => {
        const item = new vscode.CompletionItem(plain(value), kinds[offered.kind]);
        item.range = range;
        item.insertText = text;
        // the list is filtered by what stands there, which may begin with a quotation mark
        item.filterText = begun === '"' || begun === "'" ? `${begun}${value}` : value;
        item.sortText = String(index).padStart(6, '0');
        if (detail !== '') {
          item.detail = plain(detail);
        }
        return item;
      });
    },
  };
}
