// All addresses of the names that are looked at: one that is behind must not hide behind the first that answers.
import { ADDRCONFIG } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { ProbeTarget } from './probeAll';

/** The addresses of a name, in the order of the system; rejects where there are none. */
export type Resolve = (host: string, family: 4 | 6 | undefined) => Promise<readonly string[]>;

/** As the system resolves names. ADDRCONFIG leaves out IPv6 where this computer has no such address (RFC 3493 section 6.1). */
const systemResolve: Resolve = async (host, family) =>
  (await lookup(host, { all: true, family: family ?? 0, hints: ADDRCONFIG })).map(({ address }) => address);

/** A target for each address of its host; one that has a single address, or whose name is not known, is as it was. */
export async function everyAddress(
  targets: readonly ProbeTarget[],
  family: 4 | 6 | undefined,
  resolve: Resolve = systemResolve,
): Promise<readonly ProbeTarget[]> {
  const names = new Set(targets.map(({ endpoint }) => endpoint.host).filter((host) => isIP(host) === 0));
  const known = new Map(
    await Promise.all(
      [...names].map(async (host): Promise<[string, readonly string[]]> => {
        // Unknown names are told by the look itself, which asks again.
        const addresses = await resolve(host, family).catch(() => []);
        return [host, [...new Set(addresses)]];
      }),
    ),
  );
  return targets.flatMap((target) => {
    const addresses = known.get(target.endpoint.host) ?? [];
    if (addresses.length < 2) return [target];
    return addresses.map((address) => ({ ...target, endpoint: { ...target.endpoint, address } }));
  });
}
