// Activation of the packed extension in a real host, each time a new one, beside an extension that does nothing.
import { createRequire } from 'node:module';
import path from 'node:path';
import { packed } from './shared/packed.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const runs = 20;

export async function run() {
  const { hostFindings } = createRequire(import.meta.url)(path.join(root, 'out/test/packaged/findings.js'));
  const found = await hostFindings(packed(), runs);
  return [
    {
      what: `activate() and loading its bundle, code-server's host, median of ${runs}`,
      value: median(found.map((one) => one.milliseconds)),
      unit: 'ms',
      budget: 15,
      peer: { what: 'an empty extension', value: median(found.map((one) => one.emptyMilliseconds)) },
    },
  ];
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
