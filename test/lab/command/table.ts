// Tables of plain text as wide as the window: the last column is cut, the others are as wide as they must be.

/** Lines of a table with its head; no line is longer than `width`. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], width: number): readonly string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => {
    const line = row
      .map((cell, column) => (column === head.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ');
    return line.length <= width ? line.trimEnd() : `${line.slice(0, Math.max(0, width - 1)).trimEnd()}…`;
  });
}
