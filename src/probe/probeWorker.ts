// The thread that looks at endpoints; its sockets end with it.
import { parentPort } from 'node:worker_threads';
import { probeAll } from './probeAll';
import type { ProbeMessage, ProbeRequest } from './probeInThread';

function tell(message: ProbeMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.once('message', ({ targets, options }: ProbeRequest) => {
  const places = new Map(targets.map(({ endpoint }, at) => [endpoint, at]));
  probeAll(targets, options, (observation) => {
    tell({ kind: 'seen', at: places.get(observation.endpoint) ?? -1, observation });
  }).then(
    () => tell({ kind: 'done' }),
    (error: unknown) => tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
