// The ways out of a problem as edits of the text; the face gives them their titles.
import type { ConfigProblem, ConfigProblemCode, Range } from './problem';
import { scalarText } from './scalarText';

export interface Fix {
  readonly code: 'replace' | 'quote' | 'plain-characters' | 'every-server';
  /** What stands there after it, as a person reads it. */
  readonly becomes: string;
  readonly edits: readonly { readonly range: Range; readonly text: string }[];
}

type Fixer<Code extends ConfigProblemCode> = (
  problem: Extract<ConfigProblem, { readonly code: Code }>,
  source: string,
) => readonly Fix[];

function nearestName({
  nearest,
  range,
}: {
  readonly nearest: readonly string[];
  readonly range: Range;
}): readonly Fix[] {
  return nearest.map((name) => change('replace', range, name));
}

/** The problems that have one; elsewhere only a person knows what was meant. */
const fixers: { readonly [Code in ConfigProblemCode]?: Fixer<Code> } = {
  'unknown-key': nearestName,
  'not-one-of': nearestName,
  'unknown-certificate': nearestName,
  'unknown-server': nearestName,
  'look-alike': ({ fixed, range }) => [change('plain-characters', range, fixed)],
  'blank-at-edge': ({ fixed, range }) => [change('plain-characters', range, fixed)],
  'odd-characters-in-thumbprint': ({ fixed, range }) => [change('plain-characters', range, fixed)],
  'server-name-in-connector': ({ fixed, range }) => [change('every-server', range, fixed)],
  'unknown-connector-placeholder': ({ range }) => [within('every-server', range, '{server}')],
  'unknown-placeholder': ({ allowed, range }) => allowed.map((placeholder) => within('replace', range, placeholder)),
  'bad-pfx-pattern': ({ fixed, range }) => (fixed === null ? [] : [change('replace', range, fixed)]),
  // A name of digits alone, or `yes`, is no text without quotation marks.
  'wrong-type': ({ expected, source: read, range }, source) =>
    expected === 'text' && read !== '' && read === source
      ? [{ code: 'quote', becomes: source, edits: [{ range, text: `'${source.replaceAll("'", "''")}'` }] }]
      : [],
};

/** Fixes for `problem` of `text`, the likeliest first; [] where there is none. */
export function fixesFor(problem: ConfigProblem, text: string): readonly Fix[] {
  const fixer = fixers[problem.code] as Fixer<ConfigProblemCode> | undefined;
  return fixer?.(problem, text.slice(problem.range.start, problem.range.end)) ?? [];
}

/** The whole value becomes another. */
function change(code: Fix['code'], range: Range, becomes: string): Fix {
  return { code, becomes, edits: [{ range, text: scalarText(becomes) }] };
}

/** A piece of a text becomes another; the marks around the text stay. */
function within(code: Fix['code'], range: Range, becomes: string): Fix {
  return { code, becomes, edits: [{ range, text: becomes }] };
}
