// Many looks at once: as many as allowed, and never too many at one host.
import type { ServerName } from '../model/names';
import type { Endpoint, Observation } from '../model/observation';
import type { Clock } from './clock';
import { probeEndpoint } from './probeEndpoint';

export interface ProbeTarget {
  readonly server: ServerName | null;
  readonly endpoint: Endpoint;
}

export interface ProbeAllOptions {
  /** Looks at once; 32 by default. */
  readonly concurrency?: number;
  /** Looks at once at one host; 4 by default. */
  readonly perHost?: number;
  /** For each look by itself, from its own beginning. */
  readonly timeoutMilliseconds?: number;
  readonly clock?: Clock;
}

/**
 * Tells each observation as it is made, in the order in which they end. Ends when all are made; rejects with the signal's reason
 * when cancelled, after every socket is closed.
 */
export async function probeAll(
  targets: readonly ProbeTarget[],
  options: ProbeAllOptions,
  onObservation: (observation: Observation) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { concurrency = 32, perHost = 4, ...look } = options;
  const queue = new HostQueue(targets, perHost);
  const work = async (): Promise<void> => {
    for (let target = await queue.take(); target; target = await queue.take()) {
      try {
        if (signal?.aborted) return;
        const { server, endpoint } = target;
        onObservation(await probeEndpoint(endpoint, { ...look, ...(server !== null && { server }) }, signal));
      } finally {
        queue.release(target);
      }
    }
  };
  // Settled, not all: a cancelled look must not end the others' wait for their sockets.
  const ends = await Promise.allSettled(Array.from({ length: Math.min(concurrency, targets.length) }, work));
  signal?.throwIfAborted();
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Gives out targets in their order, passing over hosts that are busy; whoever finds only busy hosts waits for a release. */
class HostQueue {
  /** A host's own targets, so that passing over a busy one costs one step however many targets it has. */
  readonly #waiting = new Map<string, ProbeTarget[]>();
  readonly #busy = new Map<string, number>();
  #wake: (() => void)[] = [];

  constructor(
    targets: readonly ProbeTarget[],
    private readonly perHost: number,
  ) {
    for (const target of targets.toReversed()) {
      const { host } = target.endpoint;
      const list = this.#waiting.get(host);
      if (list) list.push(target);
      else this.#waiting.set(host, [target]);
    }
  }

  async take(): Promise<ProbeTarget | undefined> {
    for (;;) {
      if (this.#waiting.size === 0) return undefined;
      for (const [host, list] of this.#waiting) {
        const busy = this.#busy.get(host) ?? 0;
        if (busy >= this.perHost) continue;
        this.#busy.set(host, busy + 1);
        const target = list.pop();
        if (list.length === 0) this.#waiting.delete(host);
        return target;
      }
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  release({ endpoint: { host } }: ProbeTarget): void {
    this.#busy.set(host, (this.#busy.get(host) ?? 1) - 1);
    const woken = this.#wake;
    this.#wake = [];
    for (const wake of woken) wake();
  }
}
