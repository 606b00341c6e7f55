// Starts the lab process on an organization, and writes the sample's workspace.
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connectLab, type LabClient } from './labClient';
import { labProgram } from './labProgram';
import { sampleOrganization } from './sample';
import { type LabState } from './state';

export { labProgram } from './labProgram';
export { connectLab, type LabClient } from './labClient';
export { LabRefusal } from './numberedCalls';
export { outboundName, sampleOrganization, samplePassword } from './sample';
export * from './state';

export interface Lab extends LabClient {
  readonly data: string;
  /** Ends the lab process and waits for it. */
  stop(): Promise<void>;
}

export interface LabOptions {
  /** Folder of state, socket and drives C:; short, as a socket's path has 107 bytes at most. */
  readonly data: string;
  /** First three numbers of the listeners' addresses, where several labs run side by side. */
  readonly loopback?: string;
  readonly state?: LabState;
}

/** Starts `lab serve` and resolves when every listener stands; the process ends with this one. */
export async function startLab(options: LabOptions): Promise<Lab> {
  await mkdir(options.data, { recursive: true });
  await writeFile(
    path.join(options.data, 'state.json'),
    JSON.stringify(options.state ?? sampleOrganization(), null, 2),
  );
  const args = [
    'serve',
    '--data',
    options.data,
    '--until-stdin-closes',
    ...(options.loopback ? ['--loopback', options.loopback] : []),
  ];
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const child = spawn(labProgram(), args, { stdio: ['pipe', 'pipe', 'pipe'], env });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let [told, problem] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (told.split('\n').includes('ready')) {
        resolve();
      }
    });
    child.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the lab process ended with ${String(code)}: ${problem}`)));
  });
  const client = await connectLab(options.data);
  return {
    ...client,
    data: options.data,
    stop: async () => {
      client.close();
      child.stdin.end();
      await ended;
    },
  };
}
