// npm run rotations: a hundred random organizations by their real scripts, and a kill at every statement of five; npm test has a few.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installNodeModules } from './install.mjs';

installNodeModules();
const files = ['rotationInvariants', 'rotationKills'].map((name) => `test/engine/${name}.test.ts`);
const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, 'engine.mjs'), ...files], {
  stdio: 'inherit',
  env: { ...process.env, ROTATIONS: '100', ROTATIONS_KILLED: '5' },
});
process.exit(status ?? 1);
