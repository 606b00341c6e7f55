// What people decided, as the planner reads it: the newest answer to a question holds.
import type { ServerName } from '../model/names';
import type { Decision, Rotation } from '../model/rotation';

/** The decision that lets the servers after the first one go on. */
export const continueAfterCanary = 'continue:after-canary';

/** The decision that keeps a server out of the plan; `yes` defers it. */
export function deferQuestion(server: ServerName): string {
  return `defer:${server}`;
}

/** The decision that removal may go on without a backup of the old certificate; `accept` lets it. */
export function noBackupQuestion(server: ServerName): string {
  return `no-backup:${server}`;
}

const decisions = new WeakMap<Rotation, ReadonlyMap<string, Decision>>();

/** The newest decision on it, or undefined where nobody has decided. */
export function decisionOn(rotation: Rotation, question: string): Decision | undefined {
  const known = decisions.get(rotation) ?? new Map(rotation.decisions.map((one) => [one.question, one] as const));
  decisions.set(rotation, known);
  return known.get(question);
}

/** The newest answer, or undefined where nobody has decided. */
export function answerTo(rotation: Rotation, question: string): string | undefined {
  return decisionOn(rotation, question)?.answer;
}

export function isDeferred(rotation: Rotation, server: ServerName): boolean {
  return answerTo(rotation, deferQuestion(server)) === 'yes';
}

/** The first server that is not deferred: the others wait for *Continue*. */
export function canaryOf(rotation: Rotation): ServerName | undefined {
  return rotation.servers.find((name) => !isDeferred(rotation, name));
}

/** The one that was it when `decision` was taken: another server may have been deferred, or taken back in, since. */
export function canaryAt(rotation: Rotation, decision: Decision): ServerName | undefined {
  const decisions = rotation.decisions.slice(0, rotation.decisions.indexOf(decision) + 1);
  return canaryOf({ ...rotation, decisions });
}
