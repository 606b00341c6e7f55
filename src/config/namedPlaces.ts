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

/** Where sessions go: what is said of these is never left out. */
const isHost = (line: string): boolean => /^[+-] (?:remoting|servers)\./.test(line);

/** What `after` names and `before` did not, then what it no longer names, `+ new`, `- old`; those of remoting and servers before all others. */
export function placeDifferences(before: readonly string[], after: readonly string[]): readonly string[] {
  const [was, is] = [new Set(before), new Set(after)];
  const lines = [
    ...after.filter((place) => !was.has(place)).map((place) => `+ ${place}`),
    ...before.filter((place) => !is.has(place)).map((place) => `- ${place}`),
  ];
  return [...lines.filter(isHost), ...lines.filter((line) => !isHost(line))];
}

/** Every difference of remoting and servers, and of the others as many as `most` leaves room for; how many are left out. */
export function listedDifferences(
  differences: readonly string[],
  most: number,
): { readonly listed: readonly string[]; readonly left: number } {
  const listed = differences.filter((line, at) => at < most || isHost(line));
  return { listed, left: differences.length - listed.length };
}
