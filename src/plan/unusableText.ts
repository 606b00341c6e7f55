// Names that no script may carry: control characters and halves of characters, which Exchange's own names never have.
import type { Refusal, Step } from '../model/plan';

/** One refusal for each such text of `steps`; the text is a stranger's and is told as it is. */
export function unusableTexts(steps: readonly Step[]): readonly Refusal[] {
  const found = new Map<string, Refusal>();
  for (const step of steps) {
    for (const text of textsOf(step)) {
      if (/[\p{Cc}\p{Cs}]/u.test(text)) {
        found.set(text, {
          code: 'unusable-text',
          where: step.target.connector ?? step.target.server ?? '',
          detail: text,
        });
      }
    }
  }
  return [...found.values()];
}

/** Whatever a step carries may be quoted into its script, so every text of it counts. */
function textsOf(step: Step): readonly string[] {
  const { server, connector } = step.target;
  return [server, connector, ...Object.values<unknown>({ ...step })].filter((text) => typeof text === 'string');
}
