// Finds who issued whom among certificates: by name, key identifier and signature, never by the order they came in.
import { X509Certificate } from 'node:crypto';
import { content, isContext, type Element } from './der';
import { hex } from './derValues';
import { readName } from './distinguishedName';
import { certificateFields, Extension, extensionValue, type CertificateFields } from './fields';

/** Certificates prepared for looking up issuers. */
export interface CertificatePool {
  readonly members: readonly Member[];
  readonly bySubject: ReadonlyMap<string, readonly number[]>;
  /** Signatures that may still be verified: a bound on what a hostile file can cost. */
  verifications: number;
}

interface Member {
  readonly fields: CertificateFields;
  readonly subject: string;
  readonly issuer: string;
  readonly keyIdentifier: string | null;
  readonly authorityKeyIdentifier: string | null;
}

export interface Chain {
  /** Indices into the pool: the certificate itself, its issuer, and so on. */
  readonly order: readonly number[];
  /** True when the last one is self-signed. */
  readonly hasRoot: boolean;
  /** The issuer that is not there, as Windows prints it; null when the chain ends in a root. */
  readonly missingIssuer: string | null;
}

const longestChain = 16;

/** Prepares `ders`, each of which readCertificate accepts. Throws DerError otherwise. */
export function certificatePool(ders: readonly Uint8Array[]): CertificatePool {
  const members = ders.map(prepare);
  const bySubject = new Map<string, number[]>();
  members.forEach(({ subject }, at) => bySubject.set(subject, [...(bySubject.get(subject) ?? []), at]));
  return { members, bySubject, verifications: 500 };
}

function prepare(der: Uint8Array): Member {
  const fields = certificateFields(der);
  return {
    fields,
    subject: hex(content(fields.subject)),
    issuer: hex(content(fields.issuer)),
    keyIdentifier: identifier(fields, Extension.subjectKeyIdentifier, (extension) => extension),
    authorityKeyIdentifier: identifier(fields, Extension.authorityKeyIdentifier, ({ children }) =>
      children.find((part) => isContext(part, 0)),
    ),
  };
}

/** A key identifier in hexadecimal; null where the extension is absent or no ASN.1. */
function identifier(
  fields: CertificateFields,
  oid: string,
  pick: (extension: Element) => Element | undefined,
): string | null {
  const element = extensionValue(fields, oid, pick, undefined);
  return element === undefined ? null : hex(content(element));
}

/** The chain of the certificate at `leaf`, as far as the pool holds it. */
export function chainOf(pool: CertificatePool, leaf: number): Chain {
  const order: number[] = [];
  for (
    let at: number | undefined = leaf;
    at !== undefined && order.length < longestChain;
    at = issuerOf(pool, at, order)
  ) {
    order.push(at);
    if (isSelfSigned(pool, at)) return { order, hasRoot: true, missingIssuer: null };
  }
  const last = pool.members[order.at(-1) ?? leaf];
  return { order, hasRoot: false, missingIssuer: last === undefined ? null : readName(last.fields.issuer).text };
}

/** Whether the certificate at `at` is signed with its own key. */
export function isSelfSigned(pool: CertificatePool, at: number): boolean {
  const member = pool.members[at];
  return member !== undefined && member.issuer === member.subject && issued(pool, member, member);
}

function issuerOf(pool: CertificatePool, at: number, visited: readonly number[]): number | undefined {
  const member = pool.members[at];
  if (member === undefined) return undefined;
  return pool.bySubject.get(member.issuer)?.find((candidate) => {
    const issuer = pool.members[candidate];
    return issuer !== undefined && !visited.includes(candidate) && issued(pool, member, issuer);
  });
}

/** Names match already. Key identifiers decide where both are told; then the signature, where this runtime can verify it. */
function issued(pool: CertificatePool, member: Member, issuer: Member): boolean {
  const wanted = member.authorityKeyIdentifier;
  if (wanted !== null && issuer.keyIdentifier !== null && wanted !== issuer.keyIdentifier) return false;
  if (pool.verifications-- <= 0) return true;
  try {
    const key = new X509Certificate(issuer.fields.encoding).publicKey;
    return new X509Certificate(member.fields.encoding).verify(key);
  } catch {
    // an algorithm the runtime does not know: the names have to do
    return true;
  }
}
