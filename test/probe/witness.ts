// The second witness: what `openssl s_client` says of an endpoint, its PEM blocks read by openssl too.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Endpoint } from '../../src/model/observation';

export interface Witness {
  readonly chain: readonly string[];
  readonly notAfter: number;
  readonly notBefore: number;
  readonly version: string;
}

const starttls: Partial<Record<Endpoint['protocol'], string>> = { smtp: 'smtp', imap: 'imap', pop3: 'pop3' };

export async function witness({ protocol, host, port, servername }: Endpoint): Promise<Witness> {
  const begin = starttls[protocol];
  const client = spawn(
    'openssl',
    [
      's_client',
      '-showcerts',
      '-connect',
      `${host}:${port}`,
      '-servername',
      servername,
      ...(begin ? ['-starttls', begin] : []),
      '-cipher',
      'DEFAULT@SECLEVEL=0',
      '-min_protocol',
      'TLSv1',
    ],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  let text = '';
  client.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    // Its summary ends so; then it would wait for what to send.
    if (/Verify return code|Extended master secret/u.test(text)) client.stdin.end();
  });
  await once(client, 'close');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
  const read = blocks.map((block) =>
    execFileSync('openssl', ['x509', '-noout', '-fingerprint', '-sha1', '-dates'], { input: block, encoding: 'utf8' }),
  );
  const field = (name: string): string => new RegExp(`${name}=(.*)`, 'u').exec(read[0] ?? '')?.[1] ?? '';
  return {
    chain: read.map((told) => (/Fingerprint=(.*)/u.exec(told)?.[1] ?? '').replaceAll(':', '')),
    notBefore: Date.parse(field('notBefore')),
    notAfter: Date.parse(field('notAfter')),
    // For old versions the line of the cipher names the version it came with, not the one in use.
    version: (/^ *Protocol *: (\S+)/mu.exec(text) ?? /^(?:New|Reused), (\S+), Cipher/mu.exec(text))?.[1] ?? '',
  };
}
