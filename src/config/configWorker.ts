// The thread in which a long configuration is read.
import { parentPort } from 'node:worker_threads';
import { parseConfig } from './parseConfig';

parentPort?.once('message', (text: string) => {
  parentPort?.postMessage(parseConfig(text));
});
