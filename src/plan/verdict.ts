// Making verdicts, so that each check says only what it looks at.
import type { Time } from '../model/names';
import type { Verdict } from '../model/plan';

/** Why a check can't be judged; the words are made at the face. */
export type Unknown =
  | 'server-not-found'
  | 'server-not-reached'
  | 'not-told'
  | 'not-observed'
  | 'observed-before-the-last-change'
  | 'decided-before-the-last-change'
  | 'not-in-the-baseline'
  | 'not-begun'
  | 'use-not-told';

export function holds(seen: Time | null): Verdict {
  return { verdict: 'holds', seen };
}

export function fails(seen: Time | null, found: string): Verdict {
  return { verdict: 'fails', seen, found };
}

export function unknown(why: Unknown): Verdict {
  return { verdict: 'unknown', why };
}

/** All must hold: a failure counts before an unknown, an unknown before success. An empty list holds. */
export function all(verdicts: readonly Verdict[], seen: Time | null): Verdict {
  return (
    verdicts.find((one) => one.verdict === 'fails') ??
    verdicts.find((one) => one.verdict === 'unknown') ??
    verdicts[0] ??
    holds(seen)
  );
}

/** `value` is what was found; null is not told. */
export function equals(value: string | null | undefined, wanted: string, seen: Time | null): Verdict {
  if (value === null || value === undefined) return unknown('not-told');
  return value === wanted ? holds(seen) : fails(seen, value);
}
