// The latest snapshot with every newer believed result and observation laid over it, fact by fact.
import type { Backup, Found, FoundServer } from '../model/found';
import { sameName, type ServerName, type Thumbprint, type Time } from '../model/names';
import { newestLooks } from '../model/newestLooks';
import type { Observation } from '../model/observation';
import type { StepResult } from '../model/result';
import type { ServerRow } from '../model/snapshot';
import { assignedOf, withAssigned } from './assigned';
import { copyTold } from './conversion';
import { later, type Told } from './told';

export interface Evidence {
  /** The journal in its order, each line with its believed result. */
  readonly told: readonly Told[];
  /** Where the line of the snapshot stands that is laid over: what precedes it is older, whatever time it claims. */
  readonly place: number;
  /** Reads a row as it is read in a snapshot, its certificates' DER included. */
  readonly readServer: (row: ServerRow) => FoundServer;
}

/**
 * Facts a snapshot does not tell (backups, restarts, observations, assignments) come from all evidence, the others from what stands after
 * the snapshot's line. Evidence from the future tells nothing but that something may have changed.
 */
export function layOver(found: Found, { told, place, readServer }: Evidence): Found {
  const believed = told.filter(({ claims }) => claims === null);
  const results = resultsOf(believed);
  const newer = resultsOf(told.slice(place + 1).filter(({ claims }) => claims === null));
  return {
    ...newer.reduce((so, { after }) => withOrganization(so, after), found),
    servers: withAssigned(withRows(found.servers, newer, readServer), assignedOf(results)),
    observations: newestLooks([...found.observations, ...looksOf(believed)]),
    backups: backupsOf(results),
    copies: copiesOf(believed),
    restarted: restartsOf(results, found.servers),
    changed: changesOf(told),
    watched: Object.fromEntries(
      results.flatMap(({ after, ended }) =>
        after?.watched === undefined ? [] : [[after.watched.name, ended] as const],
      ),
    ),
  };
}

function resultsOf(told: readonly Told[]): readonly StepResult[] {
  return told.flatMap(({ result }) => result ?? []);
}

/** What a result does not tell of the organization stays as it was found. */
function withOrganization(found: Found, after: StepResult['after']): Found {
  if (after === null) return found;
  return {
    ...found,
    sendConnectors: after.sendConnectors ?? found.sendConnectors,
    hybrid: after.hybrid ?? found.hybrid,
    auth: after.auth ?? found.auth,
    federation: after.federation ?? found.federation,
    edgeSubscriptions: after.edgeSubscriptions ?? found.edgeSubscriptions,
    ...(after.queues === undefined ? {} : { queues: after.queues }),
  };
}

/** A server that a result read is known by its newest row, whole. */
function withRows(
  servers: readonly FoundServer[],
  newer: readonly StepResult[],
  readServer: Evidence['readServer'],
): readonly FoundServer[] {
  const rows = new Map<string, ServerRow>();
  for (const result of newer) {
    for (const row of result.after?.servers ?? result.before?.servers ?? []) rows.set(row.name.toUpperCase(), row);
  }
  return servers.map((server) => {
    const row = rows.get(server.name.toUpperCase());
    return row === undefined ? server : { ...readServer(row), name: server.name };
  });
}

function looksOf(told: readonly Told[]): readonly Observation[] {
  return told.flatMap(({ line }) => (line.event === 'observation' ? [line.observation] : []));
}

function backupsOf(results: readonly StepResult[]): readonly Backup[] {
  return results.reduce<readonly Backup[]>((backups, { after, server, ended }) => {
    if (after?.copiesDeleted === true) return [];
    const backup = after?.backup;
    if (backup === undefined || server === null) return backups;
    const { thumbprint, verified } = backup;
    const others = backups.filter((one) => !sameName(one.server, server) || one.thumbprint !== thumbprint);
    return [...others, { server, thumbprint, verified, at: ended }];
  }, []);
}

/** Copies made since the last deletion. */
function copiesOf(told: readonly Told[]): readonly Thumbprint[] {
  const made = told.slice(told.findLastIndex(({ result }) => result?.after?.copiesDeleted === true) + 1);
  return [
    ...new Set(
      made.flatMap(({ line }) => {
        const thumbprint = line.event === 'confirmed' ? copyTold(line.what) : undefined;
        return thumbprint === undefined ? [] : [thumbprint];
      }),
    ),
  ];
}

/** Restarts of the mail services; those of IIS are told by `changed`. */
function restartsOf(
  results: readonly StepResult[],
  servers: readonly FoundServer[],
): Readonly<Record<ServerName, Time>> {
  return Object.fromEntries(
    results.flatMap(({ after, server, ended, outcome }) => {
      const mail = after?.restarted?.some((name) => /POP|IMAP/i.test(name)) === true;
      if (!mail || server === null || outcome === 'failed') return [];
      return [[servers.find((row) => sameName(row.name, server))?.name ?? server, ended] as const];
    }),
  );
}

/**
 * A step changed something, or may have: it says so, it failed on its way, its end is unknown, or a person did it. A change is never
 * dated before the line that precedes it: what was seen before is no proof of it.
 */
function changesOf(told: readonly Told[]): Readonly<Record<string, Time>> {
  return Object.fromEntries(
    told.flatMap(({ line, result }, at) => {
      const before = told[at - 1]?.line.at ?? '';
      if (result !== null && (result.changed || result.outcome === 'failed')) {
        return [[result.step, later(result.ended, before)] as const];
      }
      // whose result is not there any more may have changed something, too
      const isOpen = line.event === 'result' && result === null && line.outcome !== 'nothing-to-do';
      return line.event === 'confirmed' || isOpen ? [[line.step, line.at] as const] : [];
    }),
  );
}
