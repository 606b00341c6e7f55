// The first question for a password: beside the try with the empty one where the file surely asks, else after it.
import type { PfxView } from '../../pfx/view';
import { words, type Said } from '../face/say';
import { afterDrawing } from './afterDrawing';
import type { Typed } from './password';

/** Undefined when the box was closed, or `until` closed it. */
export type Ask = (prompt: Said, until: AbortSignal) => Promise<Typed | undefined>;

export interface FirstQuestion {
  /** The file has a MAC: the box need not wait for the empty password, which takes as long as any other to be tried. */
  readonly asks: boolean;
  /** Undefined when `until` ended it. */
  readonly tryEmpty: (until: AbortSignal) => Promise<PfxView | undefined>;
  readonly ask: Ask;
  /** Called once a password will be needed, and while it is typed. */
  readonly prepare: () => void;
  readonly signal: AbortSignal;
}

/** What the empty password showed where no other is needed (undefined: cancelled), else what was typed (undefined: the box was closed). */
export type First = { readonly view: PfxView | undefined } | { readonly typed: Typed | undefined };

export async function askFirst({ asks, tryEmpty, ask, prepare, signal }: FirstQuestion): Promise<First> {
  const prompt = words('It is used to look into the file here and is not kept.');
  const settled = new AbortController();
  const until = AbortSignal.any([signal, settled.signal]);
  const box = asks ? ask(prompt, until) : undefined;
  const tryIt = async (): Promise<First | undefined> => {
    if (asks) {
      await afterDrawing();
    }
    const view = await tryEmpty(until);
    if (view?.inspection.outcome !== 'wrong-password') {
      return { view };
    }
    prepare();
    return undefined;
  };
  const opens = tryIt();
  const typed = async (): Promise<First> => ({ typed: await (box ?? ask(prompt, until)) });
  try {
    return box === undefined ? ((await opens) ?? (await typed())) : await Promise.race([typed(), neverUnless(opens)]);
  } finally {
    // the box is closed where the empty password opened the file, the try ended where another was typed
    settled.abort();
  }
}

/** What `first` gives, if it gives anything. */
async function neverUnless(first: Promise<First | undefined>): Promise<First> {
  return (await first) ?? new Promise<First>(() => undefined);
}
