// The extension as it is shipped, for benches that measure what users get.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/** Packs it anew; answers the VSIX's full path. */
export function packed() {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'test/run/package.mjs')], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stdout + stderr);
  return path.join(root, 'exchange-certificates.vsix');
}
