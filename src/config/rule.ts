// What a rule of the configuration is, and the two questions most of them ask.
import type { Placed } from './nodes';
import type { Draft } from './draft';
import type { ConfigProblem, Range } from './problem';

/** Judges one thing in what could be read; silent about what is missing. */
export type Rule = (draft: Draft) => Iterable<ConfigProblem>;

/** The texts that stood before under the same name, without regard to case as Active Directory and DNS compare. */
export function* repeated(texts: Iterable<Placed | undefined>): Iterable<Placed> {
  const seen = new Set<string>();
  for (const text of texts) {
    if (text === undefined) continue;
    const name = text.value.toUpperCase();
    if (seen.has(name)) yield text;
    seen.add(name);
  }
}

/** The place of `piece` within a placed text; the whole where it is written by escapes. */
export function within(placed: Placed, piece: string, text: string): Range {
  const start = text.indexOf(piece, placed.range.start);
  return start === -1 || start + piece.length > placed.range.end ? placed.range : { start, end: start + piece.length };
}
