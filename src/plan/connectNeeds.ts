// What must be done before what: the open steps of a plan, tied together so that each waits only for what it rests on.
import type { Phase, StepKind } from '../model/plan';
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
    .filter(isRestore)
    .map(({ id }) => id);
  const needs = new Map<string, readonly string[]>();
  const tie = (step: OpenStep, ids: readonly string[]): void => {
    needs.set(step.id, isRestore(step) || urgent.length === 0 ? ids : [...urgent, ...ids]);
  };

  for (const step of of('check')) tie(step, []);
  const stage = of('stage');
  const staged = groupByServer(stage);
  const copy = stage.filter((step) => step.kind === 'convert').map(({ id }) => id);
  for (const step of stage) tie(step, stageNeeds(step, staged, copy));

  const looked = groupByServer(of('check'));
  let last: readonly string[] = [];
  for (const { server, steps } of sequences.filter((one) => one.phase === 'cutover')) {
    const open = [...(looked.get(server ?? '') ?? []), ...(staged.get(server ?? '') ?? [])].map(({ id }) => id);
    for (const step of steps) {
      if (isRestore(step)) {
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
  const removal = of('remove');
  const proofs = removal.filter(({ kind }) => kind === 'probe').map(({ id }) => id);
  // one list for all, because a large organization has many removals and many connectors
  const before = [...last, ...proofs];
  for (const step of removal) tie(step, removalNeeds(step, last, before, removal));
  return needs;
}

function isRestore({ kind }: OpenStep): boolean {
  return kind === 'restore-internal-transport-certificate';
}

function groupByServer(steps: readonly OpenStep[]): ReadonlyMap<string, readonly OpenStep[]> {
  return groupBy(steps, (step) => step.target.server ?? '');
}

/** An import rests on the backup of its server, on the copy it reads and on an import taken back; the name on the import. */
function stageNeeds(
  step: OpenStep,
  staged: ReadonlyMap<string, readonly OpenStep[]>,
  copy: readonly string[],
): readonly string[] {
  const rests: Partial<Record<StepKind, readonly StepKind[]>> = {
    import: ['back-up', 'take-back-import'],
    'set-friendly-name': ['back-up', 'import'],
  };
  const here = (staged.get(step.target.server ?? '') ?? []).filter((one) => rests[step.kind]?.includes(one.kind));
  const reads = step.kind === 'import' && 'source' in step.data && step.data.source === 'converted';
  return [...here.map(({ id }) => id), ...(reads ? copy : [])];
}

/**
 * A removal waits for all that came before, and for the look at every server where the old certificate is gone already;
 * not for another removal, which may be held for good by a reference that was left.
 */
function removalNeeds(
  step: OpenStep,
  last: readonly string[],
  before: readonly string[],
  removal: readonly OpenStep[],
): readonly string[] {
  if (step.kind === 'probe') return last;
  // it waits for what other rotations do, and nothing waits for it
  if (step.kind === 'other-servers') return [];
  if (step.kind === 'delete-copies') {
    return [
      ...last,
      ...removal.filter(({ kind }) => kind !== step.kind && kind !== 'other-servers').map(({ id }) => id),
    ];
  }
  return before;
}

/** Connectors follow the last cutover, replication the connectors, each queue its connector and the replication. */
function organizationNeeds(
  steps: readonly OpenStep[],
  last: readonly string[],
  tie: (step: OpenStep, ids: readonly string[]) => void,
): readonly string[] {
  const changes = steps.filter(({ kind }) => kind === 'send-connector' || kind === 'hybrid-configuration');
  const waits = steps.filter(({ kind }) => kind === 'wait-for-replication').map(({ id }) => id);
  const byConnector = new Map(changes.map((step) => [step.target.connector ?? '', step.id]));
  for (const step of steps) {
    if (changes.includes(step)) tie(step, last);
    else if (step.kind === 'wait-for-replication') tie(step, changes.length > 0 ? changes.map(({ id }) => id) : last);
    else {
      const own = byConnector.get(step.target.connector ?? '');
      const rests = [...(own === undefined ? [] : [own]), ...waits];
      tie(step, rests.length > 0 ? rests : last);
    }
  }
  return steps.length > 0 ? steps.map(({ id }) => id) : last;
}
