// The packages that ship in the bundle, and the text of THIRD-PARTY-NOTICES that names each with its version and license.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

export interface Shipped {
  readonly name: string;
  readonly version: string;
  /** As its package.json says it, an SPDX expression. */
  readonly license: string;
  /** The whole text of its license file. */
  readonly text: string;
}

const root = path.resolve(__dirname, '../..');

/** Every package with a file in what esbuild.mjs bundles, sorted by name. Throws for one without a license or its text. */
export function shippedPackages(): readonly Shipped[] {
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: entries(),
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    mainFields: ['module', 'main'],
    format: 'esm',
    splitting: true,
    outdir: 'dist',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  return [...folders]
    .map((folder) => shipped(path.resolve(root, folder)))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** As in esbuild.mjs: the extension, the command, each worker, and what is loaded late. */
function entries(): string[] {
  const workers = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('Worker.ts'),
  );
  const chunks = readdirSync(path.join(root, 'src/ui/chunks')).map((file) => `ui/chunks/${file}`);
  return ['extension.ts', 'cli.ts', ...workers, ...chunks].map((file) => path.join(root, 'src', file));
}

function shipped(folder: string): Shipped {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Shipped;
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (typeof license !== 'string' || file === undefined) throw new Error(`${name} ships without a license`);
  return { name, version, license, text: readFileSync(path.join(folder, file), 'utf8').replaceAll('\r', '').trim() };
}

/** The text of THIRD-PARTY-NOTICES. */
export function noticesText(packages: readonly Shipped[]): string {
  const rule = '-'.repeat(80);
  return [
    'Exchange Certificates contains the following packages, each under its own license. Of several to choose from, the first applies.',
    '',
    ...packages.map(listed),
    ...packages.flatMap((one) => ['', rule, listed(one), rule, '', one.text]),
    '',
  ].join('\n');
}

const listed = ({ name, version, license }: Shipped): string => `${name} ${version}, ${license}`;
