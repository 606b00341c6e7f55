// npm run check: types, lint, format and the rooms' borders, at once, since each keeps one core busy.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './commands.mjs';

const programs = {
  types: ['typescript/bin/tsc', '--noEmit'],
  lint: ['eslint/bin/eslint.js', '.'],
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
};

const checks = [...Object.entries(programs).map(([name, program]) => [name, says(program)]), ['borders', borders()]];
let failed = false;
for (const [name, said] of checks) {
  const problem = await said;
  if (problem === null) continue;
  failed = true;
  console.log(`${problem.trimEnd()}\ncheck: ${name} failed`);
}
process.exit(failed ? 1 : 0);

/** Null where it found nothing, else what it said, in one piece. */
function says([script, ...args]) {
  const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...args], { cwd: root });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve) => child.once('close', (code) => resolve(code === 0 ? null : said)));
}

/** By the rules that test/rooms.test.ts holds, bundled for themselves: what lies in `out/` may be running. */
async function borders() {
  const { build } = await import('esbuild');
  const outfile = path.join(root, 'test/.artifacts/rooms.mjs');
  mkdirSync(path.dirname(outfile), { recursive: true });
  const entryPoints = [path.join(root, 'test/rooms.ts')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', packages: 'external' });
  const { breaches } = await import(pathToFileURL(outfile).href);
  const sources = readdirSync(path.join(root, 'src'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({
      file: `src/${name.replaceAll(path.sep, '/')}`,
      text: readFileSync(path.join(root, 'src', name), 'utf8'),
    }));
  const found = breaches(sources);
  return found.length === 0 ? null : found.join('\n');
}
