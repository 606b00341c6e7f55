// Of many looks at endpoints, the one that counts: the last of each.
import type { Observation } from './observation';

/** Of the looks at one endpoint the last in the list, whatever time it claims; endpoints in the order in which they were looked at last. */
export function newestLooks(looks: readonly Observation[]): readonly Observation[] {
  const newest = new Map<string, Observation>();
  for (const look of looks) {
    const { protocol, host, port } = look.endpoint;
    const key = JSON.stringify([look.server?.toUpperCase(), protocol, host, port]);
    newest.delete(key);
    newest.set(key, look);
  }
  return [...newest.values()];
}
