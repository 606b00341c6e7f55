// Names that no script may carry: control characters and halves of characters, which Exchange's own names never have.
import type { Refusal, Step } from '../model/plan';

/** One refusal for each such text of `steps` or of what every script is told; the text is a stranger's and is told as it is. */
export function unusableTexts(steps: readonly Step[], domainController: string | null): readonly Refusal[] {
  const found = new Map<string, Refusal>();
  const judge = (where: string, text: string): void => {
    if (/[\p{Cc}\p{Cs}]/u.test(text)) found.set(text, { code: 'unusable-text', where, detail: text });
  };
  judge('The domain controller', domainController ?? '');
  for (const step of steps) {
    for (const text of textsIn(step)) judge(step.target.connector ?? step.target.server ?? '', text);
  }
  return [...found.values()];
}

/** Every text of a value, however deep: which of them a script carries is the renderers' to choose. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
