// A thread that loads its code while a password is typed.
import type { PfxThread } from '../../pfx/openInThread';

export interface SpareThread {
  /** Starts one, unless one waits or no other will be needed. */
  readonly prepare: () => void;
  /** The one that waits, else a new one. */
  readonly take: () => PfxThread;
  /** Ends the one that waits; no other will be needed. */
  readonly dispose: () => void;
}

export function spareThread(start: () => PfxThread): SpareThread {
  let waiting: PfxThread | undefined;
  let isOver = false;
  return {
    prepare: () => {
      if (!isOver) {
        waiting ??= start();
      }
    },
    take: () => {
      const taken = waiting ?? start();
      waiting = undefined;
      return taken;
    },
    dispose: () => {
      isOver = true;
      waiting?.dispose();
    },
  };
}
