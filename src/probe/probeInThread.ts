// Many looks in a thread of their own: thousands of handshakes would hold the editor's thread, which has others to answer.
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Observation } from '../model/observation';
import { type ProbeAllOptions, type ProbeTarget } from './probeAll';

export interface ProbeRequest {
  readonly targets: readonly ProbeTarget[];
  readonly options: ThreadOptions;
}

export type ThreadOptions = Pick<ProbeAllOptions, 'concurrency' | 'perHost' | 'timeoutMilliseconds'>;

/** `at` is the target's place in the request. */
export type ProbeMessage =
  | { readonly kind: 'seen'; readonly at: number; readonly observation: Observation }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string };

/** As `probeAll`, which it runs; a cancel ends the thread, and with it every socket. */
export async function probeInThread(
  targets: readonly ProbeTarget[],
  options: ThreadOptions,
  onObservation: (observation: Observation) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const worker = new Worker(path.join(__dirname, 'probeWorker.js'), { env: {} });
  const failure = await new Promise<string | null>((resolve) => {
    const cancel = (): void => void worker.terminate();
    signal?.addEventListener('abort', cancel);
    worker.on('message', (message: ProbeMessage) => {
      if (message.kind === 'seen') {
        const { endpoint } = targets[message.at] ?? message.observation;
        // What was asked for is handed back as it is, not its copy: the caller knows it by its identity.
        if (signal?.aborted !== true) onObservation({ ...message.observation, endpoint });
      } else {
        resolve(message.kind === 'done' ? null : message.message);
        void worker.terminate();
      }
    });
    worker.on('error', ({ message }) => resolve(message));
    worker.on('exit', () => {
      signal?.removeEventListener('abort', cancel);
      resolve('the thread ended without an answer');
    });
    worker.postMessage({ targets, options } satisfies ProbeRequest);
  });
  signal?.throwIfAborted();
  if (failure !== null) throw new Error(failure);
}
