// What observations mean: as planned or not, valid, covering, complete, the same on every node. Pure; words are made elsewhere.
import type { CertificateFacts } from '../model/certificate';
import { daysUntil, expiryOf } from '../model/expiry';
import type { Thumbprint, Time } from '../model/names';
import type { Observation } from '../model/observation';
import { judgeChain } from './chainFindings';
import type { Expectation, ProbeFinding } from './finding';
import { coversName } from './nameMatch';

/** What one observation means by itself, the gravest first within its kind. [] is said of nothing: no plan, and all well. */
export function judge(observation: Observation, expectation: Expectation): readonly ProbeFinding[] {
  const { outcome, detail, endpoint, certificate, untried = [] } = observation;
  if (outcome !== 'presented')
    return [{ code: outcome, severity: 'error', detail, protocol: endpoint.protocol, untried }];
  if (!certificate) return [{ code: 'certificate-unreadable', severity: 'error' }];
  return [
    ...judgeIdentity(certificate.thumbprint, expectation),
    ...judgeDates(certificate.notBefore, certificate.notAfter, expectation),
    ...judgeNames(observation, certificate),
    ...judgeChain(observation, certificate, expectation),
    ...judgeVersion(observation),
  ];
}

/** The name that was asked for, and the further ones that clients of the service ask for. */
function judgeNames(
  { endpoint: { servername, furtherNames = [] }, nameMatches }: Observation,
  certificate: CertificateFacts,
): readonly ProbeFinding[] {
  return [
    ...(nameMatches === false ? [servername] : []),
    ...furtherNames.filter((name) => !coversName(certificate, name)),
  ].map((name) => ({
    code: 'name-not-covered',
    severity: 'error',
    servername: name,
    dnsNames: certificate.dnsNames,
  }));
}

/** A look offers every version: what was agreed on is the newest that the server speaks. RFC 8996 forbids the older ones. */
function judgeVersion({ tls }: Observation): readonly ProbeFinding[] {
  return tls !== null && /^(?:SSLv|TLSv1$|TLSv1\.1$)/u.test(tls.version)
    ? [{ code: 'old-tls', severity: 'error', version: tls.version }]
    : [];
}

function judgeIdentity(presented: Thumbprint, { planned, old }: Expectation): readonly ProbeFinding[] {
  if (planned === null) return [];
  if (presented === planned) return [{ code: 'as-planned', severity: 'information' }];
  return presented === old
    ? [{ code: 'still-old', severity: 'error', presented, planned }]
    : [{ code: 'third-certificate', severity: 'error', presented, planned, old }];
}

/** Both ends belong to the time in which a certificate is valid (RFC 5280 section 4.1.2.5). */
function judgeDates(notBefore: Time, notAfter: Time, { now, thresholds }: Expectation): readonly ProbeFinding[] {
  const at = new Date(now);
  const days = daysUntil(notAfter, at);
  const expiry = expiryOf(days, thresholds);
  if (expiry === 'expired') return [{ code: 'expired', severity: 'error', notAfter }];
  if (at.getTime() < Date.parse(notBefore)) return [{ code: 'not-yet-valid', severity: 'error', notBefore }];
  return expiry === 'none' ? [] : [{ code: 'expiring', severity: expiry, notAfter, days }];
}

type NodesDiffer = Extract<ProbeFinding, { code: 'nodes-differ' }>;

/** For each observation of a service that presents different certificates on different nodes: the same protocol and name. */
export function compareNodes(observations: readonly Observation[]): ReadonlyMap<Observation, NodesDiffer> {
  const services = new Map<string, Observation[]>();
  for (const observation of observations) {
    const { kind, protocol, servername } = observation.endpoint;
    if (observation.outcome !== 'presented' || !observation.certificate) continue;
    const service = `${kind ?? protocol} ${servername.toLowerCase()}`;
    const group = services.get(service);
    if (group) group.push(observation);
    else services.set(service, [observation]);
  }
  const findings = new Map<Observation, NodesDiffer>();
  for (const group of services.values()) {
    const nodes = group.flatMap(({ server, endpoint, certificate }) =>
      certificate ? [{ node: nodeName(server, endpoint), presented: certificate.thumbprint }] : [],
    );
    if (new Set(nodes.map(({ presented }) => presented)).size < 2) continue;
    for (const observation of group) findings.set(observation, { code: 'nodes-differ', severity: 'warning', nodes });
  }
  return findings;
}

/** `SERVER1`, or where it is none of a configuration its host and port; with the address where the host has several. */
function nodeName(server: Observation['server'], { host, port, address }: Observation['endpoint']): string {
  const name = server ?? `${host}:${port}`;
  return address === undefined ? name : `${name} (${address})`;
}
