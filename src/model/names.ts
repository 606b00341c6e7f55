// The field's identifiers as types of their own, and the one place that says what a well-formed one is.

/** SHA-1 of the DER certificate: 40 upper-case hexadecimal digits, as Exchange's `-Thumbprint` takes it. */
export type Thumbprint = string & { readonly brand: 'Thumbprint' };

/** An Exchange server's name, as in `-Server` and in `SERVER1\Default Frontend SERVER1`. */
export type ServerName = string;

/** A point in time: ISO 8601 in UTC to the second, `2026-11-22T20:14:00Z`. */
export type Time = string;

/**
 * Stand for a date that is written in a certificate and exists in no calendar (a 29 February, an hour 24, a leap second):
 * a start that never comes and an end that is long past, so that whoever compares takes the certificate for not valid.
 */
export const unknownStart: Time = '9999-12-31T23:59:58Z';
export const unknownEnd: Time = '0000-01-01T00:00:00Z';

/** Whether a certificate's date is one that it tells. */
export function isKnownDate(time: Time): boolean {
  return time !== unknownStart && time !== unknownEnd;
}

/** `<I>issuer<S>subject`, the `TlsCertificateName` of a connector; "" is none. */
export type TlsCertificateName = string;

/** Characters that copying from the Windows certificate dialog leaves in a thumbprint, unseen (docs/facts-exchange.md#thumbprint-copy). */
const invisible = /[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]/gu;

/** The thumbprint in `text`, or undefined when it is not 40 hexadecimal digits once spaces and invisible marks are gone. */
export function parseThumbprint(text: string): Thumbprint | undefined {
  const bare = text.replace(invisible, '').toUpperCase();
  return /^[0-9A-F]{40}$/.test(bare) ? (bare as Thumbprint) : undefined;
}

/** `date` as a Time; fractions of a second are cut off, not rounded. */
export function toTime(date: Date): Time {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Server names compare as Active Directory compares them: without regard to case, never by the user's locale. */
export function sameName(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}
