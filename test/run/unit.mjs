// Compiles, then runs the tests that need neither engine nor editor: all of them, or the folders and files named (`unit.mjs test/pfx`).
import { compile } from './compile.mjs';
import { runMocha } from './suite.mjs';

await compile();
runMocha('unit', {
  named: process.argv.slice(2),
  fallback: 'out/test/**/*.test.js',
  ignored: ['engine', 'host', 'browser', 'packaged', 'windows'].map((folder) => `out/test/${folder}/**`),
});
