// What the inspector shows of a certificate beyond the facts the plan needs.
import { readAlternativeNames, type AlternativeName } from './alternativeNames';
import { content, isContext, isUniversal, Tag, type Element } from './der';
import { hex, readBits, readInteger, readOid } from './derValues';
import { certificateFields, Extension, extensionValue } from './fields';

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
  /** Names of the extensions whose content is not what it should be. */
  readonly unreadable: readonly string[];
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
  const fields = certificateFields(der);
  const unreadable: string[] = [];
  const read = <T>(name: keyof typeof Extension, pick: (extension: Element) => T): T | null => {
    const value = extensionValue<T | undefined>(fields, Extension[name], pick, undefined);
    if (value === undefined && fields.extensions.has(Extension[name])) unreadable.push(name);
    return value ?? null;
  };
  const details = {
    alternativeNames: read('subjectAlternativeName', readAlternativeNames) ?? [],
    keyUsage: read('keyUsage', (bits) => usages.filter((_, at) => isSet(readBits(bits), at))),
    pathLength: read('basicConstraints', ({ children }) => {
      const length = children.find((part) => isUniversal(part, Tag.integer));
      return length === undefined ? null : (readInteger(length) ?? null);
    }),
    subjectKeyIdentifier: read('subjectKeyIdentifier', (identifier) => hex(content(identifier))),
    authorityKeyIdentifier: read('authorityKeyIdentifier', ({ children }) => {
      const identifier = children.find((part) => isContext(part, 0));
      return identifier === undefined ? null : hex(content(identifier));
    }),
  };
  read('extendedKeyUsage', ({ children }) => children.map(readOid));
  return { ...details, unreadable };
}

/** Bits are counted from the left (X.690 section 8.6.2). */
function isSet(bits: Uint8Array, at: number): boolean {
  return ((bits[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0;
}
