// Compiles, builds the lab, then runs the tests that run PowerShell in the lab's engine: all, or the files named, two files at a time.
import { buildLab } from './lab.mjs';
import { compile } from './compile.mjs';
import { runMocha } from './suite.mjs';

await compile();
buildLab();
runMocha('engine', {
  named: ['--parallel', '--jobs', '2', ...process.argv.slice(2)],
  fallback: 'out/test/engine/**/*.test.js',
  timeout: 60_000,
});
