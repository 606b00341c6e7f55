// Which endpoints of which servers the configuration asks to look at, as the probe takes them.
import type { ProbeTarget } from '../../probe/probeAll';
import type { EndpointKind, Service, Wanted, WantedServer } from '../../model/wanted';

const kinds: Readonly<Record<EndpointKind, Service>> = { smtp: 'SMTP', https: 'IIS', imaps: 'IMAP', pop3s: 'POP' };

export const endpointKinds = Object.keys(kinds) as EndpointKind[];

/** One target for each endpoint that is not left out (port 0), the server's own address with the service's name as SNI. */
export function targets(
  wanted: Wanted,
  server: WantedServer,
  only: readonly EndpointKind[] = endpointKinds,
): ProbeTarget[] {
  return only
    .filter((kind) => server.endpoints[kind] !== 0)
    .map((kind) => ({
      server: server.name,
      endpoint: {
        protocol: kind,
        host: server.address,
        port: server.endpoints[kind],
        servername: serviceName(wanted, kinds[kind]) ?? server.fqdn,
      },
    }));
}

/** The first host name of the certificate that serves `service`: what a client would ask for. */
function serviceName(wanted: Wanted, service: Service): string | undefined {
  return wanted.certificates.find(({ services }) => services.includes(service))?.hostnames[0];
}
