// What the inspector shows of a certificate beyond the facts the plan needs.
import { readAlternativeNames, type AlternativeName } from './alternativeNames';
import { content, DerError, isContext, isUniversal, readDer, Tag, type Element } from './der';
import { hex, readBits, readInteger } from './derValues';
import { readName } from './distinguishedName';
import { certificateFields, Extension } from './fields';

export interface CertificateDetails {
  /** Every kind, in order. */
  readonly alternativeNames: readonly AlternativeName[];
  /** As RFC 5280 section 4.2.1.3 names them; null where the extension is absent or not readable. */
  readonly keyUsage: readonly string[] | null;
  /** How many authorities may follow below; null where no limit is told. */
  readonly pathLength: number | null;
  /** Upper-case hexadecimal. */
  readonly subjectKeyIdentifier: string | null;
  readonly authorityKeyIdentifier: string | null;
  /** Attributes of the names that Windows is said to print otherwise. */
  readonly differsOnWindows: readonly string[];
}

const usages = [
  ...[
    'digitalSignature',
    'nonRepudiation',
    'keyEncipherment',
    'dataEncipherment',
    'keyAgreement',
    'keyCertSign',
    'cRLSign',
  ],
  ...['encipherOnly', 'decipherOnly'],
];

/** The details of a certificate that readCertificate accepts. Throws DerError for another. */
export function certificateDetails(der: Uint8Array): CertificateDetails {
  const { extensions, subject, issuer } = certificateFields(der);
  const read = <T>(oid: string, pick: (extension: Element) => T | null): T | null => {
    const bytes = extensions.get(oid);
    return bytes === undefined ? null : tolerant(() => pick(readDer(bytes)));
  };
  return {
    alternativeNames: read(Extension.subjectAlternativeName, readAlternativeNames) ?? [],
    keyUsage: read(Extension.keyUsage, (bits) => usages.filter((_, at) => isSet(readBits(bits), at))),
    pathLength: read(Extension.basicConstraints, ({ children }) => {
      const length = children.find((part) => isUniversal(part, Tag.integer));
      return length === undefined ? null : (readInteger(length) ?? null);
    }),
    subjectKeyIdentifier: read(Extension.subjectKeyIdentifier, (identifier) => hex(content(identifier))),
    authorityKeyIdentifier: read(Extension.authorityKeyIdentifier, ({ children }) => {
      const identifier = children.find((part) => isContext(part, 0));
      return identifier === undefined ? null : hex(content(identifier));
    }),
    differsOnWindows: [...new Set([subject, issuer].flatMap((name) => readName(name).differsOnWindows))],
  };
}

/** Bits are counted from the left (X.690 section 8.6.2). */
function isSet(bits: Uint8Array, at: number): boolean {
  return ((bits[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0;
}

/** Null for an extension that is not what it should be: a detail is no reason to lose the certificate. */
function tolerant<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}
