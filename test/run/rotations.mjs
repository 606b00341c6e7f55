// npm run rotations: a hundred random organizations by their real scripts, a kill at every statement of five, and the story on each
// organization of the lab; npm test has a few.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installNodeModules } from './install.mjs';

installNodeModules();
const files = ['rotationInvariants', 'rotationKills', 'organizations'].map((name) => `test/engine/${name}.test.ts`);
const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, 'engine.mjs'), ...files], {
  stdio: 'inherit',
  env: { ...process.env, ROTATIONS: '100', ROTATIONS_KILLED: '5', ORGANIZATIONS: 'all' },
});
process.exit(status ?? 1);
