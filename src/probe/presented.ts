// Reads the certificates a server sent: the leaf's facts, and whether the chain leads anywhere.
import { createHash } from 'node:crypto';
import { certificatePool, chainOf, type Chain } from '../certificate/chain';
import { readCertificate, thumbprintOf } from '../certificate/readCertificate';
import type { CertificateFacts } from '../model/certificate';
import type { Observation } from '../model/observation';
import { coversName } from './nameMatch';
import type { ReceivedChain } from './handshake';

type Presented = Pick<
  Observation,
  | 'certificate'
  | 'chain'
  | 'issuers'
  | 'selfSigned'
  | 'stray'
  | 'sent'
  | 'chainInOrder'
  | 'chainComplete'
  | 'nameMatches'
>;

/** More than a client would follow; the rest is not read, which the observation says. */
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

interface Readable {
  readonly der: Buffer;
  readonly facts: CertificateFacts;
}

function readChain({ certificates, asSent }: ReceivedChain): ReadChain {
  const known = certificates.slice(0, mostCertificates).flatMap((der): readonly Readable[] => {
    const facts = readCertificate(der);
    return 'problem' in facts ? [] : [{ der, facts }];
  });
  const whole = known.length === certificates.length;
  const chain = known.map(({ facts }) => facts.thumbprint);
  const cut = whole ? {} : { sent: certificates.length };
  const [leaf] = certificates;
  // Without its leaf no chain leads anywhere.
  if (leaf === undefined || known[0]?.facts.thumbprint !== thumbprintOf(leaf))
    return { certificate: null, chain, ...cut, chainInOrder: null, chainComplete: null };
  const linked = chainOf(certificatePool(known.map(({ der }) => der)), 0);
  const stray = known.length - linked.order.length;
  return {
    certificate: known[0].facts,
    chain,
    issuers: linked.order.slice(1).flatMap((at) => known[at]?.facts ?? []),
    selfSigned: linked.hasRoot && linked.order.length === 1,
    // Windows's store of what was sent may hold a certificate twice.
    ...(asSent && stray > 0 && { stray }),
    ...cut,
    chainInOrder: asSent && whole ? isInOrder(linked) : null,
    chainComplete: linked.hasRoot || (whole ? endsAtAuthority(known, linked) : null),
  };
}

/** RFC 5246 section 7.4.2: each following certificate must directly certify the one preceding it. */
function isInOrder({ order }: Chain): boolean {
  return order.every((at, index) => at >= (order[index - 1] ?? 0));
}

/**
 * A root may be left out (RFC 8446 section 4.4.2): then the chain ends at an authority whose issuer was not sent. A leaf that came
 * alone, or a root that nothing leads to, mean that a client would have to find the missing certificate itself. One that was sent
 * twice, or that belongs elsewhere, takes nothing from the chain beside it.
 */
function endsAtAuthority(known: readonly Readable[], { order }: Chain): boolean {
  const linked = new Set(order.map((at) => known[at]?.facts.thumbprint));
  return order.length > 1 && !known.some(({ facts }) => facts.isSelfIssued && !linked.has(facts.thumbprint));
}
