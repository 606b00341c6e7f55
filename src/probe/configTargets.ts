// The endpoints a configuration names, each with the service's name that clients ask for.
import type { Protocol } from '../model/observation';
import type { EndpointKind, Service, Wanted, WantedServer } from '../model/wanted';
import type { ProbeTarget } from './probeAll';

const services: Readonly<Record<EndpointKind, Service>> = { smtp: 'SMTP', https: 'IIS', imaps: 'IMAP', pop3s: 'POP' };
const kinds = Object.keys(services) as readonly EndpointKind[];

/** Every endpoint of every server, in the configuration's order; port 0 leaves one out. */
export function configTargets({
  servers,
  certificates,
}: Pick<Wanted, 'servers' | 'certificates'>): readonly ProbeTarget[] {
  /** The first host name of the first certificate that is enabled for the endpoint's service, else the server's own name. */
  const servername = (kind: EndpointKind, server: WantedServer): string =>
    certificates.find((certificate) => certificate.services.includes(services[kind]))?.hostnames[0] ?? server.fqdn;
  return servers.flatMap((server) =>
    kinds
      .filter((kind) => server.endpoints[kind] !== 0)
      .map((kind) => {
        const protocol: Protocol = kind;
        const endpoint = {
          protocol,
          host: server.address,
          port: server.endpoints[kind],
          servername: servername(kind, server),
        };
        return { server: server.name, endpoint };
      }),
  );
}
