// Activation of the packed extension in a real host, each time a new one, beside an extension that does nothing.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const runs = 20;

export async function run() {
  const packed = spawnSync(process.execPath, [path.join(root, 'test/run/package.mjs')], {
    cwd: root,
    encoding: 'utf8',
  });
  if (packed.status !== 0) throw new Error(packed.stdout + packed.stderr);
  const { hostFindings } = createRequire(import.meta.url)(path.join(root, 'out/test/packaged/findings.js'));
  const found = await hostFindings(path.join(root, 'exchange-certificates.vsix'), runs);
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
