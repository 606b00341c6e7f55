// Where in a configuration an offset lies, read from its lines alone: text at a cursor is seldom whole YAML.
import { flowPlace } from './flowPlace';

/** The place of an offset: a key of a mapping, or the value of a key or list item. */
export interface Place {
  readonly at: 'key' | 'value';
  /** Keys from the top, 0 for an item of a list. Of a key: the mapping it stands in; of a value: its own path. */
  readonly path: readonly (string | 0)[];
  /** What is written of it, the part behind the offset included; empty where nothing is. */
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** What else stands in the same mapping or list. */
  readonly siblings: readonly string[];
}

interface Line {
  readonly start: number;
  readonly text: string;
  /** Column of each dash that begins an item. */
  readonly dashes: readonly number[];
  /** Column behind blanks and dashes. */
  readonly column: number;
  readonly key: string | undefined;
}

/** Characters: this runs at each key and under each rest of the pointer, on the editor's own thread. */
const longestText = 1 << 18;
/** As deep as a configuration is read. */
const deepest = 32;

/** undefined in a comment, and in a text that is no configuration by its length. Takes time in proportion to the text. */
export function placeAt(text: string, offset: number): Place | undefined {
  if (text.length > longestText) return undefined;
  const lines = linesOf(text);
  const index = lines.findLastIndex(({ start }) => start <= offset);
  const line = lines[index];
  if (line === undefined || /(?:^|\s)#/.test(line.text.slice(0, offset - line.start))) return undefined;
  const parents = parentPath(lines, index);
  const contentStart = line.start + line.column;
  const colon = line.key === undefined ? -1 : line.text.indexOf(':', line.column + line.key.length);
  if (colon < 0 || offset <= line.start + colon) {
    const content = line.text.slice(line.column);
    const flow = flowPlace(content, offset - contentStart, contentStart, parents);
    if (flow !== undefined) return flow;
    const written = line.key ?? withoutComment(content);
    const range = { start: contentStart, end: contentStart + written.length, word: written };
    // An item without a key yet may become a mapping or a value; the schema at its path tells which.
    return { at: 'key', path: parents, ...range, siblings: keysBeside(lines, index) };
  }
  const behind = line.text.slice(colon + 1);
  const valueStart = line.start + colon + 1 + (/^ */.exec(behind)?.[0].length ?? 0);
  const value = line.text.slice(valueStart - line.start);
  const path = [...parents, line.key ?? ''];
  const flow = flowPlace(value, offset - valueStart, valueStart, path);
  if (flow !== undefined) return flow;
  const word = value.startsWith('#') ? '' : withoutComment(value);
  return { at: 'value', path, start: valueStart, end: valueStart + word.length, word, siblings: [] };
}

/** Up to the blanks before a comment, or at the end. */
function withoutComment(line: string): string {
  const comment = line.search(/\s#/);
  return (comment < 0 ? line : line.slice(0, comment)).trimEnd();
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((raw) => {
    const line = raw.replace(/\r$/, '');
    const lead = /^(?: *-(?= |$))* */.exec(line)?.[0] ?? '';
    const before = /^([^\s#:'"[\]{},&*!|>%@`-][^#:'"[\]{},]*):(?= |$)/.exec(line.slice(lead.length))?.[1];
    const key = before?.trimEnd();
    const dashes = [...lead.slice(0, 4 * deepest).matchAll(/-/g)].map((match) => match.index);
    const result = { start, text: line, dashes, column: lead.length, key };
    start += raw.length + 1;
    return result;
  });
}

/** The path of the mapping or list that the content of a line stands in. */
function parentPath(lines: readonly Line[], index: number): (string | 0)[] {
  const path: (string | 0)[] = [];
  const line = lines[index];
  if (line === undefined) return path;
  // What is climbed out of: a list may stand as far left as the key it belongs to, a mapping may not.
  let inner = climb(line, path);
  for (let above = index - 1; above >= 0 && (inner.column > 0 || inner.isList); above--) {
    const other = lines[above];
    if (other?.key === undefined) continue;
    const isParent = other.column < inner.column || (inner.isList && other.column === inner.column);
    const beginsItem = other.column === inner.column && other.dashes.length > 0;
    if (isParent) path.unshift(other.key);
    if (isParent || beginsItem) inner = climb(other, path);
  }
  return path;
}

/** Puts a 0 on the path for each item that begins on `line`; where its mapping or outermost list stands. */
function climb({ dashes, column }: Line, path: (string | 0)[]): { readonly column: number; readonly isList: boolean } {
  path.unshift(...dashes.map(() => 0 as const));
  return { column: dashes[0] ?? column, isList: dashes.length > 0 };
}

/** The keys of the mapping that a line's content stands in. */
function keysBeside(lines: readonly Line[], index: number): readonly string[] {
  const own = lines[index];
  if (own === undefined) return [];
  const keys: string[] = [];
  const gather = (step: 1 | -1): void => {
    for (let at = index + step; ; at += step) {
      const line = lines[at];
      if (line === undefined) return;
      if (line.text.trim() === '' || line.text.trimStart().startsWith('#')) continue;
      const edge = line.dashes.at(0) ?? line.column;
      if (step === 1 && edge < own.column) return;
      if (line.column === own.column && line.key !== undefined) keys.push(line.key);
      if (step === -1 && edge < own.column) return;
    }
  };
  if (own.dashes.length === 0) gather(-1);
  gather(1);
  return keys;
}
