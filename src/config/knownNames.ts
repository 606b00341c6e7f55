// Names of the organization that completion offers: what was found, spelled as the configuration spells it.
import type { Found } from '../model/found';

export interface KnownNames {
  readonly servers: readonly { readonly name: string; readonly fqdn: string }[];
  readonly sendConnectors: readonly string[];
  /** The part behind the backslash, `{server}` for the server's name. */
  readonly receiveConnectors: readonly string[];
}

export const nothingKnown: KnownNames = { servers: [], sendConnectors: [], receiveConnectors: [] };

export function knownNames(found: Found): KnownNames {
  const receive = found.servers.flatMap(({ name, receiveConnectors }) =>
    (receiveConnectors ?? []).map(({ identity }) =>
      identity.slice(identity.indexOf('\\') + 1).replaceAll(name, () => '{server}'),
    ),
  );
  return {
    servers: found.servers.map(({ name, fqdn }) => ({ name, fqdn })),
    sendConnectors: (found.sendConnectors ?? []).map(({ name }) => name),
    receiveConnectors: [...new Set(receive)],
  };
}
