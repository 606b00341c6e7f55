// The sample organization as values, and small edits of it: what a planner's test begins with.
import type { CertificateFacts } from '../../src/model/certificate';
import type { Found, FoundServer, InstalledCertificate } from '../../src/model/found';
import type { Thumbprint, Time } from '../../src/model/names';
import type { Observation, Protocol } from '../../src/model/observation';
import type { Plan, Step, StepKind } from '../../src/model/plan';
import type { Decision, Rotation } from '../../src/model/rotation';
import type { Wanted, WantedServer } from '../../src/model/wanted';
import { plan, type PlanInputs } from '../../src/plan/plan';

export const now = '2026-11-22T21:00:00Z';
export const outbound = 'Outbound to Office 365 - 12345567-1234-49d6-b8d7-a4baf80d9b37';
export const relay = 'SERVER2\\Relay SERVER2';

export function thumb(digit: string): Thumbprint {
  return digit.repeat(40).slice(0, 40) as Thumbprint;
}

export function facts(edit: Partial<CertificateFacts> & Pick<CertificateFacts, 'thumbprint'>): CertificateFacts {
  const issuer = edit.issuer ?? "CN=R12, O=Let's Encrypt, C=US";
  const subject = edit.subject ?? 'CN=www.mydomain.com';
  return {
    sha256: '0'.repeat(64),
    subject,
    issuer,
    tlsCertificateName: `<I>${issuer}<S>${subject}`,
    serialNumber: '01',
    notBefore: '2026-09-05T20:00:00Z',
    notAfter: '2026-12-04T20:00:00Z',
    dnsNames: ['www.mydomain.com', 'autodiscover.mydomain.com'],
    ipAddresses: [],
    keyAlgorithm: 'RSA',
    keySize: 2048,
    signatureAlgorithm: 'sha256WithRSAEncryption',
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    isCertificateAuthority: false,
    isSelfIssued: false,
    ...edit,
  };
}

export const a = facts({ thumbprint: 'C5000AC8BC98C46E70FFAB1CCAB897D606112345' as Thumbprint });
export const b = facts({
  thumbprint: '7A46B8F6DDA3F258A498F78A9C3280ECE2E9D847' as Thumbprint,
  issuer: "CN=R13, O=Let's Encrypt, C=US",
  notBefore: '2026-11-21T20:00:00Z',
  notAfter: '2027-02-19T20:00:00Z',
});

const csp = 'Microsoft RSA SChannel Cryptographic Provider';

export function installed(of: CertificateFacts, edit: Partial<InstalledCertificate> = {}): InstalledCertificate {
  return {
    thumbprint: of.thumbprint,
    rawData: null,
    friendlyName: null,
    hasPrivateKey: true,
    exportable: true,
    provider: csp,
    networkServiceCanRead: false,
    services: null,
    status: null,
    facts: of,
    ...edit,
  };
}

/** The server's own "Microsoft Exchange": internal transport and back end. */
export function ownCertificate(index: number): InstalledCertificate {
  const name = `CN=SERVER${String(index)}`;
  return installed(
    facts({
      thumbprint: thumb(`1${String(index)}`),
      issuer: name,
      subject: name,
      isSelfIssued: true,
      dnsNames: [`SERVER${String(index)}`, `server${String(index)}.mydomain.com`],
      notAfter: '2030-01-01T00:00:00Z',
    }),
    { friendlyName: 'Microsoft Exchange', networkServiceCanRead: true },
  );
}

