// Completion in a configuration: its keys and values, and the names of the file and of the snapshot.
import * as vscode from 'vscode';
import type { Completion } from '../../config/completions';
import { ownMarkdown, plain } from '../face/say';
import { organizationRooms } from '../rooms';
import { isConfig } from '../state/isConfig';
import type { Workspace } from '../workspace';

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  name: vscode.CompletionItemKind.Reference,
};

export function configCompletion(workspace: Workspace): vscode.CompletionItemProvider {
  return {
    async provideCompletionItems(document, position) {
      if (!isConfig(document.uri)) {
        return [];
      }
      const { completions, knownNames, nothingKnown } = await organizationRooms();
      const known = workspace.found === undefined ? nothingKnown : knownNames(workspace.found);
      return completions(document.getText(), document.offsetAt(position), positionsIn(workspace, document), known).map(
        (completion, index) => completionItem(document, completion, index),
      );
    },
  };
}

/** As last read: the text at a cursor is seldom whole, and of the positions only the names count. */
function positionsIn({ configs }: Workspace, { uri }: vscode.TextDocument) {
  return configs.find((file) => file.uri.toString() === uri.toString())?.parsed.positions ?? [];
}

function completionItem(document: vscode.TextDocument, completion: Completion, index: number): vscode.CompletionItem {
  const { kind, label, insert, start, end, meaning } = completion;
  const item = new vscode.CompletionItem(plain(label), kinds[kind]);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const written = document.getText(range);
  item.range = range;
  item.insertText = insert;
  // in the schema's order, and the likeliest name first
  item.sortText = String(index).padStart(6, '0');
  // the list is filtered by what stands there, which may begin with a quotation mark
  item.filterText = /^['"]/.test(written) ? `${written.charAt(0)}${label}` : label;
  if (meaning !== '') {
    // of the schema, and so ours: nothing of the file or of a server stands in it
    item.documentation = ownMarkdown(meaning);
  }
  return item;
}
