// The latest snapshot with every newer believed result and observation laid over it, fact by fact.
import type { Backup, Found, FoundServer } from '../model/found';
import { sameName, type ServerName, type Thumbprint, type Time } from '../model/names';
import { newestLooks } from '../model/newestLooks';
import type { Observation } from '../model/observation';
import type { JournalLine, StepResult } from '../model/result';
import type { ServerRow } from '../model/snapshot';
import { assignedOf, withAssigned } from './assigned';
import { copyTold } from './conversion';

export interface Evidence {
  /** Believed ones only. */
  readonly results: readonly StepResult[];
  readonly journal: readonly JournalLine[];
  /** Reads a row as it is read in a snapshot, its certificates' DER included. */
  readonly readServer: (row: ServerRow) => FoundServer;
}

/** Facts a snapshot does not tell (backups, restarts, observations, assignments) come from all evidence, the others from what is newer. */
export function layOver(found: Found, { results, journal, readServer }: Evidence): Found {
  const inOrder = [...results].sort((one, other) => (one.ended < other.ended ? -1 : one.ended > other.ended ? 1 : 0));
  const seen = seenBySnapshot(journal);
  const newer = inOrder.filter(({ ended, run }) => ended > found.taken || (ended === found.taken && !seen.has(run)));
  return {
    ...newer.reduce((so, { after }) => withOrganization(so, after), found),
    servers: withAssigned(withRows(found.servers, newer, readServer), assignedOf(inOrder)),
    observations: newestLooks([...found.observations, ...looksOf(journal)]),
    backups: backupsOf(inOrder),
    copies: copiesOf(journal, inOrder),
    restarted: restartsOf(inOrder, found.servers),
    changed: changesOf(inOrder, journal),
    watched: Object.fromEntries(
      inOrder.flatMap(({ after, ended }) =>
        after?.watched === undefined ? [] : [[after.watched.name, ended] as const],
      ),
    ),
  };
}

/** Runs whose results the journal told before the latest snapshot: within one second times do not tell which came first. */
function seenBySnapshot(journal: readonly JournalLine[]): ReadonlySet<string> {
  const earlier = journal.slice(
    0,
    Math.max(
      0,
      journal.findLastIndex(({ event }) => event === 'snapshot'),
    ),
  );
  return new Set(earlier.flatMap((line) => (line.event === 'result' ? [line.path.split('.').at(-2) ?? ''] : [])));
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

function looksOf(journal: readonly JournalLine[]): readonly Observation[] {
  return journal.flatMap((line) => (line.event === 'observation' ? [line.observation] : []));
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
function copiesOf(journal: readonly JournalLine[], results: readonly StepResult[]): readonly Thumbprint[] {
  const deleted = results.findLast(({ after }) => after?.copiesDeleted === true)?.ended ?? '';
  const made = journal.flatMap((line) => {
    const thumbprint = line.event === 'confirmed' && line.at > deleted ? copyTold(line.what) : undefined;
    return thumbprint === undefined ? [] : [thumbprint];
  });
  return [...new Set(made)];
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

/** A step changed something, or may have: it says so, it failed on its way, its end is unknown, or a person did it. */
function changesOf(results: readonly StepResult[], journal: readonly JournalLine[]): Readonly<Record<string, Time>> {
  const changes = [
    ...results
      .filter((result) => result.changed || result.outcome === 'failed')
      .map(({ step, ended }) => ({ step, at: ended })),
    ...journal.flatMap((line) =>
      line.event === 'confirmed' || (line.event === 'result' && line.outcome === 'unknown')
        ? [{ step: line.step, at: line.at }]
        : [],
    ),
  ];
  const newest = new Map<string, Time>();
  for (const { step, at } of changes) if ((newest.get(step) ?? '') < at) newest.set(step, at);
  return Object.fromEntries(newest);
}
