// Runs inside the host on the installed extension, in a folder without a config: activates it and adds a line to HOST_FINDINGS.
import { appendFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

/** What the tests outside judge, a line of JSON for each run. */
export interface Findings {
  readonly extensionPath: string;
  readonly activeBefore: boolean;
  /** Loading the bundle and activate(), without what the host does around them; and the same of an extension that does nothing. */
  readonly milliseconds: number;
  readonly emptyMilliseconds: number;
  /** Files of the extension loaded when activate() had ended, from its folder. */
  readonly loaded: readonly string[];
  /** The same once deactivate() had ended. */
  readonly loadedAtEnd: readonly string[];
}

export async function run(): Promise<void> {
  const extension = found('exchange-certificates.exchange-certificates');
  const activeBefore = extension.isActive;
  const emptyMilliseconds = await activated(found('exchange-certificates.companion'));
  const milliseconds = await activated(extension);
  const { extensionPath } = extension;
  const loaded = loadedFrom(extensionPath);
  const { main } = extension.packageJSON as { readonly main: string };
  const exported = require.cache[path.join(extensionPath, main)]?.exports as { readonly deactivate: () => unknown };
  await exported.deactivate();
  const loadedAtEnd = loadedFrom(extensionPath);
  const findings: Findings = { extensionPath, activeBefore, milliseconds, emptyMilliseconds, loaded, loadedAtEnd };
  appendFileSync(process.env['HOST_FINDINGS'] ?? '', `${JSON.stringify(findings)}\n`);
}

function loadedFrom(folder: string): readonly string[] {
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(folder))
    .map((file) => file.slice(folder.length + 1))
    .sort();
}

function found(id: string): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined) throw new Error(`${id} is not installed`);
  return extension;
}

type Load = (request: string, ...rest: readonly unknown[]) => unknown;
type Activate = (context: unknown) => unknown;

/** Times the load of the extension's main file and its activate(), where the host makes them. */
async function activated(extension: vscode.Extension<unknown>): Promise<number> {
  const modules = Module as unknown as { _load: Load };
  const load = modules._load;
  let milliseconds = Number.NaN;
  modules._load = function (this: unknown, request, ...rest) {
    const main = request.startsWith(extension.extensionPath);
    const began = performance.now();
    const loaded = load.call(this, request, ...rest);
    if (!main) return loaded;
    const loading = performance.now() - began;
    const exported = loaded as { readonly activate: Activate };
    const activate: Activate = async (context) => {
      const start = performance.now();
      const result = await exported.activate(context);
      milliseconds = loading + performance.now() - start;
      return result;
    };
    return { ...exported, activate };
  };
  try {
    await extension.activate();
  } finally {
    modules._load = load;
  }
  return milliseconds;
}
