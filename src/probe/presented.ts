// Reads the certificates a server sent: the leaf's facts, and whether the chain leads anywhere.
import { createHash, X509Certificate } from 'node:crypto';
import { readCertificate } from '../certificate/readCertificate';
import type { CertificateFacts } from '../model/certificate';
import type { Observation } from '../model/observation';
import type { Thumbprint } from '../model/names';
import { coversName } from './nameMatch';
import type { ReceivedChain } from './handshake';

type Presented = Pick<Observation, 'certificate' | 'chain' | 'chainInOrder' | 'chainComplete' | 'nameMatches'>;

/** More than a client would follow; the rest is not read. */
const mostCertificates = 20;

export const nothingPresented: Presented = {
  certificate: null,
  chain: [],
  chainInOrder: null,
  chainComplete: null,
  nameMatches: null,
};

type ReadChain = Omit<Presented, 'nameMatches'>;

/** An organization presents one chain at thousands of endpoints: each is read once. */
const alreadyRead = new Map<string, ReadChain>();
const mostRemembered = 64;

export function readPresented(received: ReceivedChain, servername: string): Presented {
  const digest = createHash('sha256').update(received.asSent ? 'sent' : 'linked');
  for (const certificate of received.certificates) digest.update(certificate);
  const key = digest.digest('base64');
  const read = alreadyRead.get(key) ?? readChain(received);
  if (alreadyRead.size >= mostRemembered) alreadyRead.clear();
  alreadyRead.set(key, read);
  return { ...read, nameMatches: read.certificate && coversName(read.certificate, servername) };
}

function readChain({ certificates, asSent }: ReceivedChain): ReadChain {
  const read = certificates.slice(0, mostCertificates).map(parse);
  const known = read.filter((certificate) => certificate !== undefined);
  const whole = known.length === certificates.length;
  return {
    certificate: certificates[0] ? readLeaf(certificates[0]) : null,
    chain: known.map(thumbprintOf),
    chainInOrder: asSent && whole ? isInOrder(known) : null,
    chainComplete: whole ? isComplete(known) : null,
  };
}

function readLeaf(der: Buffer): CertificateFacts | null {
  const facts = readCertificate(der);
  return 'problem' in facts ? null : facts;
}

function parse(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function thumbprintOf(certificate: X509Certificate): Thumbprint {
  return certificate.fingerprint.replaceAll(':', '') as Thumbprint;
}

/** RFC 5246 section 7.4.2: each following certificate must directly certify the one preceding it. */
function isInOrder(chain: readonly X509Certificate[]): boolean {
  return chain.every((certificate, index) => {
    const next = chain[index + 1];
    return !next || isSignedBy(certificate, next);
  });
}

/**
 * Follows signatures from the leaf through what was sent. A root ends the chain, and may be left out (RFC 8446 section 4.4.2):
 * then the chain ends at an authority whose issuer was not sent. A leaf that came alone, or sent certificates
 * that nothing links to, mean that a client would have to find the missing one itself.
 */
function isComplete(chain: readonly X509Certificate[]): boolean {
  const unused = new Set(chain);
  for (let current = chain[0]; current;) {
    unused.delete(current);
    if (isSignedBy(current, current)) return true;
    const child = current;
    const issuer = [...unused].find((candidate) => isSignedBy(child, candidate));
    if (!issuer) return current !== chain[0] && unused.size === 0;
    current = issuer;
  }
  return false;
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key of a kind this runtime does not know: no signature of it can be believed.
    return false;
  }
}
