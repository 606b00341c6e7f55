// Places in a text: the rooms count offsets, the editor lines and characters.
import * as vscode from 'vscode';

/** Offsets to a range, counted in the text the offsets are of: the document may already be another. */
export function rangeIn(text: string, range: { readonly start: number; readonly end: number }): vscode.Range {
  return new vscode.Range(positionAt(text, range.start), positionAt(text, range.end));
}

function positionAt(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
}
