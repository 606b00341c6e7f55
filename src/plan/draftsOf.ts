// Every step a rotation could have, done or not, in the order in which they stand in a plan.
import { phaseOrder, phases } from '../model/phases';
import { stepKinds } from '../model/stepKinds';
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
  return (
    Object.values(kinds)
      .flatMap((kind): readonly Draft[] => kind.drafts(planning))
      .map((draft) => ({ draft, place: placeOf(draft, planning) }))
      .sort(
        (one, other) => one.place - other.place || compare(one.draft.target.connector, other.draft.target.connector),
      )
      // added and not copied: the drafts were made a moment ago, and there may be thousands
      .map(({ draft }) => Object.assign(draft, { id: stepId(draft.kind, draft.target, draft.thumbprint) }))
  );
}

/** More than the servers and kinds of any organization. */
const mostServers = 100_000;
const mostKinds = 100;

function placeOf({ kind, phase, target }: Draft, { rotation }: Planning): number {
  // what is of no server stands after all servers
  const server = target.server === undefined ? mostServers - 1 : serverPlaceOf(rotation, target.server);
  const { place } = stepKinds[kind];
  const within = phases[phase].serverByServer ? server * mostKinds + place : place * mostServers + server;
  return phaseOrder.indexOf(phase) * mostServers * mostKinds + within;
}

function compare(one = '', other = ''): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
