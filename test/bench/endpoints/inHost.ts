// Runs inside the host: checks every endpoint of the open configuration and tells for how long at a time the host answered nobody.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { Observation } from '../../../src/model/observation';

/** What the bench outside prints. */
export interface Held {
  readonly presented: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly longest: number;
}

export async function run(): Promise<void> {
  const command = (name: string): Thenable<unknown> => vscode.commands.executeCommand(`exchangeCertificates.${name}`);
  await command('organization.focus');
  await command('refresh');
  // the first check loads the room of the probes, and fills the tree that the second one changes
  await command('checkEndpoints');
  await quiet();
  const resolution = 1;
  const delays = monitorEventLoopDelay({ resolution });
  const began = performance.now();
  delays.enable();
  const seen = (await command('checkEndpoints')) as readonly Observation[];
  await quiet();
  delays.disable();
  const held: Held = {
    presented: seen.filter(({ outcome }) => outcome === 'presented').length,
    seconds: (performance.now() - began) / 1000,
    longest: delays.max / 1e6 - resolution,
  };
  writeFileSync(process.env['HELD'] ?? '', JSON.stringify(held));
}

/** The tree and Problems follow in turns of their own. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2000));
}
