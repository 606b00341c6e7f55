// Where a rotation may connect to: only to names that Exchange itself told in the baseline, whatever the configuration says now.
import type { Found } from '../model/found';
import { sameName } from '../model/names';
import type { Refusal } from '../model/plan';
import type { Wanted } from '../model/wanted';

/**
 * Each host of the configuration that the scripts would open a session to, with the PFX and its password, and that the baseline does not
 * know: an address of `remoting.exchange` by no server's name or full name, and a server by another full name than its own. Kerberos
 * proves to a client only that it speaks to the name it asked for (RFC 4120 section 1), so that name must not be a file's alone.
 */
export function untoldHosts({ remoting, servers }: Wanted, baseline: Found): readonly Refusal[] {
  const told = new Set(baseline.servers.flatMap(({ name, fqdn }) => [plainHost(name), plainHost(fqdn)]));
  return [
    ...remoting.exchange
      .map(hostOf)
      .filter((host) => !told.has(host))
      .map((host) => refuse('remoting.exchange', host)),
    ...servers
      .filter(({ name, fqdn }) => {
        const row = baseline.servers.find((one) => sameName(one.name, name));
        return row === undefined || plainHost(row.fqdn) !== plainHost(fqdn);
      })
      .map(({ name, fqdn }) => refuse(name, fqdn)),
  ];
}

function refuse(where: string, host: string): Refusal {
  return { code: 'host-not-in-baseline', where, detail: host };
}

/** The host of an address of PowerShell, as it is connected to; the whole text where there is none. */
function hostOf(address: string): string {
  return plainHost(URL.canParse(address) ? new URL(address).hostname : address);
}

/** In one case and without the root's dot, as names are compared (RFC 4343). */
function plainHost(name: string): string {
  return name.toUpperCase().replace(/\.$/, '');
}
