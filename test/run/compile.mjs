// Transpiles src and test to out/, file by file, as CommonJS: fast, and stack traces name the real lines.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Compiles the whole tree; `out/` is made anew each time so that no file of an earlier name is ever run. */
export async function compile() {
  const { build } = await import('esbuild');
  rmSync(path.join(root, 'out'), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: sources(),
    outdir: path.join(root, 'out'),
    outbase: root,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // as in the bundle, a late import is a late require
    supported: { 'dynamic-import': false },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

/** As `compile`, where a source is younger than what was compiled: what runs from `out/` keeps its files. */
export async function compileIfOld() {
  const compiled = statSync(path.join(root, 'out/test/lab/bed.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (sources().some((file) => statSync(path.join(root, file)).mtimeMs > compiled)) await compile();
}

function sources() {
  return ['src', 'test'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true })
      .map((file) => path.join(folder, file))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.includes('node_modules')),
  );
}

/** Bundles the extension and the command to dist/; ends the process where that fails. */
export function build() {
  const bundled = spawnSync(process.execPath, [path.join(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit' });
  if (bundled.status !== 0) process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await compile();
}
