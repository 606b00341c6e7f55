// Turns single ASN.1 elements into values: object identifiers, integers, times and the many kinds of text.
import { toTime, type Time } from '../model/names';
import { content, DerError, octets, Tag, type Element } from './der';

/** Dotted text of an OBJECT IDENTIFIER; arcs of any size (X.690 section 8.19). */
export function readOid(element: Element): string {
  return oidText(content(element), element.start);
}

function oidText(bytes: Uint8Array, at: number): string {
  if (bytes.length === 0 || ((bytes[bytes.length - 1] ?? 0) & 0x80) !== 0) {
    throw new DerError('malformed', 'an object identifier is cut off', at);
  }
  const arcs: bigint[] = [];
  let arc = 0n;
  let digits = 0;
  for (const byte of bytes) {
    if (++digits > 40) throw new DerError('malformed', 'an object identifier has an impossible arc', at);
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    if (arcs.length === 0) {
      const root = arc < 40n ? 0n : arc < 80n ? 1n : 2n;
      arcs.push(root, arc - root * 40n);
    } else {
      arcs.push(arc);
    }
    arc = 0n;
    digits = 0;
  }
  return arcs.join('.');
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex').toUpperCase();
}

/** A signed INTEGER as a number; undefined when it does not fit a safe integer. */
export function readInteger(element: Element): number | undefined {
  const bytes = content(element);
  if (bytes.length === 0 || bytes.length > 6) return bytes.length === 0 ? undefined : bigInteger(bytes);
  let value = ((bytes[0] ?? 0) & 0x80) !== 0 ? -1 : 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

function bigInteger(bytes: Uint8Array): number | undefined {
  const firstSignificant = bytes.findIndex((byte) => byte !== 0);
  if (firstSignificant === -1) return 0;
  if (firstSignificant === 0 || bytes.length - firstSignificant > 6) return undefined;
  return bytes.subarray(firstSignificant).reduce((value, byte) => value * 256 + byte, 0);
}

/** The number of bits of an unsigned INTEGER, leading zeros not counted. */
export function bitLength(element: Element): number {
  const bytes = content(element);
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first === -1) return 0;
  return (bytes.length - first - 1) * 8 + (32 - Math.clz32(bytes[first] ?? 0));
}

/** BIT STRING without its count of unused bits. */
export function readBits(element: Element): Uint8Array {
  return octets(element).subarray(1);
}

/** X.680 sections 46 and 47: seconds may be left out, of a GeneralizedTime minutes too. */
const timePatterns: Readonly<Record<number, RegExp>> = {
  [Tag.utcTime]: /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?$/,
  [Tag.generalizedTime]: /^(\d{4})(\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})?)?(?:[.,]\d+)?(Z|[+-]\d{4})?$/,
};

/**
 * UTCTime (years 1950 to 2049) or GeneralizedTime (RFC 5280 section 4.1.2.5). Undefined where it is none, or exists in no
 * calendar: .NET, too, keeps such a certificate and has no date for it.
 */
export function readTime(element: Element): Time | undefined {
  const parts = timePatterns[element.tag]?.exec(Buffer.from(octets(element)).toString('latin1'));
  if (parts == null) return undefined;
  const [, yearText = '', month, day, hour, minute = '0', second = '0', zone] = parts;
  const short = Number(yearText);
  const year = yearText.length === 4 ? short : short < 50 ? 2000 + short : 1900 + short;
  const wanted = [year, Number(month), Number(day), Number(hour), Number(minute), Number(second)] as const;
  const date = new Date(0);
  date.setUTCFullYear(wanted[0], wanted[1] - 1, wanted[2]);
  date.setUTCHours(wanted[3], wanted[4], wanted[5]);
  // a day that does not exist would silently become another
  const read = [
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  if (read.some((value, at) => value !== wanted[at + 1])) return undefined;
  if (zone !== undefined && zone !== 'Z') {
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
    date.setTime(date.getTime() - (zone.startsWith('-') ? -minutes : minutes) * 60_000);
  }
  return year === 0 || date.getUTCFullYear() > 9999 ? undefined : toTime(date);
}

/** The text of any character string; undefined when the element is none or its bytes are no such text. */
export function readText(element: Element): string | undefined {
  if (element.tagClass !== 'universal') return undefined;
  const bytes = octets(element);
  switch (element.tag) {
    case Tag.utf8String:
      return strictUtf8(bytes);
    case Tag.t61String:
      return looseText(bytes);
    case Tag.numericString:
    case Tag.printableString:
    case Tag.ia5String:
    case Tag.visibleString:
      return latin1(bytes);
    case Tag.bmpString:
      return bytes.length % 2 === 0 ? utf16(bytes) : undefined;
    case Tag.universalString:
      return bytes.length % 4 === 0 ? utf32(bytes) : undefined;
    default:
      return undefined;
  }
}

/** UTF-8 where it is that, else Latin-1. */
export function looseText(bytes: Uint8Array): string {
  return strictUtf8(bytes) ?? latin1(bytes);
}

function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** Big-endian UTF-16, as BMPString is used in practice: surrogate pairs are kept. */
export function utf16(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
}

function utf32(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const point = view.getUint32(at);
    if (point > 0x10ffff) return undefined;
    text += String.fromCodePoint(point);
  }
  return text;
}
