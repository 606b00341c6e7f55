// The worker thread that derives keys, so that the editor's own thread never waits; keys end with it.
import { parentPort } from 'node:worker_threads';
import { certificateView } from './certificateView';
import { convertPfx } from './convertPfx';
import { openPfx } from './openPfx';
import type { WorkerMessage, WorkerRequest } from './openInThread';
import { pfxView } from './view';

/** Progress is told this often at most, in milliseconds. */
const pause = 50;

async function answer(request: WorkerRequest): Promise<WorkerMessage> {
  const { bytes, password, now, limits, conversion } = request;
  if (request.isCertificateFile === true) return { kind: 'done', view: certificateView(bytes, now) };
  const kept = conversion === undefined ? undefined : Uint8Array.from(conversion.newPassword ?? password);
  let told = 0;
  const opened = await openPfx(bytes, password, {
    ...(limits === undefined ? {} : { limits }),
    progress: (done, total) => {
      if (performance.now() - told < pause) return;
      told = performance.now();
      parentPort?.postMessage({ kind: 'progress', done, total } satisfies WorkerMessage);
    },
  });
  const written =
    conversion === undefined || kept === undefined || opened.kind !== 'opened'
      ? undefined
      : convertPfx(opened, kept, conversion.options);
  kept?.fill(0);
  conversion?.newPassword?.fill(0);
  if (opened.kind === 'opened') for (const { pkcs8 } of opened.keys) pkcs8.fill(0);
  return { kind: 'done', view: pfxView(opened, now), ...(written === undefined ? {} : { written }) };
}

parentPort?.once('message', (request: WorkerRequest) => {
  void answer(request).then((message) => parentPort?.postMessage(message));
});
