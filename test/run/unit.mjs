// Compiles, then runs the tests that need neither engine nor editor: all of them, or the folders and files named (`unit.mjs test/pfx`).
import path from 'node:path';
import { compile } from './compile.mjs';
import { eximFolder } from './debian.mjs';
import { runMocha } from './suite.mjs';

await compile();
runMocha('unit', {
  named: process.argv.slice(2),
  fallback: 'out/test/**/*.test.js',
  ignored: ['engine', 'host', 'browser', 'packaged', 'windows'].map((folder) => `out/test/${folder}/**`),
  environment: { EXIM4: path.join(eximFolder(), 'usr/sbin/exim4') },
});
