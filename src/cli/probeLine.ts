// One endpoint as `probe` prints it: an object of JSON, or lines for people.
import type { CertificateFacts, Finding } from '../model/certificate';
import { daysUntil } from '../model/expiry';
import type { InspectedCertificate } from '../model/inspection';
import type { Thumbprint } from '../model/names';
import type { Observation, Protocol, Trust } from '../model/observation';
import { forTerminal } from '../model/untrustedText';
import type { Judged } from '../probe/judgeOf';
import { wordsOf } from '../probe/findingWords';

/** One certificate of the chain: the server's own first. */
export interface ChainElement {
  readonly thumbprint: Thumbprint;
  readonly subject: string;
  readonly notAfter: string;
  /** Whole days to the end, rounded down; negative after it. */
  readonly days: number;
  readonly keyAlgorithm: CertificateFacts['keyAlgorithm'];
  readonly keySize: number | null;
  readonly signatureAlgorithm: string;
  readonly extendedKeyUsage: readonly string[] | null;
}

/** The object of one endpoint; its names do not change, new ones are added behind. */
export type Line = Pick<Observation, 'outcome' | 'chain' | 'tls' | 'nameMatches' | 'chainComplete' | 'milliseconds'> & {
  readonly endpoint: string;
  readonly protocol: Protocol;
  readonly certificate: InspectedCertificate | null;
  readonly server: Observation['server'];
  readonly servername: string;
  readonly detail: string | null;
  readonly banner: string | null;
  readonly chainInOrder: boolean | null;
  readonly ocspStapled: boolean | null;
  readonly findings: readonly (Finding & { readonly remedy: string | null })[];
  /** The one of the host's addresses; null where it has only one. */
  readonly address: string | null;
  readonly furtherNames: readonly string[];
  readonly elements: readonly ChainElement[];
  readonly selfSigned: boolean | null;
  /** null: not judged. */
  readonly trust: Trust | null;
};

export function lineOf({ observation, findings }: Judged, now: Date): Line {
  const { endpoint, server, outcome, certificate, chain, tls, nameMatches, chainComplete, milliseconds } = observation;
  const { protocol, servername, address = null, furtherNames = [] } = endpoint;
  const { detail, banner, chainInOrder, ocspStapled, selfSigned = null, trust = null } = observation;
  return {
    endpoint: placeOf(observation),
    protocol,
    outcome,
    certificate: certificate && inspected(certificate),
    chain,
    tls,
    nameMatches,
    chainComplete,
    findings: findings.map((finding) => ({ code: finding.code, severity: finding.severity, ...wordsOf(finding) })),
    milliseconds,
    ...{ server, servername, detail, banner, chainInOrder, ocspStapled },
    ...{ address, furtherNames, elements: elementsOf(observation, now), selfSigned, trust },
  };
}

/** `host:port`, with brackets around an IPv6 address. */
export function placeOf({ endpoint: { host, port } }: Observation): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The certificates that lead up from the server's own; [] where none was proven. */
export function elementsOf({ outcome, certificate, issuers = [] }: Observation, now: Date): readonly ChainElement[] {
  if (outcome !== 'presented' || certificate === null) return [];
  return [certificate, ...issuers].map((facts) => {
    const { thumbprint, subject, notAfter, keyAlgorithm, keySize, signatureAlgorithm, extendedKeyUsage } = facts;
    const days = daysUntil(notAfter, now);
    return { thumbprint, subject, notAfter, days, keyAlgorithm, keySize, signatureAlgorithm, extendedKeyUsage };
  });
}

/** What a verdict says of trust. */
export function trustWords(trust: Trust | null | undefined): string {
  if (!trust) return 'trust not judged';
  return `${trust.trusted ? 'trusted' : 'not trusted'} by ${trust.store}`;
}

/** The same fields as `inspect` prints; the key stays where it is, and friendly names never leave a store. */
function inspected(facts: CertificateFacts): InspectedCertificate {
  const { thumbprint, sha256, subject, issuer, tlsCertificateName, serialNumber } = facts;
  const { notBefore, notAfter, dnsNames, keyAlgorithm, keySize } = facts;
  return {
    ...{ thumbprint, sha256, subject, issuer, tlsCertificateName, serialNumber },
    ...{ notBefore, notAfter, dnsNames, keyAlgorithm, keySize },
    hasPrivateKey: false,
    friendlyName: null,
  };
}

export function readable({ endpoint, address, protocol, outcome, certificate, tls, findings, ...line }: Line): string {
  const [leaf] = line.elements;
  const what = certificate ? `${certificate.thumbprint} ${certificate.subject} until ${certificate.notAfter}` : outcome;
  const more = [
    ...(leaf ? [leaf.days === 1 ? '1 day left' : `${leaf.days} days left`] : []),
    ...(tls ? [tls.version, trustWords(line.trust)] : []),
  ];
  const lines = [
    `${endpoint}${address === null ? '' : ` (${address})`} ${protocol} ${what}${more.length === 0 ? '' : ` (${more.join(', ')})`}`,
    ...findings.map(
      ({ severity, message, remedy }) => `  ${severity}: ${message}${remedy === null ? '' : ` ${remedy}`}`,
    ),
  ];
  return `${lines.map(forTerminal).join('\n')}\n`;
}
