// Open steps gathered into the phases a person sees.
import type { Phase } from '../model/plan';
import type { OpenStep } from './draftsOf';
import { groupBy } from './groupBy';
import { phaseOrder } from '../model/phases';
import { stepKinds } from '../model/stepKinds';
import type { PlannedServer, Planning } from './planning';

export interface Sequence {
  readonly phase: Phase;
  /** Set for the phases that are of one server. */
  readonly server: string | null;
  readonly isDeferred: boolean;
  readonly steps: readonly OpenStep[];
}

/**
 * Phases with open steps, and those of deferred servers, which keep their place. A phase with a
 * repair comes before everything else.
 */
export function sequencesOf(open: readonly OpenStep[], planning: Planning): readonly Sequence[] {
  const byPhase = groupBy(open, (step) => step.phase);
  const sequences = phaseOrder.flatMap((phase): readonly Sequence[] => {
    const steps = byPhase.get(phase) ?? [];
    return phase === 'cutover' ? cutovers(steps, planning) : [{ phase, server: null, isDeferred: false, steps }];
  });
  const kept = sequences.filter((one) => one.steps.length > 0 || one.isDeferred);
  return [...kept.filter(isUrgent), ...kept.filter((one) => !isUrgent(one))];
}

function cutovers(steps: readonly OpenStep[], { servers }: Planning): readonly Sequence[] {
  const byServer = groupBy(steps, (step) => step.target.server);
  return servers.map(({ name, isDeferred }: PlannedServer): Sequence => ({
    phase: 'cutover',
    server: name,
    isDeferred,
    steps: byServer.get(name) ?? [],
  }));
}

function isUrgent({ steps }: Sequence): boolean {
  return steps.some((step) => stepKinds[step.kind].repairs === true);
}
