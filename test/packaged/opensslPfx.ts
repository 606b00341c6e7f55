// Asks openssl, as a second witness, for the certificate of a PFX.
import { spawnSync } from 'node:child_process';

/** The certificate with the key, as PEM. The password goes by standard input. */
export function certificateByOpenssl(folder: string, file: string, password: string): string {
  const told = spawnSync('openssl', ['pkcs12', '-in', file, '-clcerts', '-nokeys', '-passin', 'stdin'], {
    cwd: folder,
    input: `${password}\n`,
    encoding: 'utf8',
  });
  if (told.status !== 0) throw new Error(told.stderr);
  return told.stdout;
}
