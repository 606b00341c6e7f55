// Opens or converts a PFX file in a worker thread: with progress, ended at once when nobody waits any more.
import * as path from 'node:path';
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
  /** Certificates without keys, in whatever encoding (.pem, .cer, .p7b): the password is not looked at. */
  readonly isCertificateFile?: boolean;
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

/** A worker that has loaded its code and waits for its one request: start it while the password is being typed. */
export interface PfxThread {
  /** Once. `request.password` (and the new one of a conversion) is overwritten here and in the worker; never rejects. */
  readonly run: (request: WorkerRequest, options?: WorkerOptions) => Promise<WorkerAnswer>;
  /** Ends the worker when there will be no request. */
  readonly dispose: () => void;
}

export function startThread(): PfxThread {
  const worker = new Worker(path.join(__dirname, 'pfxWorker.js'), { resourceLimits: memory, env: {} });
  // a worker that only waits must not keep the process alive, and its fault is told to the request that comes
  worker.unref();
  let fault: string | undefined;
  worker.on('error', (error) => (fault = error.message));
  worker.on('exit', () => (fault ??= 'the worker ended without an answer'));
  return {
    run: (request, options = {}) =>
      fault === undefined ? ask(worker, request, options, () => fault) : failed(request, fault),
    dispose: () => void worker.terminate(),
  };
}

/** Starts a thread and runs `request` in it. */
export function openInThread(request: WorkerRequest, options: WorkerOptions = {}): Promise<WorkerAnswer> {
  return startThread().run(request, options);
}

function failed(request: WorkerRequest, message: string): Promise<WorkerAnswer> {
  wipe(request);
  return Promise.resolve({ kind: 'failed', message });
}

function ask(
  worker: Worker,
  request: WorkerRequest,
  { signal, progress }: WorkerOptions,
  fault: () => string | undefined,
): Promise<WorkerAnswer> {
  return new Promise((resolve) => {
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
    worker.on('exit', () => end({ kind: 'failed', message: fault() ?? '' }));
    worker.ref();
    if (signal?.aborted === true) cancel();
    else worker.postMessage(request);
    wipe(request);
  });
}

/** The worker has its own copies (a message is cloned when it is posted) by the time this is called. */
function wipe({ password, conversion }: WorkerRequest): void {
  password.fill(0);
  conversion?.newPassword?.fill(0);
}
