// Opens or converts a PFX file in a worker thread: with progress, ended at once when nobody waits any more.
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Time } from '../model/names';
import type { ConvertOptions } from './convertPfx';
import type { PfxLimits } from './outcome';
import type { PfxView } from './view';

export interface WorkerRequest {
  readonly bytes: Uint8Array;
  readonly password: Uint8Array;
  readonly now: Time;
  readonly limits?: PfxLimits;
  readonly conversion?: Conversion;
}

export interface Conversion {
  readonly options: ConvertOptions;
  /** UTF-8; undefined keeps the file's own. Overwritten. */
  readonly newPassword?: Uint8Array;
}

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly view: PfxView; readonly written?: Uint8Array };

export interface WorkerOptions {
  readonly signal?: AbortSignal;
  /** Iterations done, of how many known so far. */
  readonly progress?: (done: number, total: number) => void;
}

/** `failed` is a fault of ours (the worker's file is missing, memory ran out), never something in the file. */
export type WorkerAnswer =
  | { readonly kind: 'answered'; readonly view: PfxView; readonly written: Uint8Array | null }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** Megabytes a worker may hold: a hostile file takes the worker down, not the editor. */
const memory = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 32 };

/** `request.password` (and the new one of a conversion) is overwritten here and in the worker; never rejects. */
export function openInThread(request: WorkerRequest, { signal, progress }: WorkerOptions = {}): Promise<WorkerAnswer> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      wipe(request);
      resolve({ kind: 'cancelled' });
      return;
    }
    const worker = new Worker(path.join(__dirname, 'pfxWorker.js'), {
      workerData: request,
      resourceLimits: memory,
      env: {},
      stdin: false,
    });
    wipe(request);
    const end = (answer: WorkerAnswer) => {
      signal?.removeEventListener('abort', cancel);
      void worker.terminate();
      resolve(answer);
    };
    const cancel = () => end({ kind: 'cancelled' });
    signal?.addEventListener('abort', cancel);
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') progress?.(message.done, message.total);
      else end({ kind: 'answered', view: message.view, written: message.written ?? null });
    });
    worker.on('error', (error) => end({ kind: 'failed', message: error.message }));
    worker.on('exit', () => end({ kind: 'failed', message: 'the worker ended without an answer' }));
  });
}

/** The worker has its own copies (workerData is cloned) by the time this is called. */
function wipe({ password, conversion }: WorkerRequest): void {
  password.fill(0);
  conversion?.newPassword?.fill(0);
}
