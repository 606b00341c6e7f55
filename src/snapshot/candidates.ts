// The found names that a name of the configuration may have meant.
import { nearest } from '../model/nearest';
import { oddCharacters, withoutOddCharacters } from '../model/oddCharacters';
import type { Candidate } from './difference';

/** Names that differ by look-alike characters, blanks or case alone, with what they differ by; where there is none, the nearest. */
export function candidates(name: string, found: readonly string[]): readonly Candidate[] {
  const bare = looks(name);
  const twins = [...new Set(found)].filter((other) => other !== name && looks(other) === bare).slice(0, 3);
  return twins.length > 0
    ? twins.map((other) => ({ name: other, odd: oddCharacters(oddIn(name, other) + oddIn(other, name)) }))
    : nearest(name, found).map((other) => ({ name: other, odd: [] }));
}

/** What the eye sees of a name. */
function looks(name: string): string {
  return withoutOddCharacters(name).replace(/\s+/g, ' ').trim().toUpperCase();
}

/** The characters of `one` that `other` does not have. */
function oddIn(one: string, other: string): string {
  return (one.match(/./gsu) ?? []).filter((character) => !other.includes(character)).join('');
}
