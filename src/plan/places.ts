// The place of each kind of step within its phase: the safe order of facts exchange.md 5, once and for all.
import type { Phase, StepKind } from '../model/plan';

/** Phases in their order; the cutover has one of each server. */
export const phaseOrder: readonly Phase[] = ['check', 'stage', 'cutover', 'organization', 'observe', 'remove'];

/** Lower comes first. A probe stands last wherever it stands: it proves what came before it. */
export const places: Readonly<Record<StepKind, number>> = {
  'take-snapshot': 10,
  'back-up': 10,
  convert: 15,
  'take-back-import': 18,
  import: 20,
  'set-friendly-name': 30,
  'restore-internal-transport-certificate': 10,
  'enable-services': 20,
  'restart-services': 30,
  'recycle-iis': 40,
  'receive-connector': 50,
  'send-connector': 10,
  'hybrid-configuration': 20,
  'wait-for-replication': 30,
  'watch-queues': 40,
  observe: 10,
  remove: 10,
  probe: 90,
  'delete-copies': 95,
  'other-servers': 97,
};
