// Writes the sample's workspace for a running lab: the config with its addresses, B as openssl writes it, A's original.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LabClient } from './labClient';
import { samplePassword } from './sample';
import { type LabServer } from './state';

/** Where things lie in the workspace, from its root. */
export const samplePaths = {
  config: 'exchange-certificates.yaml',
  pfx: 'certificates/www.mydomain.com-2026.pfx',
  /** A's original file, for a backup where A can't be exported; outside the config's glob. */
  oldPfx: 'certificates/archive/www.mydomain.com-2025.pfx',
} as const;

/** Fills `folder`; the PFX files have `samplePassword`. */
export async function writeSampleWorkspace(lab: LabClient, folder: string): Promise<void> {
  await mkdir(path.join(folder, path.dirname(samplePaths.oldPfx)), { recursive: true });
  await writeFile(path.join(folder, samplePaths.config), await sampleConfig(lab));
  await writeFile(path.join(folder, samplePaths.oldPfx), await windowsPfx(lab, 'A', samplePassword));
  await writeFile(path.join(folder, samplePaths.pfx), await opensslPfx(lab, 'B', samplePassword));
}

/** The configuration's text with the addresses of the lab's listeners. */
export async function sampleConfig(lab: Pick<LabClient, 'state'>): Promise<string> {
  const { servers } = await lab.state();
  const file = path.resolve(__dirname, '../../../test/lab/sample/exchange-certificates.yaml');
  const template = await readFile(file, 'utf8');
  return template.replace(/^ {2}# the lab writes.*$/m, () => servers.map(serverLines).join('\n'));
}

function serverLines(server: LabServer): string {
  const { smtp, https, imaps, pop3s } = server.ports ?? { smtp: 0, https: 0, imaps: 0, pop3s: 0 };
  return [
    `  - name: ${server.name}`,
    `    fqdn: ${server.fqdn ?? ''}`,
    `    address: ${server.address ?? ''}`,
    `    endpoints: { smtp: ${smtp}, https: ${https}, imaps: ${imaps}, pop3s: ${pop3s} }`,
  ].join('\n');
}

/** A certificate of the lab with key and chain as Windows exports it (.NET, 3DES and SHA-1), or with AES-256 and SHA-256. */
export async function windowsPfx(
  lab: Pick<LabClient, 'call'>,
  certificate: string,
  password: string,
  aes = false,
): Promise<Buffer> {
  const { pfx } = (await lab.call('certificate.pfx', { certificate, password, aes })) as { pfx: string };
  return Buffer.from(pfx, 'base64');
}

/** A certificate of the lab with key and chain as openssl 3 writes it: AES-256 and SHA-256, no provider named. */
export async function opensslPfx(lab: Pick<LabClient, 'call'>, certificate: string, password: string): Promise<Buffer> {
  const pem = (await lab.call('certificate.pem', { certificate })) as {
    certificate: string;
    chain: string;
    key: string;
  };
  // openssl reads its input twice, so a pipe won't do; the lab's keys guard nothing.
  const folder = await mkdtemp(path.join(tmpdir(), 'lab-pfx-'));
  try {
    const [input, output] = [path.join(folder, 'in.pem'), path.join(folder, 'out.pfx')];
    await writeFile(input, `${pem.key}\n${pem.certificate}\n${pem.chain}\n`);
    const ciphers = ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'SHA256'];
    await run(
      'openssl',
      ['pkcs12', '-export', ...ciphers, '-in', input, '-out', output, '-passout', 'stdin'],
      `${password}\n`,
    );
    return await readFile(output);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function run(program: string, args: readonly string[], input: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let problem = '';
    child.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${String(code)}: ${problem}`)),
    );
    child.stdin.end(input);
  });
}
