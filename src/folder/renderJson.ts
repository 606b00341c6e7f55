// JSON that is the same bytes for the same value: keys sorted, two blanks, one line break at the end.
import { forJson } from '../model/untrustedText';

/** What steers a terminal or hides in a line is written as `\uXXXX`: the files are read by people, too. */
export function renderJson(value: unknown): string {
  return `${forJson(JSON.stringify(value, sortKeys, 2))}\n`;
}

/** One line without blanks, for the journal and for hashes. */
export function renderLine(value: unknown): string {
  return JSON.stringify(value, sortKeys);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)));
}