export function server(index: number): FoundServer {
  const name = `SERVER${String(index)}`;
  const own = thumb(`1${String(index)}`);
  const connector = (
    label: string,
    tlsCertificateName: string,
  ): NonNullable<FoundServer['receiveConnectors']>[number] => ({
    identity: `${name}\\${label}`,
    guid: null,
    role: 'FrontendTransport',
    bindings: ['0.0.0.0:25'],
    enabled: true,
    authMechanism: ['Tls'],
    tlsCertificateName,
  });
  return {
    name,
    fqdn: `${name.toLowerCase()}.mydomain.com`,
    exchange: index === 4 ? '15.1.2507.6' : '15.2.1748.10',
    windows: index === 4 ? '10.0.14393' : '10.0.20348',
    roles: ['Mailbox'],
    reached: { exchange: true, server: true, problem: null },
    internalTransport: own,
    clock: '2026-11-22T20:14:01Z',
    certificates: [installed(a, { networkServiceCanRead: true }), ownCertificate(index)],
    bindings: [
      { site: 'Default Web Site', port: 443, iis: a.thumbprint, httpSys: a.thumbprint, requireSsl: true },
      { site: 'Exchange Back End', port: 444, iis: own, httpSys: own, requireSsl: true },
    ],
    pop: { x509CertificateName: 'www.mydomain.com', running: index !== 3 },
    imap: { x509CertificateName: 'www.mydomain.com', running: true },
    receiveConnectors: [
      connector(`Default Frontend ${name}`, a.tlsCertificateName),
      connector(`Client Frontend ${name}`, ''),
      ...(index === 2 ? [connector('Relay SERVER2', a.tlsCertificateName)] : []),
    ],
  };
}

export function found(edit: Partial<Found> = {}): Found {
  const all = ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'];
  const send = (name: string, tlsCertificateName: string): NonNullable<Found['sendConnectors']>[number] => ({
    name,
    guid: null,
    enabled: true,
    requireTls: false,
    sourceTransportServers: all,
    addressSpaces: ['SMTP:*;1'],
    tlsCertificateName,
  });
  return {
    version: 1,
    taken: '2026-11-22T20:14:00Z',
    organization: 'Contoso',
    domainController: 'dc1.mydomain.com',
    means: { exchange: 'endpoint http://server2.mydomain.com/PowerShell/', servers: 'winrm' },
    servers: [1, 2, 3, 4].map(server),
    sendConnectors: [send('SEND', ''), send(outbound, a.tlsCertificateName)],
    hybrid: { tlsCertificateName: a.tlsCertificateName },
    auth: { current: thumb('2'), previous: null, next: null },
    federation: [],
    edgeSubscriptions: [],
    observations: [],
    backups: [],
    copies: [],
    restarted: {},
    changed: {},
    watched: {},
    ...edit,
  };
}

/** `found` with one server edited. */
export function withServer(base: Found, name: string, edit: (row: FoundServer) => Partial<FoundServer>): Found {
  return { ...base, servers: base.servers.map((row) => (row.name === name ? { ...row, ...edit(row) } : row)) };
}

export function withEveryServer(base: Found, edit: (row: FoundServer) => Partial<FoundServer>): Found {
  return { ...base, servers: base.servers.map((row) => ({ ...row, ...edit(row) })) };
}

export function withCertificate(row: FoundServer, certificate: InstalledCertificate): Partial<FoundServer> {
  const others = (row.certificates ?? []).filter((one) => one.thumbprint !== certificate.thumbprint);
  return { certificates: [...others, certificate] };
}

export function withReceiveConnector(row: FoundServer, identity: string, name: string | null): Partial<FoundServer> {
  return {
    receiveConnectors: (row.receiveConnectors ?? []).map((one) =>
      one.identity === identity ? { ...one, tlsCertificateName: name } : one,
    ),
  };
}

export function withSendConnector(base: Found, name: string, value: string | null): Found {
  return {
    ...base,
    sendConnectors: (base.sendConnectors ?? []).map((one) =>
      one.name === name ? { ...one, tlsCertificateName: value } : one,
    ),
  };
}

/** A server that did not answer: its name, and nothing else. */
export function unreached(row: FoundServer): Partial<FoundServer> {
  return {
    reached: { exchange: false, server: false, problem: 'no answer' },
    internalTransport: null,
    clock: null,
    windows: null,
    certificates: null,
    bindings: null,
    pop: null,
    imap: null,
    receiveConnectors: null,
    name: row.name,
  };
}

export function observation(
  serverName: string,
  protocol: Protocol,
  certificate: CertificateFacts | null,
  at: Time,
): Observation {
  return {
    server: serverName,
    endpoint: { protocol, host: serverName, port: 1, servername: 'www.mydomain.com' },
    at,
    outcome: certificate === null ? 'unreachable' : 'presented',
    certificate,
    chain: certificate === null ? [] : [certificate.thumbprint],
    chainInOrder: true,
    chainComplete: true,
    tls: null,
    nameMatches: true,
    ocspStapled: null,
    banner: null,
    detail: null,
    milliseconds: 1,
  };
}

