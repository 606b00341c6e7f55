// Of many looks at endpoints, the one that counts: the newest of each.
import type { Observation } from './observation';

/** Of two looks of the same second the later in the list; endpoints in the order in which they were first looked at. */
export function newestLooks(looks: readonly Observation[]): readonly Observation[] {
  const newest = new Map<string, Observation>();
  for (const look of looks) {
    const { protocol, host, port } = look.endpoint;
    const key = JSON.stringify([look.server?.toUpperCase(), protocol, host, port]);
    const known = newest.get(key);
    if (known === undefined || known.at <= look.at) newest.set(key, look);
  }
  return [...newest.values()];
}
