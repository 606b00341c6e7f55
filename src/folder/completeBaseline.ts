// A server that was down when the rotation began gets its baseline from the first snapshot that reached it.
import type { Found } from '../model/found';
import { viewOf } from '../plan/view';

/**
 * Nothing is changed on a server before a snapshot has reached it, so the first one that did still tells how it was.
 * `later` in the order they were taken.
 */
export function completeBaseline(baseline: Found, later: readonly Found[]): Found {
  return {
    ...baseline,
    servers: baseline.servers.map((row) => {
      if (viewOf(baseline).server(row.name)?.reached === true) return row;
      return later.map((found) => viewOf(found).server(row.name)).find((there) => there?.reached === true)?.row ?? row;
    }),
  };
}
