// Takes a certificate's DER apart into its fields and extensions, unread.
import {
  content,
  DerError,
  encoding,
  expect,
  isContext,
  isUniversal,
  newBudget,
  octets,
  readDer,
  Tag,
  type Element,
} from './der';
import { readOid } from './derValues';

export interface CertificateFields {
  /** Exactly the certificate's bytes: what the thumbprints are taken of. */
  readonly encoding: Uint8Array;
  readonly serialNumber: Element;
  readonly signatureAlgorithm: string;
  readonly issuer: Element;
  readonly notBefore: Element;
  readonly notAfter: Element;
  readonly subject: Element;
  readonly publicKey: Element;
  /** The content of each extension by object identifier; the first of a repeated one. */
  readonly extensions: ReadonlyMap<string, Uint8Array>;
}

export const Extension = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** The Certificate of RFC 5280 section 4.1 at the start of `der`. Throws DerError when there is none. */
export function certificateFields(der: Uint8Array): CertificateFields {
  const certificate = readDer(der, newBudget());
  expect(certificate, Tag.sequence, 'the certificate', certificate);
  const signed = expect(certificate.children[0], Tag.sequence, 'the signed part', certificate);
  const outer = expect(certificate.children[1], Tag.sequence, 'the signature algorithm', certificate);
  expect(certificate.children[2], Tag.bitString, 'the signature', certificate);
  const rest = isContext(signed.children[0], 0) ? signed.children.slice(1) : signed.children;
  const [serial, , issuer, validity, subject, key] = rest;
  const dates = expect(validity, Tag.sequence, 'the validity', signed);
  const [notBefore, notAfter] = dates.children;
  const wrapped = rest.slice(6).find((part) => isContext(part, 3))?.children[0];
  return {
    encoding: encoding(certificate),
    serialNumber: expect(serial, Tag.integer, 'the serial number', signed),
    signatureAlgorithm: readOid(expect(outer.children[0], Tag.oid, 'the signature algorithm', outer)),
    issuer: expect(issuer, Tag.sequence, 'the issuer', signed),
    notBefore: isUniversal(notBefore, Tag.generalizedTime)
      ? notBefore
      : expect(notBefore, Tag.utcTime, 'the start of validity', dates),
    notAfter: isUniversal(notAfter, Tag.generalizedTime)
      ? notAfter
      : expect(notAfter, Tag.utcTime, 'the end of validity', dates),
    subject: expect(subject, Tag.sequence, 'the subject', signed),
    publicKey: expect(key, Tag.sequence, 'the public key', signed),
    extensions: new Map((wrapped?.children ?? []).map(readExtension).reverse()),
  };
}

function readExtension(extension: Element): [string, Uint8Array] {
  const oid = readOid(expect(extension.children[0], Tag.oid, 'an extension', extension));
  return [oid, octets(expect(extension.children.at(-1), Tag.octetString, 'the content of an extension', extension))];
}

/** What `pick` makes of an extension; undefined where it is absent, `unreadable` where its content is not what it should be. */
export function extensionValue<T>(
  { extensions }: CertificateFields,
  oid: string,
  pick: (content: Element) => T,
  unreadable: T,
): T | undefined {
  const bytes = extensions.get(oid);
  if (bytes === undefined) return undefined;
  try {
    return pick(readDer(bytes));
  } catch (error) {
    // one bad extension is no reason to lose the certificate
    if (error instanceof DerError) return unreadable;
    throw error;
  }
}

/** Whether two Names are the same bytes, the way chains are matched here. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Whether issuer and subject are the same name. */
export function isSelfIssued(fields: CertificateFields): boolean {
  return sameBytes(content(fields.issuer), content(fields.subject));
}
