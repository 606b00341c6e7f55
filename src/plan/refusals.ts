// Why there can be no plan: each reason recognised before a step is thought of.
import { coversHostname } from '../model/hostnames';
import type { Found } from '../model/found';
import { isKnownDate, sameName, type Time } from '../model/names';
import type { Refusal } from '../model/plan';
import type { Rotation } from '../model/rotation';
import type { Wanted, WantedCertificate } from '../model/wanted';
import { classify } from './classify';
import { isEdge } from './edge';
import { expectedName, factsOf, freshFacts } from './planning';
import { refersTo } from './tlsCertificateName';
import { untoldHosts } from './toldHosts';
import { viewOf } from './view';

export interface RefusalInputs {
  readonly wanted: Wanted;
  readonly rotation: Rotation;
  readonly baseline: Found;
  readonly found: Found;
  readonly now: Time;
}

/** The limit of the attribute a connector's name is stored in (docs/facts-exchange.md#name-length). */
const longestName = 256;

/** [] where a plan can be made. */
export function refusalsOf(inputs: RefusalInputs): readonly Refusal[] {
  const { wanted, rotation } = inputs;
  const certificate = wanted.certificates.find((one) => one.name === rotation.config.certificate);
  return [
    ...(certificate === undefined ? [refuse('unknown-certificate', rotation.config.certificate)] : []),
    ...serverRefusals(inputs),
    ...hostRefusals(inputs),
    ...oldRefusals(inputs),
    ...freshRefusals(inputs, certificate),
  ];
}

function refuse(code: Refusal['code'], where: string, detail: string | null = null): Refusal {
  return { code, where, detail };
}

function serverRefusals({ wanted, rotation, baseline, found }: RefusalInputs): readonly Refusal[] {
  const configured = new Map(wanted.servers.map((one) => [one.name.toUpperCase(), one] as const));
  return rotation.servers.flatMap((name) => {
    const server = configured.get(name.toUpperCase());
    const rows = [viewOf(baseline).server(name)?.row, viewOf(found).server(name)?.row];
    if (server === undefined) return [refuse('unknown-server', name)];
    if (server.mode === 'local') return [refuse('local-mode', name)];
    const roles = rows.flatMap((row) => row?.roles ?? []);
    if ([baseline, found].some((one) => isEdge({ name, roles }, one))) return [refuse('edge', name)];
    return rows.includes(undefined) ? [refuse('no-snapshot-of-server', name)] : [];
  });
}

/** A server without a snapshot was refused as that. */
function hostRefusals({ wanted, rotation, baseline }: RefusalInputs): readonly Refusal[] {
  const missing = rotation.servers.filter((name) => viewOf(baseline).server(name) === undefined);
  return untoldHosts(wanted, baseline).filter(({ where }) => !missing.some((name) => sameName(name, where)));
}

function oldRefusals({ rotation, baseline, found, wanted }: RefusalInputs): readonly Refusal[] {
  const { thumbprint } = rotation.from;
  const old = factsOf(thumbprint, [baseline, found]);
  if (thumbprint === rotation.to.thumbprint) return [refuse('same-certificate', thumbprint)];
  if (old === undefined) return [refuse('old-certificate-not-found', thumbprint)];
  const { auth, federation } = baseline;
  const protectedBy = [
    ...(['current', 'previous', 'next'] as const)
      .filter((which) => auth?.[which] === thumbprint)
      .map((one) => `auth ${one}`),
    ...(federation?.includes(thumbprint) === true ? ['federation'] : []),
    ...(/^CN=WMSvc/i.test(old.subject) ? ['WMSvc'] : []),
  ];
  const kind = classify(old, freshFacts(rotation, [found, baseline]), expectedName(thumbprint, [baseline, found]));
  return [
    ...protectedBy.map((what) => refuse('protected-certificate', thumbprint, what)),
    ...(kind === 'new-name' ? [] : [refuse(kind, wanted.organization, old.tlsCertificateName)]),
  ];
}

function freshRefusals(
  { rotation, now, baseline, wanted }: RefusalInputs,
  certificate: WantedCertificate | undefined,
): readonly Refusal[] {
  const fresh = rotation.to.certificate;
  const uncovered = (certificate?.hostnames ?? []).filter((host) => !coversHostname(fresh.dnsNames, host));
  const name = fresh.tlsCertificateName;
  const named = isNamed(baseline, wanted, rotation);
  return [
    ...uncovered.map((host) => refuse('hostname-not-covered', host)),
    ...(fresh.notAfter <= now ? [refuse('expired', fresh.thumbprint, toldDay(fresh.notAfter))] : []),
    ...(fresh.notBefore > now ? [refuse('not-yet-valid', fresh.thumbprint, toldDay(fresh.notBefore))] : []),
    // Exchange takes others only by a registry value from certain builds on, and never for everything (docs/facts-exchange.md#key-algorithm)
    ...(fresh.keyAlgorithm === 'RSA' ? [] : [refuse('key-not-rsa', fresh.thumbprint, fresh.keyAlgorithm)]),
    ...(named && fresh.subject === '' ? [refuse('empty-subject', fresh.thumbprint, name)] : []),
    // by a predicted length only where the prediction is certain: Exchange refuses by itself what it can't store
    ...(named && name.length > longestName && fresh.uncertainNames === undefined
      ? [refuse('name-too-long', fresh.thumbprint, String(name.length))]
      : []),
  ];
}

function toldDay(time: Time): string {
  return isKnownDate(time) ? time : 'a day that is not known';
}

/** Whether any connector is to carry the new certificate's name, or carries the old one's. */
function isNamed(baseline: Found, { connectors }: Wanted, { config, from }: Rotation): boolean {
  const old = factsOf(from.thumbprint, [baseline])?.tlsCertificateName ?? '';
  const values = [
    ...(baseline.sendConnectors ?? []),
    ...baseline.servers.flatMap((row) => row.receiveConnectors ?? []),
    ...(baseline.hybrid === null ? [] : [baseline.hybrid]),
  ];
  return (
    [...connectors.send, ...connectors.receive].some((one) => one.certificate === config.certificate) ||
    values.some(({ tlsCertificateName }) => refersTo(tlsCertificateName ?? '', old))
  );
}
