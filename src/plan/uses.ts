// What uses a certificate on a server, from first evidence; what is not told counts as a use.
import { endpointFacts, endpointKinds } from '../model/endpoints';
import { coversHostname } from '../model/hostnames';
import type { Found, InstalledCertificate } from '../model/found';
import { nameReference } from '../model/nameReference';
import { sameName, type ServerName, type Thumbprint, type Time } from '../model/names';
import type { Observation } from '../model/observation';
import type { MailServiceRow, SendConnectorRow } from '../model/snapshot';
import type { EndpointKind } from '../model/wanted';
import { bindingText } from './bindings';
import { refersTo } from './tlsCertificateName';
import { canReplaceForSmtp } from './usable';
import { type ServerView, type View, viewOf } from './view';

export type UseCode =
  | 'server'
  | 'certificate'
  | 'auth'
  | 'federation'
  | 'internal-transport'
  | 'binding'
  | 'pop'
  | 'imap'
  | 'receive-connector'
  | 'send-connector'
  | 'hybrid'
  | 'services'
  | 'self-signed'
  | 'management-service';

export interface Use {
  readonly code: UseCode;
  /** What uses it: a connector, `443`, `10.0.0.5:443`, `current`, a server; "" where the code says all. A stranger's text. */
  readonly what: string;
  /** False: not told, and so it may be a use. */
  readonly certain: boolean;
}

/** How the mail services of the server are looked at, which alone tells what a running one presents, and what stands in. */
export interface Looks {
  /** The endpoints that are to be looked at; a service without one of them is judged by its name, as a stopped one is. */
  readonly endpoints: readonly EndpointKind[];
  /** A look that reached nothing and was accepted so: what is behind it is judged by its name, too. */
  readonly unseen: (observation: Observation) => boolean;
  /** Looks from before that time count for nothing; null: all count. */
  readonly since: Time | null;
  /** What served before the certificate came and would serve again, though it ends earlier; null: nothing is taken for that. */
  readonly instead: Thumbprint | null;
}

const allLooks: Looks = { endpoints: endpointKinds, unseen: () => false, since: null, instead: null };

/**
 * The guard set of removal (docs/facts-exchange.md#removal): everything that uses, or may use, the certificate of `thumbprint` in
 * the store of `server`. [] only where every place was told and none names it.
 */
export function usesOf(
  found: Found,
  server: ServerName,
  thumbprint: Thumbprint,
  looks: Looks = allLooks,
): readonly Use[] {
  const view = viewOf(found);
  const there = view.server(server);
  if (there?.reached !== true) return [maybe('server', server)];
  if (there.certificates === null) return [maybe('certificate', server)];
  const certificate = there.certificates.get(thumbprint);
  return [
    ...organizationUses(found, thumbprint),
    ...bindingUses(there, thumbprint),
    ...mailServiceUses(view, there, certificate, thumbprint, looks),
    ...(certificate === undefined ? [] : ofItself(certificate)),
    ...(certificate === undefined ? [] : connectorUses(found, there, certificate, looks.instead)),
  ];
}

const certainly = (code: UseCode, what = ''): Use => ({ code, what, certain: true });
const maybe = (code: UseCode, what = ''): Use => ({ code, what, certain: false });

/** Uses by thumbprint that are of no one server: OAuth, federation, and the internal transport of any server. */
function organizationUses(found: Found, thumbprint: Thumbprint): readonly Use[] {
  const { auth, federation } = found;
  const current = auth?.current ?? null;
  return [
    ...(current === null ? [maybe('auth', 'current')] : []),
    ...(['current', 'previous', 'next'] as const)
      .filter((which) => auth?.[which] === thumbprint)
      .map((which) => certainly('auth', which)),
    ...(federation === null ? [maybe('federation')] : []),
    ...(federation?.includes(thumbprint) === true ? [certainly('federation')] : []),
    ...found.servers
      .filter((row) => row.internalTransport === thumbprint)
      .map((row) => certainly('internal-transport', row.name)),
  ];
}

/** Any port counts, 443 and 444 before all; a binding of which one of the two witnesses is silent may be one. */
function bindingUses({ row }: ServerView, thumbprint: Thumbprint): readonly Use[] {
  const internal = row.internalTransport === null ? [maybe('internal-transport', row.name)] : [];
  if (row.bindings === null) return [...internal, maybe('binding')];
  return [
    ...internal,
    ...row.bindings.flatMap((binding) => {
      const { iis, httpSys } = binding;
      const what = bindingText(binding);
      if (iis === thumbprint || httpSys === thumbprint) return [certainly('binding', what)];
      return iis === null || httpSys === null ? [maybe('binding', what)] : [];
    }),
  ];
}

