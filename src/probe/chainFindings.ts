// What the certificates sent mean together: whether they lead to a root that is trusted, how long, and what a client may refuse of them.
import { servingFindings } from '../certificate/servingFindings';
import type { CertificateFacts } from '../model/certificate';
import { daysUntil, expiryOf } from '../model/expiry';
import { own } from '../model/own';
import type { Observation } from '../model/observation';
import type { Expectation, ProbeFinding } from './finding';

/** The gravest first within its kind; [] where there is nothing to say, or nothing was sent but the leaf and no more is known. */
export function judgeChain(
  observation: Observation,
  leaf: CertificateFacts,
  expectation: Expectation,
): readonly ProbeFinding[] {
  const { issuers = [] } = observation;
  const found: readonly ProbeFinding[] = [
    ...weaknesses(leaf, null, expectation),
    ...issuers.flatMap((issuer) => [
      ...judgeIssuerDates(observation, issuer, expectation),
      ...weaknesses(issuer, issuer.subject, expectation),
    ]),
  ];
  return [...judgeTrust(observation, leaf, found, expectation), ...found, ...judgeShape(observation, leaf)];
}

function weaknesses(facts: CertificateFacts, subject: string | null, { now }: Expectation): readonly ProbeFinding[] {
  return servingFindings(facts, subject === null ? 'leaf' : 'issuer', now).map(
    ({ code, severity, message, remedy }) => ({ code, severity, subject, message, remedy }),
  );
}

/** An error where it ended, unless the store leads another way: then clients with an older store may still refuse it. */
function judgeIssuerDates(
  { trust }: Observation,
  { subject, notBefore, notAfter }: CertificateFacts,
  { now, thresholds }: Expectation,
): readonly ProbeFinding[] {
  const at = new Date(now);
  const days = daysUntil(notAfter, at);
  const expiry = expiryOf(days, thresholds);
  if (expiry === 'expired')
    return [{ code: 'issuer-expired', severity: trust?.trusted === true ? 'warning' : 'error', subject, notAfter }];
  if (at.getTime() < Date.parse(notBefore))
    return [{ code: 'issuer-not-yet-valid', severity: 'error', subject, notBefore }];
  return expiry === 'none' ? [] : [{ code: 'issuer-expiring', severity: expiry, subject, notAfter, days }];
}

/** One finding a cause: what `found` or an expired leaf says already is not said again. */
function judgeTrust(
  { trust, selfSigned, endpoint }: Observation,
  leaf: CertificateFacts,
  found: readonly ProbeFinding[],
  { now }: Expectation,
): readonly ProbeFinding[] {
  const trusted = trust?.trusted ?? null;
  if (selfSigned === true) {
    // The back end presents the certificate that Exchange's setup made and signed with its own key.
    const isUsual = endpoint.kind === 'backEnd' || trusted === true;
    const severity = isUsual ? 'information' : trusted === false ? 'error' : 'warning';
    return [{ code: 'self-signed', severity, subject: leaf.subject, trusted }];
  }
  if (trust === undefined || trust.trusted) return [];
  const isSaid: Readonly<Record<string, boolean>> = {
    CERT_HAS_EXPIRED: leaf.notAfter < now || found.some(({ code }) => code === 'issuer-expired'),
    CERT_NOT_YET_VALID: leaf.notBefore > now || found.some(({ code }) => code === 'issuer-not-yet-valid'),
    INVALID_PURPOSE: found.some(({ code }) => code === 'no-server-auth'),
  };
  if (own(isSaid, trust.reason ?? '') === true) return [];
  return [{ code: 'not-trusted', severity: 'error', store: trust.store, reason: trust.reason }];
}

function judgeShape(observation: Observation, leaf: CertificateFacts): readonly ProbeFinding[] {
  const { chainComplete, chainInOrder, issuers = [], stray, sent, chain, trust } = observation;
  const findings: ProbeFinding[] = [];
  // A warning: where the issuer is a root that all clients have, a leaf alone is enough; the store that trusts it may hold more than theirs.
  if (chainComplete === false) {
    const severity = trust?.trusted === true ? 'information' : 'warning';
    findings.push({ code: 'chain-incomplete', severity, issuer: (issuers.at(-1) ?? leaf).issuer });
  }
  if (sent !== undefined) findings.push({ code: 'chain-not-read', severity: 'warning', sent, read: chain.length });
  // RFC 8446 section 4.4.2 asks clients to bear with both.
  if (chainInOrder === false) findings.push({ code: 'chain-out-of-order', severity: 'information' });
  if (stray !== undefined) findings.push({ code: 'chain-extra', severity: 'information', count: stray });
  return findings;
}
