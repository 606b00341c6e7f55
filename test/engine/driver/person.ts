// The person at the keyboard: what they know, what they type, what they decide.
import { type Question, type Step } from '../../../src/model/plan';

export interface Person {
  readonly pfxPassword: string;
  readonly backupPassword: string;
  /** The answer to a question of the plan; undefined leaves it open. */
  readonly answer: (question: Question) => string | undefined;
  /** Whether to let the servers after the first one go on, once that is done. */
  readonly goesOn: boolean;
}

/** What is typed at the prompts of a step's script, were they shown. */
export function typed({ kind }: Step, { pfxPassword, backupPassword }: Person): readonly string[] {
  if (kind === 'import') return [pfxPassword];
  return kind === 'back-up' ? [backupPassword, backupPassword] : [];
}