/** A running service is asked from outside; a stopped one would take the best match of its name when it is started. */
function mailServiceUses(
  view: View,
  there: ServerView,
  certificate: InstalledCertificate | undefined,
  thumbprint: Thumbprint,
  { endpoints, unseen, since, instead }: Looks,
): readonly Use[] {
  const judge = (code: 'pop' | 'imap', service: MailServiceRow | null): readonly Use[] => {
    if (service?.running === undefined || service.running === null) return [maybe(code)];
    const byName = (): readonly Use[] =>
      certificate === undefined ? [] : usesByName(code, service.x509CertificateName, there, certificate, instead);
    const open = endpoints.filter((kind) => endpointFacts[kind].service === (code === 'pop' ? 'POP' : 'IMAP'));
    if (!service.running || open.length === 0) return byName();
    const seen = open
      .flatMap((kind) => view.observation(there.row.name, kind) ?? [])
      .filter(({ at }) => since === null || at >= since);
    // a service has one certificate for all its ports: one that presents it tells, whatever another is silent about
    const presented = seen.flatMap(({ outcome, certificate: leaf }) => (outcome === 'presented' && leaf ? [leaf] : []));
    if (presented.length > 0) return presented.some((leaf) => leaf.thumbprint === thumbprint) ? [certainly(code)] : [];
    return seen.length > 0 && seen.every(unseen) ? byName() : [maybe(code)];
  };
  return [...judge('pop', there.row.pop), ...judge('imap', there.row.imap)];
}

function usesByName(
  code: 'pop' | 'imap',
  name: string | null,
  there: ServerView,
  certificate: InstalledCertificate,
  instead: Thumbprint | null,
): readonly Use[] {
  if (name === null || certificate.facts === null) return [maybe(code)];
  const covers = (one: InstalledCertificate): boolean => coversHostname(one.facts?.dnsNames ?? [], name);
  if (!covers(certificate)) return [];
  const { notAfter } = certificate.facts;
  const better = [...(there.certificates?.values() ?? [])].some(
    (one) =>
      covers(one) &&
      one.hasPrivateKey === true &&
      (one.thumbprint === instead || (one.facts !== null && one.facts.notAfter > notAfter)),
  );
  return better ? [] : [certainly(code)];
}

/** What the certificate is, whoever names it: built-in and self-signed ones are never rotation targets (docs/facts-exchange.md#built-in-certificates). */
function ofItself({ facts, friendlyName, services }: InstalledCertificate): readonly Use[] {
  return [
    ...(facts === null ? [maybe('certificate')] : []),
    ...(facts?.isSelfIssued === true ? [certainly('self-signed')] : []),
    ...(/^WMSvc/i.test(friendlyName ?? '') || /^CN=WMSvc/i.test(facts?.subject ?? '')
      ? [certainly('management-service')]
      : []),
    ...(services ?? [])
      .filter((service) => ['IIS', 'FEDERATION', 'UM', 'UMCALLROUTER'].includes(service.toUpperCase()))
      .map((service) => certainly('services', service)),
  ];
}

/** Connectors select by issuer and subject; one without a name selects by host name (docs/facts-exchange.md#selection). */
function connectorUses(
  found: Found,
  there: ServerView,
  certificate: InstalledCertificate,
  instead: Thumbprint | null,
): readonly Use[] {
  const { facts } = certificate;
  if (facts === null) return [];
  const others = [...(there.certificates?.values() ?? [])].filter((one) =>
    canReplaceForSmtp(one, certificate, instead),
  );
  const hasHeir = others.some((one) => refersTo(one.facts?.tlsCertificateName ?? '', facts.tlsCertificateName));
  const coveredNames = others.flatMap((one) => one.facts?.dnsNames ?? []);
  const coversMore = facts.dnsNames.some((name) => !coversHostname(coveredNames, name));
  const judge = (code: UseCode, what: string, value: string | null): readonly Use[] => {
    if (value === null) return [maybe(code, what)];
    if (value === '') return coversMore && code !== 'hybrid' ? [certainly(code, what)] : [];
    const refers = nameReference(value, facts);
    if (refers === 'unknown') return [maybe(code, what)];
    return refers === 'yes' && !hasHeir ? [certainly(code, what)] : [];
  };
  // a source that is no server known here and no Edge subscription may be this server under another name
  const isKnown = (source: ServerName): boolean =>
    found.servers.some(({ name }) => sameName(name, source)) ||
    found.edgeSubscriptions?.some((edge) => sameName(edge, source)) === true;
  const sends = ({ name, sourceTransportServers: sources, tlsCertificateName }: SendConnectorRow): readonly Use[] => {
    const uses = judge('send-connector', name, tlsCertificateName);
    if (sources?.some((source) => sameName(source, there.row.name)) === true) return uses;
    const isCertain = sources !== null && sources.length > 0 && sources.every(isKnown);
    return isCertain ? [] : uses.map(({ code, what }) => maybe(code, what));
  };
  return [
    ...(there.row.receiveConnectors?.flatMap((one) =>
      judge('receive-connector', one.identity, one.tlsCertificateName),
    ) ?? [maybe('receive-connector')]),
    ...(found.sendConnectors?.flatMap(sends) ?? [maybe('send-connector')]),
    ...judge('hybrid', '', found.hybrid?.tlsCertificateName ?? null),
  ];
}
