// Reads one certificate's DER into the facts the product shows, compares and plans with.
import { createHash } from 'node:crypto';
import type { CertificateFacts } from '../model/certificate';
import { unknownEnd, unknownStart, type Thumbprint } from '../model/names';
import { own } from '../model/own';
import { signatureNames } from './algorithmNames';
import { readAlternativeNames } from './alternativeNames';
import { content, DerError, expect, isUniversal, Tag, type Element } from './der';
import { hex, readOid, readTime } from './derValues';
import { readName, tlsCertificateName } from './distinguishedName';
import { certificateFields, Extension, extensionValue, isSelfIssued, type CertificateFields } from './fields';
import { readPublicKey } from './publicKey';

/** Why bytes are not a certificate; `where` is a sentence with the byte. */
export interface CertificateProblem {
  readonly problem: 'not-a-certificate';
  readonly where: string;
}

/** The facts of the certificate `der` begins with; bytes behind it are ignored, as OpenSSL and Windows do. */
export function readCertificate(der: Uint8Array): CertificateFacts | CertificateProblem {
  try {
    return factsOf(certificateFields(der));
  } catch (error) {
    if (error instanceof DerError) return { problem: 'not-a-certificate', where: error.message };
    throw error;
  }
}

/** The facts of a certificate already taken apart. Throws DerError. */
export function factsOf(fields: CertificateFields): CertificateFacts {
  const { text: subject, uncertain: inSubject } = readName(fields.subject);
  const { text: issuer, uncertain: inIssuer } = readName(fields.issuer);
  const uncertainNames = [...new Set([...inIssuer, ...inSubject])];
  const names = extensionValue(fields, Extension.subjectAlternativeName, readAlternativeNames, []) ?? [];
  const isAuthority = ({ children: [authority] }: Element) =>
    isUniversal(authority, Tag.boolean) && content(authority)[0] !== 0;
  return {
    thumbprint: thumbprintOf(fields.encoding),
    sha256: createHash('sha256').update(fields.encoding).digest('hex').toUpperCase(),
    subject,
    issuer,
    tlsCertificateName: tlsCertificateName(issuer, subject),
    ...(uncertainNames.length === 0 ? {} : { uncertainNames }),
    serialNumber: hex(content(fields.serialNumber)),
    notBefore: readTime(fields.notBefore) ?? unknownStart,
    notAfter: readTime(fields.notAfter) ?? unknownEnd,
    dnsNames: names.filter(({ kind }) => kind === 'dns').map(({ value }) => value),
    ipAddresses: names.filter(({ kind }) => kind === 'ip').map(({ value }) => value),
    ...readPublicKey(fields.publicKey),
    signatureAlgorithm: own(signatureNames, fields.signatureAlgorithm) ?? fields.signatureAlgorithm,
    // a usage that can't be read allows none
    extendedKeyUsage: extensionValue(fields, Extension.extendedKeyUsage, usages, []) ?? null,
    isCertificateAuthority: extensionValue(fields, Extension.basicConstraints, isAuthority, false) ?? false,
    isSelfIssued: isSelfIssued(fields),
  };
}

/** The OIDs of an extended key usage. Throws DerError. */
function usages(content: Element): readonly string[] {
  return expect(content, Tag.sequence, 'the extended key usage', content).children.map(readOid);
}

/** SHA-1 of the encoding, as Exchange's `-Thumbprint` takes it. */
export function thumbprintOf(der: Uint8Array): Thumbprint {
  return createHash('sha1').update(der).digest('hex').toUpperCase() as Thumbprint;
}
