// Bundles src to dist: the extension, the command, and one file for each part that is loaded only when it is needed.
//
// The convention:
// - A feature that must not cost start-up is loaded by `await import('../pfx/openPfx.js')` (Node's spelling, with .js). It becomes a
//   file of its own; what two parts share becomes a shared file, never a copy. There is nothing to register.
// - A file of src whose name ends in `Worker.ts` is an entry: `new Worker(path.join(__dirname, 'pfxWorker.js'))` finds it beside its
//   caller both in dist, which is flat, and in out, where src is compiled file by file. Its caller must live in the same folder.
// - src/extension.ts is one file, since each file that start-up asks for costs a millisecond or two: it has copies of the little that it
//   shares, so nothing in it may keep a state of its own (test/packaged/sizes.test.ts). What it imports late are entries: ui/chunks/.
//
// esbuild can split only ES modules, so one pass writes those, and the next turns each into CommonJS.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, 'dist');

const workers = readdirSync(path.join(root, 'src'), { recursive: true })
  .map((file) => path.join('src', file))
  .filter((file) => file.endsWith('Worker.ts'));
const chunks = readdirSync(path.join(root, 'src/ui/chunks')).map((file) => path.join('src/ui/chunks', file));
const outputsOf = (files) => files.map((file) => ({ in: file, out: path.basename(file, '.ts') }));

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: ['vscode'],
  // yaml and its like ship both kinds of module; the ES ones can be shaken.
  mainFields: ['module', 'main'],
  // require() instead of import(): no second module loader at start-up, and VS Code's own hooks keep working.
  supported: { 'dynamic-import': false },
  minify: true,
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
};

/** dist is flat: what is imported late lies beside its importer. */
const late = {
  name: 'late',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/chunks\/\w+\.js$/ }, ({ path: file }) => ({
      path: `./${path.basename(file)}`,
      external: true,
    }));
  },
};
const start = await build({
  ...common,
  entryPoints: outputsOf(['src/extension.ts']),
  format: 'cjs',
  plugins: [late],
});
const { supported, ...split } = common;
const parts = await build({
  ...split,
  entryPoints: outputsOf(['src/cli.ts', ...workers, ...chunks]),
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
});
const metafile = {
  inputs: { ...start.metafile.inputs, ...parts.metafile.inputs },
  outputs: { ...start.metafile.outputs, ...parts.metafile.outputs },
};

/**
 * Takes `vscode` and Node's own modules as they are, each asked for once in a file. esbuild asks anew for each import and wraps the
 * answer into a copy of its names, hundreds of them, which costs more at start than all else; a copy is needed only for a default
 * import, and src has none of these.
 */
function withPlainModules(code) {
  const asked = /require\("(vscode|node:[\w/]+)"\)/g;
  const plain = code.replaceAll(/[\w$]+\((require\("(?:vscode|node:[\w/]+)"\))(?:,1)?\)/g, '$1');
  const modules = new Set(Array.from(plain.matchAll(asked), ([, name]) => name));
  const nameOf = (module) => `$${module.replaceAll(/\W/g, '_')}`;
  const once = [...modules].map((module) => `${nameOf(module)}=require("${module}")`);
  const shared = plain.replaceAll(asked, (_, module) => nameOf(module));
  return once.length === 0 ? shared : shared.replace(/^("use strict";)?/, `$1const ${once.join()};`);
}

for (const file of Object.keys(metafile.inputs).filter((name) => name.startsWith('src/'))) {
  const text = readFileSync(path.join(root, file), 'utf8');
  if (/^import (?!type )\w+,? .*'(vscode|node:)/m.test(text))
    throw new Error(`${file}: a default import; write import * as`);
}
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const file of [...start.outputFiles, ...parts.outputFiles]) {
  const name = path.basename(file.path);
  const { code } = await transform(file.text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported,
    minify: true,
    sourcefile: name,
  });
  const text = withPlainModules(code);
  writeFileSync(path.join(dist, name), name === 'cli.js' ? `#!/usr/bin/env node\n${text}` : text);
}

// What went where, for the tests of size and start-up.
const artifacts = path.join(root, 'test/.artifacts');
mkdirSync(artifacts, { recursive: true });
writeFileSync(path.join(artifacts, 'bundle.json'), JSON.stringify(metafile));
