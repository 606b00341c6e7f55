// The schema's issues as problems of the configuration, each at its place in the text.
import { isMap, isScalar } from 'yaml';
import type { core } from 'zod/mini';
import { nearest } from '../model/nearest';
import type { Service } from '../model/wanted';
import { headRange, keyOf, nodeAt, rangeOf, sourceOf, type Resolve } from './nodes';
import { problem, type ConfigProblem, type Expected, type Range } from './problem';
import { allowedKeys, schemaAt } from './schemaAt';
import { isSecretKey } from './secrets';
import { own } from '../model/own';

/** Exchange knows them, and they are never ours (docs/facts-exchange.md#enable-services). */
const foreignServices: ReadonlySet<string> = new Set(['UM', 'UMCALLROUTER', 'FEDERATION']);
const services: readonly Service[] = ['POP', 'IMAP', 'IIS', 'SMTP'];

const expectations: Readonly<Record<string, Expected>> = {
  string: 'text',
  int: 'number',
  number: 'number',
  array: 'list',
  object: 'mapping',
};

export function schemaProblems(
  issues: readonly core.$ZodIssue[],
  root: unknown,
  resolve: Resolve,
  text: string,
): readonly ConfigProblem[] {
  return issues.flatMap((issue) => {
    const { node, key, whole } = nodeAt(root, resolve, issue.path);
    const last = String(issue.path.at(-1) ?? '');
    if (!whole) return [problem('missing-key', headRange(resolve(node), text), { key: last })];
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue, resolve(node), text);
    return [valueProblem(issue, node, valueRange(node, key, text))];
  });
}

/** Where the value stands; its key where nothing is written behind the colon. */
function valueRange(node: unknown, key: unknown, text: string): Range {
  const range = rangeOf(node, text);
  return range.end > range.start ? range : rangeOf(key, text);
}

function unknownKeys(issue: core.$ZodIssueUnrecognizedKeys, map: unknown, text: string): readonly ConfigProblem[] {
  const allowed = allowedKeys(issue.path);
  const unknown = new Set(issue.keys);
  return (isMap(map) ? map.items : []).flatMap((pair) => {
    const key = keyOf(pair);
    // A key that names a secret is told as that, once.
    if (key === undefined || !unknown.has(key) || isSecretKey(key)) return [];
    return [problem('unknown-key', rangeOf(pair.key, text), { key, nearest: nearest(key, allowed), allowed })];
  });
}

function valueProblem(issue: core.$ZodIssue, node: unknown, range: Range): ConfigProblem {
  const source = isScalar(node) ? sourceOf(node) : '';
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    if (issue.path.at(-2) === 'services' && foreignServices.has(source.toUpperCase())) {
      return problem('service-not-ours', range, { service: source, allowed: services });
    }
    return problem('not-one-of', range, { value: source, allowed, nearest: nearest(source, allowed) });
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    if (issue.origin === 'array') return problem('empty-list', range, { key: String(issue.path.at(-1) ?? '') });
    if (issue.origin !== 'string') return outOfRange(issue.path, range);
    return issue.code === 'too_small'
      ? problem('empty-text', range, {})
      : problem('too-long', range, { limit: Number(issue.maximum) });
  }
  const expected = issue.code === 'invalid_type' ? issue.expected : 'string';
  // A whole number is asked for, and another kind of number is written.
  if (expected === 'int' && isScalar(node) && typeof node.value === 'number') return outOfRange(issue.path, range);
  return problem('wrong-type', range, { expected: own(expectations, expected) ?? 'text', source });
}

function outOfRange(path: readonly PropertyKey[], range: Range): ConfigProblem {
  const part = schemaAt(path);
  return problem('out-of-range', range, { minimum: part?.minimum ?? 0, maximum: part?.maximum ?? 0 });
}
