// The endpoints a configuration names, each with the service's name that clients ask for.
import { endpointFacts, endpointKinds } from '../model/endpoints';
import type { Thumbprint } from '../model/names';
import type { Endpoint, Observation } from '../model/observation';
import type { EndpointKind, Wanted, WantedCertificate, WantedServer } from '../model/wanted';
import type { ProbeTarget } from './probeAll';

/** Every endpoint of every server, in the configuration's order; port 0 leaves one out. */
export function configTargets({
  servers,
  certificates,
}: Pick<Wanted, 'servers' | 'certificates'>): readonly ProbeTarget[] {
  /** The host names of the first certificate that is enabled for the endpoint's service, else the server's own name. */
  const names = (kind: EndpointKind, server: WantedServer): Pick<Endpoint, 'servername' | 'furtherNames'> => {
    const [servername = server.fqdn, ...furtherNames] = servedBy(certificates, kind)?.hostnames ?? [];
    return { servername, ...(furtherNames.length > 0 && { furtherNames }) };
  };
  return servers.flatMap((server) =>
    endpointKinds
      .filter((kind) => server.endpoints[kind] !== 0)
      .map((kind) => {
        const endpoint = {
          ...((kind === 'submission' || kind === 'backEnd') && { kind }),
          protocol: endpointFacts[kind].protocol,
          host: server.address,
          port: server.endpoints[kind],
          ...names(kind, server),
        };
        return { server: server.name, endpoint };
      }),
  );
}

/** Those of endpoints that the configuration still names: others were looked at before it changed. */
export function stillWanted(
  observations: readonly Observation[],
  wanted: Pick<Wanted, 'servers' | 'certificates'>,
): readonly Observation[] {
  const key = ({ server, endpoint: { protocol, host, port } }: ProbeTarget): string =>
    `${server?.toUpperCase() ?? ''} ${protocol} ${host} ${port}`;
  const named = new Set(configTargets(wanted).map(key));
  return observations.filter((observation) => named.has(key(observation)));
}

/** The certificate that the configuration names for the endpoint by its thumbprint; null where it names a file, or none. */
export function wantedThumbprint(
  { certificates }: Pick<Wanted, 'certificates'>,
  kind: EndpointKind,
): Thumbprint | null {
  return servedBy(certificates, kind)?.thumbprint ?? null;
}

/** The first that is enabled for the endpoint's service. */
function servedBy(certificates: readonly WantedCertificate[], kind: EndpointKind): WantedCertificate | undefined {
  const { service } = endpointFacts[kind];
  return service === null ? undefined : certificates.find(({ services }) => services.includes(service));
}
