// What people decided, as the planner reads it: the newest answer to a question holds.
import type { ServerName } from '../model/names';
import type { Rotation } from '../model/rotation';

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

const answers = new WeakMap<Rotation, ReadonlyMap<string, string>>();

/** The newest answer, or undefined where nobody has decided. */
export function answerTo(rotation: Rotation, question: string): string | undefined {
  const known = answers.get(rotation) ?? new Map(rotation.decisions.map((one) => [one.question, one.answer] as const));
  answers.set(rotation, known);
  return known.get(question);
}

export function isDeferred(rotation: Rotation, server: ServerName): boolean {
  return answerTo(rotation, deferQuestion(server)) === 'yes';
}
