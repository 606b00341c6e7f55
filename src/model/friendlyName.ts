// A certificate's friendly name from the pattern of the configuration and its two dates.
import type { Time } from './names';
import { own } from './own';

/** Exchange and the Windows dialog show a friendly name up to here (docs/facts-exchange.md#friendly-name). */
export const friendlyNameLimit = 63;

/** A piece of a pattern: text as it stands, or what stood between braces. */
export type FriendlyNamePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'date'; readonly text: string; readonly date: 'notBefore' | 'notAfter'; readonly format: string }
  | { readonly kind: 'unknown'; readonly text: string };

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The date parts a format may hold, spelled as in .NET; all are invariant English and UTC. */
const dateParts: Readonly<Record<string, (date: Date) => string>> = {
  yyyy: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  yy: (date) => String(date.getUTCFullYear() % 100).padStart(2, '0'),
  MMM: (date) => months[date.getUTCMonth()] ?? '',
  MM: (date) => String(date.getUTCMonth() + 1).padStart(2, '0'),
  dd: (date) => String(date.getUTCDate()).padStart(2, '0'),
};
/** A run of one letter is one part of a date: `MMMM` is not `MM` twice. */
const run = /([A-Za-z])\1*/g;
const dateFormat = /^[A-Za-z._/ -]+$/;

/** What the placeholders are, for a person who wrote another. */
export const friendlyNamePlaceholders = ['{notBefore:MMMyy}', '{notAfter:MMMyy}'] as const;

/** `pattern` taken apart; a placeholder that is none of ours comes back as `unknown`, never as text. */
export function friendlyNameParts(pattern: string): readonly FriendlyNamePart[] {
  return (pattern.match(/\{[^{}]*\}|[{}]|[^{}]+/g) ?? []).map((text): FriendlyNamePart => {
    if (!/^[{}]/.test(text)) return { kind: 'text', text };
    const [, date, format] = /^\{(notBefore|notAfter):([^{}]*)\}$/.exec(text) ?? [];
    if ((date !== 'notBefore' && date !== 'notAfter') || format === undefined || !isDateFormat(format)) {
      return { kind: 'unknown', text };
    }
    return { kind: 'date', text, date, format };
  });
}

/** `www - {notBefore:MMMyy}-{notAfter:MMMyy}` to `www - Sep25-Dec25`; unknown placeholders stay as they are written. */
export function friendlyName(pattern: string, facts: { readonly notBefore: Time; readonly notAfter: Time }): string {
  return friendlyNameParts(pattern)
    .map((part) => (part.kind === 'date' ? formatDate(new Date(facts[part.date]), part.format) : part.text))
    .join('');
}

function isDateFormat(format: string): boolean {
  return dateFormat.test(format) && (format.match(run)?.every((part) => Object.hasOwn(dateParts, part)) ?? false);
}

function formatDate(date: Date, format: string): string {
  return format.replace(run, (part) => own(dateParts, part)?.(date) ?? part);
}
