// The connectors the configuration names beside those that were found.
import type { Found, FoundServer } from '../model/found';
import { sameName } from '../model/names';
import { receiveIdentity } from '../model/receiveIdentity';
import type { ReceiveConnectorRow, SendConnectorRow } from '../model/snapshot';
import type { WantedConnector, WantedServer } from '../model/wanted';

/** Names to what carries them, without regard to case; of several the first. */
export type ByName<Value> = (name: string) => Value | undefined;

export function byName<Value>(values: readonly Value[], nameOf: (value: Value) => string): ByName<Value> {
  const known = new Map<string, Value>();
  for (const value of values) {
    const name = nameOf(value).toUpperCase();
    if (!known.has(name)) known.set(name, value);
  }
  return (name) => known.get(name.toUpperCase());
}

/** `Default Frontend {server}` on SERVER1 is `SERVER1\Default Frontend SERVER1`. */
export function identityOf(connector: WantedConnector, server: string): string {
  return receiveIdentity(server, connector.name);
}

export function foundServer(found: Found, server: WantedServer): FoundServer | undefined {
  return found.servers.find(({ name }) => sameName(name, server.name));
}

export function receiveRows(server: FoundServer): ByName<ReceiveConnectorRow> {
  return byName(server.receiveConnectors ?? [], ({ identity }) => identity);
}

export function sendRows(found: Found): ByName<SendConnectorRow> {
  return byName(found.sendConnectors ?? [], ({ name }) => name);
}

/** The configuration's entries for receive connectors, by their identity on `server`. */
export function receiveEntries(connectors: readonly WantedConnector[], server: string): ByName<WantedConnector> {
  return byName(connectors, (connector) => identityOf(connector, server));
}

export function sendEntries(connectors: readonly WantedConnector[]): ByName<WantedConnector> {
  return byName(connectors, ({ name }) => name);
}
