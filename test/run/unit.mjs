// Compiles, then runs mocha over the named test folders or files of out/test (default: all that need neither lab nor editor).
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { compile, root } from './compile.mjs';

await compile();
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const files = named.length
  ? named.map((name) => (name.endsWith('.ts') ? `out/${name.replace(/\.ts$/, '.js')}` : `out/${name}/**/*.test.js`))
  : ['out/test/**/*.test.js'];
const ignored = named.length ? [] : ['engine', 'host', 'browser'].flatMap((name) => ['--ignore', `out/test/${name}/**`]);
const result = spawnSync(
  process.execPath,
  ['--enable-source-maps', path.join(root, 'node_modules/mocha/bin/mocha.js'), '--timeout', '20000', ...options, ...ignored, ...files],
  { cwd: root, stdio: 'inherit' },
);
process.exit(result.status ?? 1);
