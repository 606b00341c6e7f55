// From an organization's file to the state the lab is started with.
import {
  type LabBinding,
  type LabCertificate,
  type LabReceiveConnector,
  type LabSendConnector,
  type LabServer,
  type LabState,
  type LabStoreEntry,
} from '../state';
import { friendlyName } from '../sample';
import { bindingsOfSetup, connectorsOfSetup, servicesOfSetup } from '../setup';
import { namesOf, type Organization, serverNames } from './readOrganization';
import { exchangeBuilds, type ReceiveDescription, type ServerDescription, windowsBuilds } from './schema';

/** `old` and `new` are A and B for the tests. */
const roleOf = (written: string): string => ({ old: 'A', new: 'B' })[written] ?? written;
const nameOf = (written: string): string | null => (written === 'none' ? null : `@${roleOf(written)}`);

/** Two keys a server would take a machine that has none yet minutes to make; more servers than this share some. */
const serversWithKeysOfTheirOwn = 8;

/** The state of a fresh organization, its dates counted from `now`. */
export function stateOf(made: Organization, now = new Date()): LabState {
  const names = serverNames(made);
  const mailbox = names.filter((name) => describe(made, name).role !== 'Edge');
  const state: LabState = {
    name: made.organization,
    domain: made.domain,
    domainControllers: [...made.domainControllers],
    ...(made.secondBinding === 'moves' ? {} : { settings: { secondBinding: made.secondBinding } }),
    authorities: {
      root: { subject: 'CN=ISRG Root X1, O=Internet Security Research Group, C=US' },
      ...Object.fromEntries(
        Object.entries(made.authorities).map(([name, subject]) => [name, { subject, issuer: 'root' }]),
      ),
    },
    certificates: certificatesOf(made),
    servers: [],
    sendConnectors: Object.entries(made.send).map(([name, one]): LabSendConnector => ({
      name,
      addressSpaces: typeof one.to === 'string' ? [one.to] : [...one.to],
      sourceTransportServers: [...(one.from ?? mailbox)],
      tlsCertificateName: nameOf(one.certificate),
      ...(one.cloud ? cloudSettings(made) : {}),
    })),
    hybrid:
      made.hybrid === 'none'
        ? null
        : {
            tlsCertificateName: nameOf(made.hybrid),
            sendingTransportServers: [...mailbox],
            receivingTransportServers: [...mailbox],
          },
    auth: { current: 'auth' },
    ...(made.edgeSubscriptions.length > 0 ? { edgeSubscriptions: [...made.edgeSubscriptions] } : {}),
  };
  names.forEach((name, at) => {
    const key = names.length > serversWithKeysOfTheirOwn ? { keySlot: 200 + (at % 4) } : {};
    state.certificates[`self-${name}`] = {
      subject: `CN=${name}`,
      days: [-700, 1100],
      dnsNames: [name, `${name.toLowerCase()}.${made.domain}`],
      ...key,
    };
    state.certificates[`wmsvc-${name}`] = { subject: `CN=WMSvc-SHA2-${name}`, days: [-700, 2950], ...key };
    state.servers.push(serverOf(made, name, at, now));
  });
  return state;
}

/** What the file says of a server, over what it says of every server. */
export function describe(made: Organization, name: string): ServerDescription {
  const own = Object.entries(made.servers).find(([written]) => namesOf(written).includes(name))?.[1] ?? {};
  return { ...made.everyServer, ...own, receive: { ...made.everyServer.receive, ...own.receive } };
}

function certificatesOf({ old, new: fresh, certificates }: Organization): Record<string, LabCertificate> {
  const made = (one: {
    subject: string;
    issuer?: string | undefined;
    days: [number, number];
    names: readonly string[];
    key: NonNullable<LabCertificate['key']>;
  }): LabCertificate => ({
    subject: one.subject,
    ...(one.issuer === undefined ? {} : { issuer: one.issuer }),
    days: one.days,
    dnsNames: [...one.names],
    ...(one.key === 'rsa2048' ? {} : { key: one.key }),
  });
  const b = {
    subject: fresh.subject ?? old.subject,
    issuer: fresh.issuer,
    days: fresh.days,
    names: fresh.names ?? old.names,
    key: fresh.key ?? old.key,
  };
  return {
    A: made(old),
    B: made(b),
    auth: { subject: 'CN=Microsoft Exchange Server Auth Certificate', days: [-700, 1100] },
    ...Object.fromEntries(Object.entries(certificates).map(([name, one]) => [name, made(one)])),
  };
}

function cloudSettings({ old }: Organization): Partial<LabSendConnector> {
  return {
    requireTls: true,
    tlsAuthLevel: 'DomainValidation',
    tlsDomain: 'mail.protection.outlook.com',
    fqdn: old.names.find((name) => !name.includes('*')) ?? null,
    cloudServicesMailEnabled: true,
  };
}

