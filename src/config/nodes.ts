// Small questions to the nodes of a YAML document: where one stands, what it holds.
import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Range } from './problem';

/** A text of the configuration and where it stands, quotation marks included. */
export interface Placed {
  readonly value: string;
  readonly range: Range;
}

/** Where `node` stands, without the blank lines behind a block; empty for a value that is not written at all. */
export function rangeOf(node: unknown, text: string): Range {
  const [start, end] = (node as Partial<Node> | null)?.range ?? [0, 0];
  return { start, end: Math.max(start, start + text.slice(start, end).trimEnd().length) };
}

/** The node an alias stands for, else the node itself. */
export type Resolve = (node: unknown) => unknown;

/** The key of `pair` as text; undefined where it is a list, a mapping or an alias. */
export function keyOf(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value) : undefined;
}

export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => keyOf(pair) === key);
}

/** The place a problem of a whole entry is shown at: its name, else its first key. */
export function headRange(node: unknown, text: string): Range {
  if (!isMap(node)) return rangeOf(node, text);
  const name = pairOf(node, 'name')?.value;
  return rangeOf(isScalar(name) && name.source !== '' ? name : node.items[0]?.key, text);
}

/** A value that is a text, placed; undefined where it is anything else. */
export function placed(node: unknown, resolve: Resolve, text: string): Placed | undefined {
  const scalar = resolve(node);
  return isScalar(scalar) && typeof scalar.value === 'string'
    ? { value: scalar.value, range: rangeOf(node, text) }
    : undefined;
}

/** A scalar as it is written, for showing what was read as something else. */
export function sourceOf(node: Scalar): string {
  return (node.source ?? String(node.value)).slice(0, 80);
}

/** The deepest node on `path` that is there, with the key that led to it. */
export function nodeAt(
  root: unknown,
  resolve: Resolve,
  path: readonly PropertyKey[],
): { readonly node: unknown; readonly key: unknown; readonly parent: unknown; readonly whole: boolean } {
  let node: unknown = root;
  let key: unknown;
  let parent: unknown;
  for (const part of path) {
    const inside = resolve(node);
    const pair = isMap(inside) && typeof part === 'string' ? pairOf(inside, part) : undefined;
    const next: unknown = isSeq(inside) && typeof part === 'number' ? inside.items[part] : pair?.value;
    if (pair === undefined && next === undefined) return { node, key, parent, whole: false };
    parent = inside;
    key = pair?.key;
    node = next;
  }
  return { node, key, parent, whole: true };
}
