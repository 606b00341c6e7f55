// What Exchange's setup leaves on a mailbox server, as recorded: five receive connectors, and two https bindings of the front end.
import type { CertificateReference, LabBinding, LabReceiveConnector, NameReference } from './state';

const clients = ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS'];
const servers = [...clients, 'ExchangeServer'];
const serverGroups = ['ExchangeServers', 'ExchangeLegacyServers'];

/** Every address of IPv6 and of IPv4; setup writes either first. */
const onPort = (port: number): string[] => [`[::]:${String(port)}`, `0.0.0.0:${String(port)}`];

/** The five connectors of a server; `take` gives the name of a certificate to those that have one. */
export function connectorsOfSetup(
  server: string,
  take: (connector: string) => NameReference = () => null,
): LabReceiveConnector[] {
  const rows: Omit<LabReceiveConnector, 'tlsCertificateName'>[] = [
    {
      name: `Default Frontend ${server}`,
      bindings: onPort(25),
      authMechanism: servers,
      permissionGroups: ['AnonymousUsers', ...serverGroups],
      domainSecureEnabled: true,
    },
    {
      name: `Client Frontend ${server}`,
      bindings: onPort(587),
      authMechanism: clients,
      permissionGroups: ['ExchangeUsers'],
    },
    {
      name: `Default ${server}`,
      role: 'HubTransport',
      bindings: onPort(2525).reverse(),
      authMechanism: servers,
      permissionGroups: ['ExchangeUsers', ...serverGroups],
    },
    {
      name: `Client Proxy ${server}`,
      role: 'HubTransport',
      bindings: onPort(465),
      authMechanism: clients,
      permissionGroups: ['ExchangeUsers', 'ExchangeServers'],
    },
    {
      name: `Outbound Proxy Frontend ${server}`,
      bindings: onPort(717),
      authMechanism: servers,
      permissionGroups: serverGroups,
      domainSecureEnabled: true,
    },
  ];
  return rows.map((row) => ({ ...row, tlsCertificateName: take(row.name) }));
}

/** All addresses and the server's own, with one certificate, and the back end. */
export function bindingsOfSetup(
  front: CertificateReference,
  back: CertificateReference,
  requireSsl = true,
): LabBinding[] {
  const site = { site: 'Default Web Site', port: 443, iis: front, httpSys: front, requireSsl };
  return [
    { ...site, ip: '' },
    { ...site, ip: '127.0.0.1' },
    { site: 'Exchange Back End', ip: '*', port: 444, iis: back, httpSys: back, requireSsl: true },
  ];
}

/** Windows services by the names Windows prints. */
export function servicesOfSetup(runs: { readonly pop: boolean; readonly imap: boolean }): Record<string, boolean> {
  return {
    MSExchangeTransport: true,
    MSExchangeFrontEndTransport: true,
    ...{ MSExchangePop3: runs.pop, MSExchangePOP3BE: runs.pop },
    ...{ MSExchangeImap4: runs.imap, MSExchangeIMAP4BE: runs.imap },
    ...{ MSExchangeServiceHost: true, W3SVC: true, WinRM: true },
  };
}
