// Every step a rotation could have, done or not, in the order in which they stand in a plan.
import { phaseOrder, places } from './places';
import type { Draft } from './kinds/kind';
import { kinds } from './kinds/kinds';
import type { Planning } from './planning';
import { serverPlaceOf } from './scriptPath';
import { stepId } from './stepId';

/** A draft with its id: the form in which steps are ordered and tied together. */
export interface OpenStep extends Draft {
  readonly id: string;
}

/** By phase, then by server where servers are finished one after the other, then by kind, then by connector. */
export function draftsOf(planning: Planning): readonly OpenStep[] {
  return Object.values(kinds)
    .flatMap((kind): readonly Draft[] => kind.drafts(planning))
    .map((draft) => ({ draft, key: sortKey(draft, planning) }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ draft }) => ({ ...draft, id: stepId(draft.kind, draft.target, draft.thumbprint) }));
}

function sortKey({ kind, phase, target }: Draft, { rotation }: Planning): string {
  // what is of no server stands after all servers
  const place = target.server === undefined ? 99_999 : serverPlaceOf(rotation, target.server);
  const server = String(place).padStart(5, '0');
  const order = String(places[kind]).padStart(2, '0');
  const byServer = phase === 'cutover' || phase === 'remove';
  return [
    String(phaseOrder.indexOf(phase)),
    ...(byServer ? [server, order] : [order, server]),
    (target.connector ?? '').toUpperCase(),
  ].join(' ');
}
