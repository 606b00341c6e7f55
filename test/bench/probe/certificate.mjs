// The certificate that the benches' servers present: www.mydomain.com, by openssl, for 20 days.
import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** The paths of two PEM files in `folder`. */
export function makeCertificate(folder) {
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '20'],
      ...['-subj', '/CN=www.mydomain.com', '-addext', 'subjectAltName=DNS:www.mydomain.com'],
    ],
    { stdio: 'ignore' },
  );
  return { key, certificate };
}
