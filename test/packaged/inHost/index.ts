// Runs inside the host on the installed extension, in a folder without a config: activates it and writes what it found to HOST_FINDINGS.
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

/** What the tests outside judge. */
export interface Findings {
  readonly extensionPath: string;
  readonly activeBefore: boolean;
  readonly milliseconds: number;
  /** Files of the extension loaded when activate() had ended, from its folder. */
  readonly loaded: readonly string[];
}

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('exchange-certificates.exchange-certificates');
  if (extension === undefined) throw new Error('the extension is not installed');
  const activeBefore = extension.isActive;
  const began = performance.now();
  await extension.activate();
  const milliseconds = performance.now() - began;
  const { extensionPath } = extension;
  const loaded = Object.keys(require.cache)
    .filter((file) => file.startsWith(extensionPath))
    .map((file) => file.slice(extensionPath.length + 1))
    .sort();
  const findings: Findings = { extensionPath, activeBefore, milliseconds, loaded };
  writeFileSync(process.env['HOST_FINDINGS'] ?? '', JSON.stringify(findings));
}
