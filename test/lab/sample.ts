// The sample organization: four servers, A in use, B to come.
import { bindingsOfSetup, connectorsOfSetup, servicesOfSetup } from './setup';
import { type LabServer, type LabState, type LabStoreEntry } from './state';

/** The send connector that carries mail to Microsoft 365 in the runbook. */
export const outboundName = 'Outbound to Office 365 - 12345567-1234-49d6-b8d7-a4baf80d9b37';

/** The password of the sample's PFX files. */
export const samplePassword = 'Contoso-2026';

const sourceServers = ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'];

/** A fresh copy: A ends in 12 days, B (in no store yet) in 89; change it as a test needs. */
export function sampleOrganization(now = new Date()): LabState {
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
  const www = ['www.mydomain.com', 'autodiscover.mydomain.com'];
  const state: LabState = {
    name: 'Contoso',
    domain: 'mydomain.com',
    domainControllers: ['dc1.mydomain.com', 'dc2.mydomain.com'],
    authorities: {
      root: { subject: 'CN=ISRG Root X1, O=Internet Security Research Group, C=US' },
      R12: { subject: "CN=R12, O=Let's Encrypt, C=US", issuer: 'root' },
      R13: { subject: "CN=R13, O=Let's Encrypt, C=US", issuer: 'root' },
    },
    certificates: {
      A: { subject: 'CN=www.mydomain.com', issuer: 'R12', days: [-78, 12], dnsNames: www },
      B: { subject: 'CN=www.mydomain.com', issuer: 'R13', days: [-1, 89], dnsNames: www },
      auth: { subject: 'CN=Microsoft Exchange Server Auth Certificate', days: [-700, 1100] },
    },
    servers: [],
    sendConnectors: [
      {
        name: 'SEND',
        addressSpaces: ['SMTP:*;1'],
        sourceTransportServers: [...sourceServers],
        tlsCertificateName: null,
      },
      {
        name: outboundName,
        addressSpaces: ['smtp:MYDOMAIN.mail.onmicrosoft.com;1'],
        sourceTransportServers: [...sourceServers],
        tlsCertificateName: '@A',
        requireTls: true,
        tlsAuthLevel: 'DomainValidation',
        tlsDomain: 'mail.protection.outlook.com',
        fqdn: 'www.mydomain.com',
        cloudServicesMailEnabled: true,
      },
    ],
    hybrid: {
      tlsCertificateName: '@A',
      sendingTransportServers: [...sourceServers],
      receivingTransportServers: [...sourceServers],
    },
    auth: { current: 'auth' },
  };
  sourceServers.forEach((name, index) => {
    const self = `self-${name}`;
    const remoteManagement = `wmsvc-${name}`;
    state.certificates[self] = {
      subject: `CN=${name}`,
      days: [-700, 1100],
      dnsNames: [name, `${name.toLowerCase()}.mydomain.com`],
    };
    state.certificates[remoteManagement] = { subject: `CN=WMSvc-SHA2-${name}`, days: [-700, 2950] };
    state.servers.push(sampleServer(name, 11 + index, friendlyName(inDays(-78), inDays(12))));
  });
  const second = state.servers[1];
  second?.receiveConnectors?.push({
    name: 'Relay SERVER2',
    bindings: ['0.0.0.0:2526'],
    authMechanism: ['Tls'],
    tlsCertificateName: '@A',
  });
  return state;
}

/** The friendly name policy of the sample's config: `www.mydomain.com - Sep26-Dec26`. */
export function friendlyName(notBefore: Date, notAfter: Date, host = 'www.mydomain.com'): string {
  const month = (date: Date) =>
    date.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' }) +
    String(date.getUTCFullYear() % 100).padStart(2, '0');
  return `${host} - ${month(notBefore)}-${month(notAfter)}`;
}

function sampleServer(name: string, host: number, nameOfA: string): LabServer {
  const old = name === 'SERVER4';
  const self = `self-${name}`;
  const store: LabStoreEntry[] = [
    {
      certificate: 'A',
      friendlyName: nameOfA,
      exportable: true,
      networkService: true,
      services: ['IMAP', 'POP', 'SMTP'],
      enabledAt: 1,
    },
    { certificate: self, friendlyName: 'Microsoft Exchange', networkService: true, services: ['IMAP', 'POP', 'SMTP'] },
    {
      certificate: 'auth',
      friendlyName: 'Microsoft Exchange Server Auth Certificate',
      networkService: true,
      exportable: true,
      services: ['SMTP'],
    },
    { certificate: `wmsvc-${name}`, friendlyName: 'WMSvc-SHA2' },
  ];
  const pop = name !== 'SERVER3';
  return {
    name,
    exchange: old ? '15.1.2507.6' : '15.2.1748.10',
    windows: old ? '10.0.14393' : '10.0.20348',
    address: `127.0.0.${host}`,
    ports: { smtp: 2525, https: 8443, imaps: 9993, pop3s: 9995 },
    store,
    intermediateStore: ['R12', 'R13'],
    internalTransport: self,
    bindings: bindingsOfSetup('A', self),
    services: servicesOfSetup({ pop, imap: true }),
    pop: { x509CertificateName: 'www.mydomain.com' },
    imap: { x509CertificateName: 'www.mydomain.com' },
    receiveConnectors: connectorsOfSetup(name, (connector) => (connector === `Default Frontend ${name}` ? '@A' : null)),
  };
}
