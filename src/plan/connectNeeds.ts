// What must be done before what: the open steps of a plan, tied together so that each waits only for what it rests on.
import type { Phase } from '../model/plan';
import { stepKinds } from '../model/stepKinds';
import type { OpenStep } from './draftsOf';
import { groupBy } from './groupBy';
import type { Sequence } from './sequences';

/**
 * The ids each step needs. One server at a time: a cutover is a chain, and the next server's first step needs the last
 * one of the server before. The organization follows the last cutover, a removal all of that, and a restore of an
 * internal transport certificate goes before all. Needs name open steps only, so what is settled holds nobody up.
 */
export function connectNeeds(sequences: readonly Sequence[]): ReadonlyMap<string, readonly string[]> {
  const of = (phase: Phase): readonly OpenStep[] =>
    sequences.filter((one) => one.phase === phase).flatMap((one) => one.steps);
  const urgent = of('cutover')
    .filter(isRepair)
    .map(({ id }) => id);
  const needs = new Map<string, readonly string[]>();
  const tie = (step: OpenStep, ids: readonly string[]): void => {
    needs.set(step.id, isRepair(step) || urgent.length === 0 ? ids : [...urgent, ...ids]);
  };

  for (const step of of('check')) tie(step, []);
  const stage = of('stage');
  const staged = groupByServer(stage);
  for (const step of stage) tie(step, stageNeeds(step, staged));

  const looked = groupByServer(of('check'));
  let last: readonly string[] = [];
  for (const { server, steps } of sequences.filter((one) => one.phase === 'cutover')) {
    const open = [...(looked.get(server ?? '') ?? []), ...(staged.get(server ?? '') ?? [])].map(({ id }) => id);
    for (const step of steps) {
      if (isRepair(step)) {
        tie(step, []);
        continue;
      }
      tie(step, [...open, ...last]);
      open.length = 0;
      last = [step.id];
    }
  }

  const organization = of('organization');
  last = organizationNeeds(organization, last, tie);
  for (const step of of('observe')) {
    tie(step, last);
    last = [step.id];
  }
  for (const [step, ids] of removalNeeds(of('remove'), last)) tie(step, ids);
  return needs;
}

function isRepair({ kind }: OpenStep): boolean {
  return stepKinds[kind].repairs === true;
}

function groupByServer(steps: readonly OpenStep[]): ReadonlyMap<string, readonly OpenStep[]> {
  return groupBy(steps, (step) => step.target.server ?? '');
}

/** A step rests on those of its own server, and on one of no server if that brings about what the step asks for. */
function stageNeeds(step: OpenStep, staged: ReadonlyMap<string, readonly OpenStep[]>): readonly string[] {
  const here = staged.get(step.target.server ?? '') ?? [];
  const ofNoServer = (staged.get('') ?? []).filter(({ proofs }) =>
    proofs.some(({ check }) => step.before.some((one) => one.check === check)),
  );
  return [...new Set([...here, ...ofNoServer])].filter((one) => restsOn(step, one)).map(({ id }) => id);
}

function restsOn(step: OpenStep, other: OpenStep): boolean {
  return stepKinds[step.kind].restsOn?.includes(other.kind) === true;
}

/**
 * A removal waits for all that came before, and for the probe of every server where the old certificate is gone already;
 * not for another removal, which may be blocked for good by a reference that was left.
 */
function removalNeeds(removal: readonly OpenStep[], last: readonly string[]): ReadonlyMap<OpenStep, readonly string[]> {
  // one list for all of a kind, because a large organization has many removals and many connectors
  const needsOf = new Map(
    [...new Set(removal.map(({ kind }) => kind))].map((kind) => {
      const { restsOn: kinds } = stepKinds[kind];
      const rests = removal.filter((one) => kinds?.includes(one.kind)).map(({ id }) => id);
      return [kind, kinds === null ? [] : [...last, ...rests]] as const;
    }),
  );
  return new Map(removal.map((step) => [step, needsOf.get(step.kind) ?? []]));
}

/** Connectors follow the last cutover, replication the connectors, each queue its connector and the replication. */
function organizationNeeds(
  steps: readonly OpenStep[],
  last: readonly string[],
  tie: (step: OpenStep, ids: readonly string[]) => void,
): readonly string[] {
  const byConnector = groupBy(steps, ({ target }) => target.connector ?? '');
  for (const step of steps) {
    const { connector } = step.target;
    const near =
      connector === undefined ? steps : [...(byConnector.get(connector) ?? []), ...(byConnector.get('') ?? [])];
    const rests = near.filter((one) => restsOn(step, one)).map(({ id }) => id);
    tie(step, rests.length > 0 ? rests : last);
  }
  return steps.length > 0 ? steps.map(({ id }) => id) : last;
}
