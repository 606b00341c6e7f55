// Runs `probe` as a process of its own, and gives what it printed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { serve, type Script } from '../probe/scriptedServer';

export interface Printed {
  readonly code: number;
  readonly lines: readonly Record<string, unknown>[];
  readonly out: string;
  readonly error: string;
}

export async function command(...words: readonly string[]): Promise<Printed> {
  const child = spawn(process.execPath, [path.join(__dirname, '../../src/cli.js'), 'probe', ...words]);
  const text = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.error += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  const lines = words.includes('--json')
    ? text.out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    : [];
  return { code, lines, ...text };
}

/** Runs the command on a server of `script`; `{}` in a word stands for its address. */
export async function against(script: Script, ...words: readonly string[]): Promise<Printed> {
  const server = await serve(script);
  const printed = await command(...words.map((word) => word.replace('{}', `127.0.0.1:${server.port}`)));
  await server.close();
  return printed;
}