export function wantedServer(index: number): WantedServer {
  const name = `SERVER${String(index)}`;
  return {
    name,
    fqdn: `${name.toLowerCase()}.mydomain.com`,
    address: `127.0.0.1${String(index)}`,
    endpoints: {
      smtp: 2525,
      https: 8443,
      imaps: 9993,
      pop3s: 9995,
      submission: 0,
      smtps: 0,
      backEnd: 0,
      imap: 0,
      pop3: 0,
    },
    mode: 'session',
  };
}

export function wanted(edit: Partial<Wanted> = {}): Wanted {
  return {
    organization: 'Contoso',
    remoting: { exchange: ['http://server2.mydomain.com/PowerShell/', 'http://server1.mydomain.com/PowerShell/'] },
    servers: [1, 2, 3, 4].map(wantedServer),
    certificates: [
      {
        name: 'www',
        pfx: 'certificates/www.mydomain.com*.pfx',
        thumbprint: null,
        friendlyName: 'www.mydomain.com - {notBefore:MMMyy}-{notAfter:MMMyy}',
        services: ['POP', 'IMAP', 'IIS', 'SMTP'],
        hostnames: ['www.mydomain.com', 'autodiscover.mydomain.com'],
      },
    ],
    connectors: {
      send: [
        { name: outbound, certificate: 'www' },
        { name: 'SEND', certificate: null },
      ],
      receive: [{ name: 'Default Frontend {server}', certificate: 'www' }],
    },
    probe: { from: null, ca: null },
    policy: {
      internalTransportCertificate: 'keep',
      import: 'exchange',
      iis: 'leave',
      observeDays: 0,
      queueMinutes: 0,
      replicationMinutes: 0,
      internalCertificateSeconds: 0,
    },
    ...edit,
  };
}

export function withPolicy(base: Wanted, policy: Partial<Wanted['policy']>): Wanted {
  return { ...base, policy: { ...base.policy, ...policy } };
}

export function rotation(edit: Partial<Rotation> = {}): Rotation {
  return {
    version: 1,
    name: '2026-11-22-www',
    created: '2026-11-22T20:15:04Z',
    by: 'user@host',
    config: { path: '../../exchange-certificates.yaml', certificate: 'www' },
    from: { thumbprint: a.thumbprint },
    to: {
      thumbprint: b.thumbprint,
      certificate: b,
      pfx: {
        path: '../../certificates/www.mydomain.com-2026.pfx',
        sha256: '0'.repeat(64),
        importsOn: { windowsServer2016: false, windowsServer2019: true, windowsServer2022: true },
      },
    },
    servers: ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'],
    baseline: { path: 'snapshots/20261122T201400Z.json', sha256: '0'.repeat(64) },
    decisions: [],
    ...edit,
  };
}

/** Decisions by question, taken in this order. */
export function decided(answers: Readonly<Record<string, string>>, at: Time = now): readonly Decision[] {
  return Object.entries(answers).map(([question, answer]) => ({ question, answer, at, by: 'user@host' }));
}

/** *Continue*, said after whatever a test lets happen. */
export const continued = decided({ 'continue:after-canary': 'yes' }, '2026-12-01T00:00:00Z');

/** Every question of the sample followed, and the canary passed. */
export const followed = [
  ...decided({ [`follow:receive-connector:${relay}`]: 'follow', 'follow:hybrid': 'follow' }),
  ...continued,
];

export const inputs: Plan['inputs'] = { config: 'c', rotation: 'r', baseline: 'b', found: 'f', now };

export function planOf(edit: Partial<PlanInputs> = {}): Plan {
  return plan({ wanted: wanted(), baseline: found(), found: found(), rotation: rotation(), inputs, ...edit });
}

export function stepsOf(of: Plan): readonly Step[] {
  return of.phases.flatMap((phase) => phase.steps);
}

export function stepOf<K extends StepKind>(of: Plan, kind: K, where?: string): Extract<Step, { kind: K }> | undefined {
  return stepsOf(of).find(
    (step): step is Extract<Step, { kind: K }> =>
      step.kind === kind && (where === undefined || step.target.server === where || step.target.connector === where),
  );
}
