// What observations mean: as planned or not, valid, covering, complete, the same on every node. Pure; words are made elsewhere.
import type { Finding } from '../model/certificate';
import { daysUntil, expiryOf, type ExpiryThresholds } from '../model/expiry';
import type { Thumbprint, Time } from '../model/names';
import type { Observation, ObservationOutcome } from '../model/observation';

export interface Expectation {
  /** The certificate that must be presented, and the one it replaces; null where no plan says. */
  readonly planned: Thumbprint | null;
  readonly old: Thumbprint | null;
  readonly now: Time;
  readonly thresholds: ExpiryThresholds;
}

export type Failure = Exclude<ObservationOutcome, 'presented'>;

type FindingData = Readonly<
  Record<
    Failure,
    {
      readonly detail: string | null;
      readonly protocol: Observation['endpoint']['protocol'];
      /** Versions of TLS that could not be tried. */
      readonly untried: readonly string[];
    }
  >
> & {
  readonly 'as-planned': object;
  readonly 'still-old': { readonly presented: Thumbprint; readonly planned: Thumbprint };
  /** `old` is null where nothing is being replaced. */
  readonly 'third-certificate': {
    readonly presented: Thumbprint;
    readonly planned: Thumbprint;
    readonly old: Thumbprint | null;
  };
  readonly 'certificate-unreadable': object;
  readonly expired: { readonly notAfter: Time };
  readonly 'not-yet-valid': { readonly notBefore: Time };
  readonly expiring: { readonly notAfter: Time; readonly days: number };
  readonly 'name-not-covered': { readonly servername: string; readonly dnsNames: readonly string[] };
  readonly 'chain-incomplete': { readonly issuer: string };
  readonly 'chain-out-of-order': object;
  readonly 'nodes-differ': { readonly nodes: readonly { readonly node: string; readonly presented: Thumbprint }[] };
};

export type ProbeFindingCode = keyof FindingData;

export type ProbeFinding = {
  readonly [Code in ProbeFindingCode]: {
    readonly code: Code;
    readonly severity: Finding['severity'];
  } & FindingData[Code];
}[ProbeFindingCode];

/** What one observation means by itself, the gravest first within its kind. [] is said of nothing: no plan, and all well. */
export function judge(observation: Observation, expectation: Expectation): readonly ProbeFinding[] {
  const { outcome, detail, endpoint, certificate, untried = [] } = observation;
  if (outcome !== 'presented')
    return [{ code: outcome, severity: 'error', detail, protocol: endpoint.protocol, untried }];
  if (!certificate) return [{ code: 'certificate-unreadable', severity: 'error' }];
  const findings: ProbeFinding[] = [
    ...judgeIdentity(certificate.thumbprint, expectation),
    ...judgeDates(certificate.notBefore, certificate.notAfter, expectation),
  ];
  if (observation.nameMatches === false)
    findings.push({
      code: 'name-not-covered',
      severity: 'error',
      servername: endpoint.servername,
      dnsNames: certificate.dnsNames,
    });
  // A warning: where the issuer is a root that all clients have, a leaf alone is enough.
  if (observation.chainComplete === false)
    findings.push({ code: 'chain-incomplete', severity: 'warning', issuer: certificate.issuer });
  // RFC 8446 section 4.4.2 asks clients to bear with it.
  if (observation.chainInOrder === false) findings.push({ code: 'chain-out-of-order', severity: 'information' });
  return findings;
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
      certificate ? [{ node: server ?? `${endpoint.host}:${endpoint.port}`, presented: certificate.thumbprint }] : [],
    );
    if (new Set(nodes.map(({ presented }) => presented)).size < 2) continue;
    for (const observation of group) findings.set(observation, { code: 'nodes-differ', severity: 'warning', nodes });
  }
  return findings;
}
