// What openssl sees at an endpoint: the second witness, which shares no code with our probe or with the lab.
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';

export interface Witness {
  /** The leaf's SHA-1, 40 upper-case hexadecimal digits; null: no certificate came. */
  readonly thumbprint: string | null;
  /** Subjects of the chain as sent, leaf first. */
  readonly subjects: readonly string[];
  readonly notAfter: Date | null;
  readonly text: string;
}

/** Runs `openssl s_client` once; it never fails, it tells. */
export function opensslWitness(
  address: string,
  port: number,
  starttls?: 'smtp' | 'imap' | 'pop3',
  servername = 'www.mydomain.com',
): Promise<Witness> {
  const args = ['s_client', '-connect', `${address}:${port}`, '-servername', servername, '-showcerts'];
  return new Promise((resolve) => {
    const child = execFile(
      'openssl',
      [...args, ...(starttls ? ['-starttls', starttls] : [])],
      { timeout: 10_000 },
      (_error, output, errors) => {
        const chain = [...output.matchAll(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)].map(
          ([pem]) => new X509Certificate(pem),
        );
        const [leaf] = chain;
        resolve({
          thumbprint: leaf ? leaf.fingerprint.replaceAll(':', '') : null,
          subjects: chain.map((certificate) => certificate.subject.split('\n').reverse().join(', ')),
          notAfter: leaf ? new Date(leaf.validTo) : null,
          text: output + errors,
        });
      },
    );
    child.stdin?.end('QUIT\r\n');
  });
}
