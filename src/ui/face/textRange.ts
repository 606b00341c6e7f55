// Places in a text: the rooms count offsets, the editor lines and characters.
import * as vscode from 'vscode';

interface Offsets {
  readonly start: number;
  readonly end: number;
}

/** Counted in the text the offsets are of: the document may already be another. Its lines are counted once, for any number of ranges. */
export function rangesIn(text: string): (range: Offsets) => vscode.Range {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ index, 0: end }) => index + end.length)];
  const position = (offset: number): vscode.Position => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return new vscode.Position(low, offset - (starts[low] ?? 0));
  };
  return ({ start, end }) => new vscode.Range(position(start), position(end));
}
