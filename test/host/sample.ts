// The sample's configuration in the real host: its document, edits that are taken back, a window's memory, and waiting for what is told late.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the sample is open');
  return folder.uri;
}

export const configUri = (): vscode.Uri => vscode.Uri.joinPath(workspaceFolder(), 'exchange-certificates.yaml');

/** Opens the configuration in an editor, with nothing unsaved. */
export async function openConfig(): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(configUri());
  assert.equal(editor.document.isDirty, false);
  return editor;
}

/** Replaces the only `from` of the document by `to`, unsaved. */
export async function change(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const { document } = editor;
  const text = document.getText();
  const start = text.indexOf(from);
  assert.ok(start >= 0 && !text.includes(from, start + 1), `${from} stands there once`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  assert.ok(
    await editor.edit((builder) => {
      builder.replace(range, to);
    }),
  );
}

/** Closes the active editor and forgets what was not saved. */
export async function discard(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) return;
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await until('the editor closed', () => vscode.window.activeTextEditor?.document !== document);
  // else the next untitled text would be given the same name and then reverted
  if (document.isUntitled) await until('the text forgotten', () => document.isClosed);
}

type Perhaps<Value> = Value | false | undefined;

/** Waits until `probe` answers something else than undefined or false; fails with what it was to be. */
export async function until<Value>(
  what: string,
  probe: () => Perhaps<Value> | PromiseLike<Perhaps<Value>>,
): Promise<Value> {
  const end = Date.now() + 20_000;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) assert.fail(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The list once something is in it. */
export function filled<Item>(
  what: string,
  probe: () => readonly Item[] | PromiseLike<readonly Item[]>,
): Promise<readonly Item[]> {
  return until(what, async () => {
    const list = await probe();
    return list.length > 0 && list;
  });
}

/** Just behind the only occurrence of `text`. */
export function behind(document: vscode.TextDocument, text: string): vscode.Position {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, `${text} is there`);
  return document.positionAt(start + text.length);
}

/** What a window keeps for itself. */
export function newMemento(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <Value>(key: string, otherwise?: Value) => (kept.get(key) as Value | undefined) ?? otherwise,
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
}
