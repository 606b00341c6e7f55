// Reads what the build put where: which files the extension loads at once, and which packages are in them.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly inputs: Readonly<Record<string, unknown>>;
        readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
      }
    >
  >;
}

/** One file of dist. */
export interface Bundled {
  /** As `dist/NAME.js`. */
  readonly file: string;
  readonly bytes: number;
  /** The sources in it, from the root. */
  readonly inputs: readonly string[];
  /** Files of dist loaded with it, not later. */
  readonly loads: readonly string[];
}

const root = path.resolve(__dirname, '../../..');

/** Every file of the last build. */
export function bundledFiles(): readonly Bundled[] {
  const metafile = JSON.parse(readFileSync(path.join(root, 'test/.artifacts/bundle.json'), 'utf8')) as Metafile;
  return Object.entries(metafile.outputs).map(([file, output]) => ({
    file,
    bytes: statSync(path.join(root, file)).size,
    inputs: Object.keys(output.inputs),
    loads: output.imports
      .filter((one) => one.external !== true && one.kind !== 'dynamic-import')
      .map((one) => one.path),
  }));
}

/** The files that loading `file` loads, itself among them. */
export function loadedWith(file: string, files: readonly Bundled[]): readonly Bundled[] {
  const reached = new Map<string, Bundled>();
  const visit = (name: string): void => {
    const found = files.find((one) => one.file === name);
    if (found === undefined) throw new Error(`the build has no ${name}`);
    if (reached.has(name)) return;
    reached.set(name, found);
    found.loads.forEach(visit);
  };
  visit(file);
  return [...reached.values()];
}

/** The npm packages with code in these files, sorted. */
export function packagesIn(files: readonly Bundled[]): readonly string[] {
  const names = files
    .flatMap((file) => file.inputs)
    .flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
  return [...new Set(names)].sort();
}
