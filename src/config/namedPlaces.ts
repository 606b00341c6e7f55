// What a configuration names: every host, name, address and file, so that two of them can be told apart by where they lead.
import type { Wanted } from '../model/wanted';

/** A line each, `servers.SERVER1.fqdn: server1.mydomain.com`, in the order of the configuration. */
export function namedPlaces({
  organization,
  remoting,
  servers,
  certificates,
  connectors,
  probe,
}: Wanted): readonly string[] {
  return [
    `organization: ${organization}`,
    ...remoting.exchange.map((address) => `remoting.exchange: ${address}`),
    ...servers.flatMap(({ name, fqdn, address }) => [
      `servers.${name}.fqdn: ${fqdn}`,
      ...(address === fqdn ? [] : [`servers.${name}.address: ${address}`]),
    ]),
    ...certificates.flatMap(({ name, pfx, thumbprint, hostnames }) => [
      `certificates.${name}: ${pfx ?? thumbprint ?? ''}`,
      ...hostnames.map((host) => `certificates.${name}.hostnames: ${host}`),
    ]),
    ...connectors.send.map(({ name, certificate }) => `connectors.send.${name}: ${certificate ?? 'none'}`),
    ...connectors.receive.map(({ name, certificate }) => `connectors.receive.${name}: ${certificate ?? 'none'}`),
    ...(probe.from === null ? [] : [`probe.from: ${probe.from}`]),
  ];
}

/** What `after` no longer names, then what it names and `before` did not: `- old`, `+ new`. */
export function placeDifferences(before: readonly string[], after: readonly string[]): readonly string[] {
  const [was, is] = [new Set(before), new Set(after)];
  return [
    ...before.filter((place) => !is.has(place)).map((place) => `- ${place}`),
    ...after.filter((place) => !was.has(place)).map((place) => `+ ${place}`),
  ];
}
