// Turns the nodes of a document into plain values, and judges what is judged at every node alike.
import { isAlias, isMap, isScalar, isSeq, type Scalar } from 'yaml';
import { codePoint } from '../model/oddCharacters';
import { keyOf, rangeOf, type Resolve } from './nodes';
import { problem, type ConfigProblem } from './problem';
import { isSecretKey } from './secrets';

const deepest = 32;
/** A few save repetition; many are an attack. */
const mostAliases = 100;
const control = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

export interface ReadNodes {
  /** Scalars, arrays and objects; an alias is the very value of its anchor, so that aliases of aliases cost nothing. */
  readonly content: unknown;
  readonly problems: readonly ConfigProblem[];
  readonly resolve: Resolve;
}

export function readNodes(root: unknown, text: string): ReadNodes {
  const problems: ConfigProblem[] = [];
  const anchors = new Map<string, { readonly node: unknown; readonly value: unknown }>();
  const targets = new Map<unknown, unknown>();

  function read(node: unknown, depth: number): unknown {
    if (depth > deepest) {
      if (!problems.some(({ code }) => code === 'too-deep'))
        problems.push(problem('too-deep', rangeOf(node, text), {}));
      return null;
    }
    if (isAlias(node)) return readAlias(node, node.source);
    const value = readValue(node, depth);
    // Set after its content was read: an anchor that holds itself is unknown within.
    if ((isScalar(node) || isSeq(node) || isMap(node)) && node.anchor !== undefined) {
      anchors.set(node.anchor, { node, value });
    }
    return value;
  }

  function readAlias(node: unknown, name: string): unknown {
    const anchor = anchors.get(name);
    if (anchor === undefined) problems.push(problem('unknown-alias', rangeOf(node, text), { alias: name }));
    else targets.set(node, anchor.node);
    if (targets.size === mostAliases + 1) problems.push(problem('too-many-aliases', rangeOf(node, text), {}));
    return anchor?.value ?? null;
  }

  function readValue(node: unknown, depth: number): unknown {
    if (isScalar(node)) return readScalar(node);
    if (isSeq(node)) return node.items.map((item) => read(item, depth + 1));
    if (!isMap(node)) return null;
    // Without a prototype, so that a key may be called what it likes.
    const entries: Record<string, unknown> = { __proto__: null };
    for (const pair of node.items) {
      const key = keyOf(pair);
      const range = rangeOf(pair.key, text);
      if (key === undefined) {
        problems.push(problem('syntax', range, { yaml: 'COMPLEX_KEY', detail: 'A key must be a plain text' }));
        continue;
      }
      if (key in entries) problems.push(problem('duplicate-key', range, { key }));
      if (isSecretKey(key)) problems.push(problem('secret-in-file', range, { key }));
      read(pair.key, depth + 1);
      entries[key] = read(pair.value, depth + 1);
    }
    return entries;
  }

  function readScalar(node: Scalar): unknown {
    const character = typeof node.value === 'string' ? control.exec(node.value)?.[0] : undefined;
    if (character !== undefined) {
      problems.push(problem('control-character', rangeOf(node, text), { codePoint: codePoint(character) }));
    }
    return node.value;
  }

  return { content: read(root, 0), problems, resolve: (node) => (isAlias(node) ? targets.get(node) : node) };
}
