// Builds the extension and the lab, then runs the tests that drive the real window: all, or the files named.
import { installCodeServer } from './install.mjs';
import { build, compile } from './compile.mjs';
import { buildLab } from './lab.mjs';
import { runMocha } from './suite.mjs';

await compile();
build();
buildLab();
runMocha('browser', {
  // a suite whose editor did not come up would wait for what it started
  named: ['--exit', ...process.argv.slice(2)],
  fallback: 'out/test/browser/**/*.test.js',
  timeout: 120_000,
  environment: { CODE_SERVER_FOLDER: installCodeServer() },
});
