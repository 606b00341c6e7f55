// Where no probe reaches a server, a person may let what is read back stand for the look from outside.
import type { ServerName } from '../model/names';
import type { Observation, ObservationOutcome } from '../model/observation';
import type { Rotation } from '../model/rotation';
import { answerTo } from './decisions';

/** The decision that a server need not be seen from outside; `accept` lets it. */
export function withoutProbeQuestion(server: ServerName): string {
  return `without-probe:${server}`;
}

/** Nobody answered: says nothing of the server. Any other outcome is its answer, and no decision overrules that. */
const silent: ReadonlySet<ObservationOutcome> = new Set<ObservationOutcome>(['unreachable', 'timeout']);

export function isSilent({ outcome }: Observation): boolean {
  return silent.has(outcome);
}

/** True for a look that reached nothing, on a server for which that was accepted; a look there must be, each time. */
export function isAcceptedUnseen(observation: Observation, server: ServerName, rotation: Rotation): boolean {
  return isSilent(observation) && answerTo(rotation, withoutProbeQuestion(server)) === 'accept';
}
