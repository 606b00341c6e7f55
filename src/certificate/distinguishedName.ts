// Prints an X.501 Name as .NET's X500DistinguishedName.Name does: last RDN first, quoted where .NET quotes.
import type { TlsCertificateName } from '../model/names';
import { attributeName } from './attributeNames';
import { content, encoding, expect, isUniversal, Tag, type Element } from './der';
import { hex, readOid, readText } from './derValues';

export interface DistinguishedName {
  readonly text: string;
  /** Attribute names in `text` that Windows is said to print otherwise; [] where the text holds on Windows too. */
  readonly differsOnWindows: readonly string[];
  /** The last common name of the encoding, unquoted; null where there is none. */
  readonly commonName: string | null;
}

const commonNameOid = '2.5.4.3';

/** The Name (RFC 5280 section 4.1.2.4) in `element`. Throws DerError when it is none. */
export function readName(element: Element): DistinguishedName {
  const rdns: string[] = [];
  const differsOnWindows: string[] = [];
  let commonName: string | null = null;
  for (const set of element.children) {
    const parts: string[] = [];
    for (const attribute of expect(set, Tag.set, 'a part of a name', element).children) {
      expect(attribute, Tag.sequence, 'an attribute of a name', set);
      const [type, value] = attribute.children;
      const oid = readOid(expect(type, Tag.oid, 'the type of an attribute', attribute));
      const name = attributeName(oid);
      if (!name.sameOnWindows) differsOnWindows.push(name.text);
      const text = value === undefined ? '' : attributeText(value);
      if (oid === commonNameOid && text !== undefined) commonName = text;
      parts.push(`${name.text}=${text === undefined && value !== undefined ? numberSign(value) : quote(text ?? '')}`);
    }
    rdns.push(parts.join(' + '));
  }
  return { text: rdns.reverse().join(', '), differsOnWindows, commonName };
}

/** `<I>issuer<S>subject`, as Exchange prints it for `TlsCertificateName` (facts exchange.md 2). */
export function tlsCertificateName(issuer: string, subject: string): TlsCertificateName {
  return `<I>${issuer}<S>${subject}`;
}

/** .NET drops zeros at the end, and takes neither a VisibleString nor a UniversalString for text; so do we. */
function attributeText(value: Element): string | undefined {
  if (isUniversal(value, Tag.visibleString) || isUniversal(value, Tag.universalString)) return undefined;
  return readText(value)?.replace(/\0+$/, '');
}

/** A value that is no text: its encoding in hexadecimal, of an OCTET STRING its content only. */
function numberSign(value: Element): string {
  return `#${hex(isUniversal(value, Tag.octetString) ? content(value) : encoding(value))}`;
}

const edge = /^[ \t-\r]|[ \t-\r]$/;
const special = /[,+="\n<>#;]/;

function quote(value: string): string {
  return value === '' || edge.test(value) || special.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
