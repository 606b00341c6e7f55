// npm run package: makes exchange-certificates.vsix. With --test, installs it into a clean editor and runs test/packaged on it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installCodeServer, installNodeModules } from './install.mjs';

installNodeModules();
const { build, compile, root } = await import('./compile.mjs');
build();
const vsix = path.join(root, 'exchange-certificates.vsix');
const packed = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/@vscode/vsce/vsce'),
    'package',
    '--no-dependencies',
    '--no-rewrite-relative-links',
    '--out',
    vsix,
  ],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
if (packed.status !== 0) process.exit(1);

if (process.argv.includes('--test')) {
  const { buildLab } = await import('./lab.mjs');
  const { runMocha } = await import('./suite.mjs');
  await compile();
  buildLab();
  runMocha('package', {
    fallback: 'out/test/packaged/**/*.test.js',
    timeout: 120_000,
    environment: { CODE_SERVER_FOLDER: installCodeServer(), VSIX: vsix },
  });
}
