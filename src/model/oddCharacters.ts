// Characters that look like others, or like nothing: what copying from mail, Word or a Windows dialog leaves in a name.

/** A character that looks like another one, or like nothing. */
export interface OddCharacter {
  /** `U+2013` */
  readonly codePoint: string;
  /** `EN DASH`, as Unicode names it. */
  readonly name: string;
  /** What was probably meant; "" where it should not be there at all. */
  readonly instead: string;
}

type Row = readonly [character: string, name: string, instead: string];

const rows: readonly Row[] = [
  ['\u2010', 'HYPHEN', '-'],
  ['\u2011', 'NON-BREAKING HYPHEN', '-'],
  ['\u2012', 'FIGURE DASH', '-'],
  ['\u2013', 'EN DASH', '-'],
  ['\u2014', 'EM DASH', '-'],
  ['\u2015', 'HORIZONTAL BAR', '-'],
  ['\u2212', 'MINUS SIGN', '-'],
  ['\u2018', 'LEFT SINGLE QUOTATION MARK', "'"],
  ['\u2019', 'RIGHT SINGLE QUOTATION MARK', "'"],
  ['\u201a', 'SINGLE LOW-9 QUOTATION MARK', "'"],
  ['\u201b', 'SINGLE HIGH-REVERSED-9 QUOTATION MARK', "'"],
  ['\u201c', 'LEFT DOUBLE QUOTATION MARK', '"'],
  ['\u201d', 'RIGHT DOUBLE QUOTATION MARK', '"'],
  ['\u201e', 'DOUBLE LOW-9 QUOTATION MARK', '"'],
  ['\u201f', 'DOUBLE HIGH-REVERSED-9 QUOTATION MARK', '"'],
  ['\u00a0', 'NO-BREAK SPACE', ' '],
  ['\u2002', 'EN SPACE', ' '],
  ['\u2003', 'EM SPACE', ' '],
  ['\u2007', 'FIGURE SPACE', ' '],
  ['\u2009', 'THIN SPACE', ' '],
  ['\u200a', 'HAIR SPACE', ' '],
  ['\u202f', 'NARROW NO-BREAK SPACE', ' '],
  ['\u3000', 'IDEOGRAPHIC SPACE', ' '],
  ['\u00ad', 'SOFT HYPHEN', ''],
  ['\u200b', 'ZERO WIDTH SPACE', ''],
  ['\u200c', 'ZERO WIDTH NON-JOINER', ''],
  ['\u200d', 'ZERO WIDTH JOINER', ''],
  ['\u200e', 'LEFT-TO-RIGHT MARK', ''],
  ['\u200f', 'RIGHT-TO-LEFT MARK', ''],
  ['\u202a', 'LEFT-TO-RIGHT EMBEDDING', ''],
  ['\u202b', 'RIGHT-TO-LEFT EMBEDDING', ''],
  ['\u202c', 'POP DIRECTIONAL FORMATTING', ''],
  ['\u202d', 'LEFT-TO-RIGHT OVERRIDE', ''],
  ['\u202e', 'RIGHT-TO-LEFT OVERRIDE', ''],
  ['\u2060', 'WORD JOINER', ''],
  ['\u2066', 'LEFT-TO-RIGHT ISOLATE', ''],
  ['\u2067', 'RIGHT-TO-LEFT ISOLATE', ''],
  ['\u2068', 'FIRST STRONG ISOLATE', ''],
  ['\u2069', 'POP DIRECTIONAL ISOLATE', ''],
  ['\ufeff', 'ZERO WIDTH NO-BREAK SPACE', ''],
];

const table = new Map(rows.map(([character, name, instead]) => [character, { name, instead }]));
const odd = new RegExp(`[${rows.map(([character]) => character).join('')}]`, 'g');

/** `U+2013` for the first character of `text`. */
export function codePoint(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The odd characters of `text`, each once, in the order they first stand there. */
export function oddCharacters(text: string): readonly OddCharacter[] {
  return [...new Set(text.match(odd))].map((character) => ({
    codePoint: codePoint(character),
    name: table.get(character)?.name ?? '',
    instead: table.get(character)?.instead ?? '',
  }));
}

/** `text` with each odd character replaced by what was probably meant. */
export function withoutOddCharacters(text: string): string {
  return text.replace(odd, (character) => table.get(character)?.instead ?? '');
}