function serverOf(made: Organization, name: string, at: number, now: Date): LabServer {
  const described = describe(made, name);
  const isEdge = described.role === 'Edge';
  const self = `self-${name}`;
  const own = (role: string): string => (role === 'self' ? self : roleOf(role));
  const serves = own(described.serves ?? 'old');
  const pop = !isEdge && (described.pop ?? true);
  const imap = !isEdge && (described.imap ?? true);
  const clientName = made.old.names.find((one) => !one.includes('*')) ?? `mail.${made.domain}`;
  return {
    name,
    exchange: exchangeBuilds[described.exchange ?? '2019'],
    windows: windowsBuilds[described.windows ?? '2022'],
    ...(isEdge ? { roles: ['Edge'] } : {}),
    ...(described.site === undefined ? {} : { site: described.site }),
    ...(made.listeners ? { address: `127.0.0.${String(11 + at)}` } : {}),
    ports: { smtp: 2525, https: isEdge ? 0 : 8443, imaps: isEdge ? 0 : 9993, pop3s: isEdge ? 0 : 9995 },
    store: storeOf(made, name, serves, now),
    intermediateStore: Object.keys(made.authorities),
    internalTransport: own(described.internalTransport ?? 'self'),
    bindings: isEdge
      ? []
      : [
          ...bindingsOfSetup(own(described.front ?? described.serves ?? 'old'), self, described.requireSsl ?? true),
          ...namedBindings(described, own),
        ],
    services: isEdge
      ? { MSExchangeTransport: true, MSExchangeServiceHost: true, W3SVC: false, WinRM: true }
      : servicesOfSetup({ pop, imap }),
    pop: { x509CertificateName: clientName },
    imap: { x509CertificateName: clientName },
    receiveConnectors: receiveOf(name, described, isEdge),
    ...(described.ecc === undefined ? {} : { eccSupport: described.ecc ? '1' : '0' }),
  };
}

/** Names bound by SNI beside the bindings of setup, as an ACME client of IIS leaves them (win-acme#1083). */
function namedBindings(
  { sni = {}, requireSsl = true }: ServerDescription,
  own: (role: string) => string,
): LabBinding[] {
  return Object.entries(sni).map(([host, role]) => ({
    ...{ site: 'Default Web Site', ip: '*', port: 443, host },
    ...{ iis: own(role), httpSys: own(role), requireSsl },
  }));
}

function storeOf(made: Organization, name: string, serves: string, now: Date): LabStoreEntry[] {
  const { exportable = true, holds = [], lacksOld = false } = describe(made, name);
  const isWildcard = made.old.subject.includes('CN=*.');
  const inUse = {
    networkService: true,
    ...(isWildcard ? { services: ['SMTP'] } : { services: ['IMAP', 'POP', 'SMTP'], enabledAt: 1 }),
  };
  const friendly = (role: string): string => {
    const [from, to] = role === 'A' ? made.old.days : made.new.days;
    const inDays = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
    return friendlyName(inDays(from), inDays(to), made.old.names[0]);
  };
  const entry = (role: string): LabStoreEntry => ({
    certificate: role,
    friendlyName: role === 'A' || role === 'B' ? friendly(role) : role,
    exportable: role === 'B' ? false : exportable,
    ...(role === serves ? inUse : {}),
  });
  const held = [...new Set([...(lacksOld ? [] : ['A']), serves, ...holds.map(roleOf)])].filter(
    (role) => !role.startsWith('self-'),
  );
  return [
    ...held.map(entry),
    {
      ...{ certificate: `self-${name}`, friendlyName: 'Microsoft Exchange' },
      ...{ networkService: true, services: ['IMAP', 'POP', 'SMTP'] },
    },
    {
      ...{ certificate: 'auth', friendlyName: 'Microsoft Exchange Server Auth Certificate' },
      ...{ networkService: true, exportable: true, services: ['SMTP'] },
    },
    { certificate: `wmsvc-${name}`, friendlyName: 'WMSvc-SHA2' },
  ];
}

/** Those that setup makes, and those the file names; a `Default Frontend` named there is the one of setup. */
function receiveOf(name: string, { receive = {} }: ServerDescription, isEdge: boolean): LabReceiveConnector[] {
  const named = new Map(Object.entries(receive).map(([written, one]) => [written.replaceAll('{server}', name), one]));
  const take = (connector: string, standard: string): string | null => {
    const written = named.get(connector);
    named.delete(connector);
    return nameOf(written === undefined ? standard : certificateOf(written));
  };
  const internal = `Default internal receive connector ${name}`;
  const standard = (connector: string): string =>
    connector === internal || connector === `Default Frontend ${name}` ? 'old' : 'none';
  const ofSetup: LabReceiveConnector[] = isEdge
    ? [
        {
          ...{ name: internal, role: 'HubTransport', bindings: ['0.0.0.0:25'] },
          ...{ authMechanism: ['Tls', 'ExchangeServer'], permissionGroups: ['AnonymousUsers', 'ExchangeServers'] },
          tlsCertificateName: take(internal, standard(internal)),
        },
      ]
    : connectorsOfSetup(name, (connector) => take(connector, standard(connector)));
  return [
    ...ofSetup,
    ...[...named].map(([connector, one]): LabReceiveConnector => ({
      name: connector,
      bindings: [`0.0.0.0:${String(typeof one === 'string' ? 2526 : one.port)}`],
      authMechanism: ['Tls'],
      tlsCertificateName: nameOf(certificateOf(one)),
    })),
  ];
}

export function certificateOf(one: ReceiveDescription): string {
  return typeof one === 'string' ? one : one.certificate;
}
