// Rules for the addresses Exchange is reached by: servers' own names, several, and none that is being changed.
import { coversHostname } from '../model/hostnames';
import type { Draft } from './draft';
import { isAddress, webAddress } from './hosts';
import type { Placed } from './nodes';
import { problem } from './problem';
import { repeated, type Rule } from './rule';

export const remotingRules: readonly Rule[] = [
  function* wellFormedAddresses({ remoting }) {
    for (const { value, range } of remoting) {
      if (value === '') continue;
      const url = webAddress(value);
      if (url === undefined) yield problem('bad-remoting-address', range, { why: 'not-an-address' });
      else if (url.username !== '' || url.password !== '') yield problem('credentials-in-address', range, {});
      else if (!isWeb(url)) yield problem('bad-remoting-address', range, { why: 'scheme' });
      else if (/[?#]/.test(value)) yield problem('bad-remoting-address', range, { why: 'query' });
    }
  },
  function* addressesOnce({ remoting }) {
    for (const { value, range } of repeated(remoting)) yield problem('duplicate-item', range, { value });
  },
  /** Kerberos knows a server by its own name, and a balancer's leads to any of them (docs/facts-exchange.md#own-address). */
  function* serversOwnNames(draft) {
    const own = ownNames(draft);
    for (const { host, range } of hostsOf(draft)) {
      const named = own.has(host) ? undefined : balanced(draft, host);
      if (named !== undefined) yield problem('remoting-by-service-name', range, { host, certificate: named });
      else if (!host.includes('.') || isAddress(host.replace(/^\[|\]$/g, ''))) {
        yield problem('remoting-not-fqdn', range, { host });
      }
    }
  },
  /** The server being changed is never reached through itself: it needs another's address. */
  function* anotherWayIn(draft) {
    const hosts = hostsOf(draft);
    const different = new Set(hosts.map(({ host }) => host));
    const [first] = hosts;
    if (first === undefined || different.size !== 1) return;
    const server = ownNames(draft).get(first.host);
    if (server !== undefined) yield problem('own-only-endpoint', first.range, { server });
    else yield problem('one-remoting-address', first.range, {});
  },
];

function isWeb(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

/** The hosts of the addresses that are well formed, in lower case. */
function hostsOf({ remoting }: Draft): readonly { readonly host: string; readonly range: Placed['range'] }[] {
  return remoting.flatMap(({ value, range }) => {
    const url = webAddress(value);
    return url === undefined || !isWeb(url) ? [] : [{ host: url.hostname.replace(/\.$/, ''), range }];
  });
}

/** The servers' names by fqdn in lower case. */
function ownNames({ servers }: Draft): ReadonlyMap<string, string> {
  return new Map(
    servers.flatMap(({ name, fqdn }) =>
      name === undefined || fqdn === undefined ? [] : [[fqdn.value.toLowerCase(), name.value] as const],
    ),
  );
}

/** The certificate entry that names `host` as one of its clients' names. */
function balanced({ certificates }: Draft, host: string): string | undefined {
  return certificates.find(({ hostnames }) =>
    coversHostname(
      hostnames.map(({ value }) => value),
      host,
    ),
  )?.name?.value;
}
