// The found names that a name of the configuration may have meant.
import { nearest } from '../model/nearest';
import { oddCharacters, withoutOddCharacters } from '../model/oddCharacters';
import type { Candidate } from './difference';

/** Names that differ by look-alike characters, blanks or case alone come first, with what they differ by; then the nearest. */
export function candidates(name: string, found: readonly string[]): readonly Candidate[] {
  const bare = looks(name);
  const twins = [...new Set(found)].filter((other) => other !== name && looks(other) === bare);
  const others = nearest(name, found).filter((other) => !twins.includes(other));
  return [
    ...twins.map((other) => ({ name: other, odd: oddCharacters(oddIn(name, other) + oddIn(other, name)) })),
    ...others.map((other) => ({ name: other, odd: [] })),
  ].slice(0, 3);
}

/** What the eye sees of a name. */
function looks(name: string): string {
  return withoutOddCharacters(name).replace(/\s+/g, ' ').trim().toUpperCase();
}

/** The characters of `one` that `other` does not have. */
function oddIn(one: string, other: string): string {
  return (one.match(/./gsu) ?? []).filter((character) => !other.includes(character)).join('');
}
