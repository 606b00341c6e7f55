// Prints an X.501 Name as Windows does, and so Exchange: last RDN first, quoted where CertNameToStr quotes.
import type { TlsCertificateName } from '../model/names';
import { nameOnWindows, type AttributeName } from './attributeNames';
import { content, encoding, expect, isUniversal, Tag, type Element } from './der';
import { hex, readOid, readText } from './derValues';

export interface DistinguishedName {
  readonly text: string;
  /** Attributes, as `text` names them, of which no source tells how Windows prints them; [] where `text` is certain. */
  readonly uncertain: readonly string[];
  /** The last common name of the encoding, unquoted; null where there is none. */
  readonly commonName: string | null;
}

const commonNameOid = '2.5.4.3';

/**
 * The Name (RFC 5280 section 4.1.2.4) in `element`, attributes as `nameOf` calls them. Throws DerError when it is none.
 * Source of the form: CertNameToStr with CERT_X500_NAME_STR and CERT_NAME_STR_REVERSE_FLAG, which .NET calls on Windows.
 */
export function readName(element: Element, nameOf: (oid: string) => AttributeName = nameOnWindows): DistinguishedName {
  const rdns: string[] = [];
  const uncertain: string[] = [];
  let commonName: string | null = null;
  for (const set of element.children) {
    const parts: string[] = [];
    for (const attribute of expect(set, Tag.set, 'a part of a name', element).children) {
      expect(attribute, Tag.sequence, 'an attribute of a name', set);
      const [type, value] = attribute.children;
      const oid = readOid(expect(type, Tag.oid, 'the type of an attribute', attribute));
      const name = nameOf(oid);
      const text = value === undefined ? '' : attributeText(value);
      if (!name.isCertain || value === undefined || !isPlainText(value, text)) uncertain.push(name.text);
      if (oid === commonNameOid && text !== undefined) commonName = text;
      parts.push(`${name.text}=${text === undefined && value !== undefined ? numberSign(value) : quote(text ?? '')}`);
    }
    rdns.push(parts.join(' + '));
  }
  return { text: rdns.reverse().join(', '), uncertain, commonName };
}

/** `<I>issuer<S>subject`, as Exchange prints it for `TlsCertificateName` (Set-SendConnector, -TlsCertificateName). */
export function tlsCertificateName(issuer: string, subject: string): TlsCertificateName {
  return `<I>${issuer}<S>${subject}`;
}

/** .NET on Linux drops zeros at the end, and takes neither a VisibleString nor a UniversalString for text; so do we. */
function attributeText(value: Element): string | undefined {
  if (isUniversal(value, Tag.visibleString) || isUniversal(value, Tag.universalString)) return undefined;
  return readText(value)?.replace(/\0+$/, '');
}

/** The kinds of string whose printing .NET's tests hold alike on Windows and Linux. */
const plainKinds: readonly number[] = [
  Tag.utf8String,
  Tag.printableString,
  Tag.ia5String,
  Tag.t61String,
  Tag.bmpString,
  Tag.numericString,
];

/** Whether Windows is known to print this value as we do: text of an ordinary kind without a NUL. */
function isPlainText(value: Element, text: string | undefined): boolean {
  const isPlain = value.tagClass === 'universal' && plainKinds.includes(value.tag);
  return isPlain && text !== undefined && readText(value) === text && !text.includes('\0');
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
