// Offsets of a text as ranges: its lines are counted once, however many ranges are asked for.
import * as vscode from 'vscode';

export function lineRanges(text: string): (range: { readonly start: number; readonly end: number }) => vscode.Range {
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
