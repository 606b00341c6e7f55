// What the baseline lacks of a server comes from the first later snapshot that told it.
import type { Found, FoundServer } from '../model/found';
import type { Rotation } from '../model/rotation';
import { stepId } from '../plan/stepId';
import { viewOf } from '../plan/view';

/** A snapshot after the baseline, and the ids of the steps that had been begun when it was taken. */
export interface Later {
  readonly found: Found;
  readonly begun: Pick<ReadonlySet<string>, 'has'>;
}

/**
 * Nothing is changed on a server before a snapshot has reached it, so the first one that did still tells how it was. Its
 * internal transport certificate is believed only from before its services were enabled, which may have changed it.
 * `later` in the order they were taken.
 */
export function completeBaseline(baseline: Found, later: readonly Later[], { to }: Pick<Rotation, 'to'>): Found {
  return {
    ...baseline,
    servers: baseline.servers.map((row) => {
      const reached = later.filter(({ found }) => viewOf(found).server(row.name)?.reached === true);
      const rowIn = ({ found }: Later): FoundServer | undefined => viewOf(found).server(row.name)?.row;
      const [first] = viewOf(baseline).server(row.name)?.reached === true ? [] : reached;
      // the full name stays the baseline's: a later snapshot was made by a later configuration
      const known = { ...((first && rowIn(first)) ?? row), fqdn: row.fqdn };
      if (known.internalTransport !== null) return known;
      const enabling = stepId('enable-services', { server: row.name }, to.thumbprint);
      const told = reached.find((one) => !one.begun.has(enabling) && (rowIn(one)?.internalTransport ?? null) !== null);
      return { ...known, internalTransport: (told && rowIn(told)?.internalTransport) ?? null };
    }),
  };
}
