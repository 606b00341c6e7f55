// The roots that a chain is judged by: those of the system, or those of a file that was given.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { readCertificateFile } from '../certificate/certificateFile';

/** Plain data, so that it can be handed to a thread. */
export interface TrustStore {
  /** In words, as `the system's store`, or the name of a file. */
  readonly name: string;
  /** PEM, one each. */
  readonly roots: readonly string[];
}

/** Where the distributions keep the list that OpenSSL uses, as Go's crypto/x509 looks for it (root_linux.go, root_bsd.go). */
const systemFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * The system's roots: as Node.js reads them (from 22.15 on), else the file named by SSL_CERT_FILE (OpenSSL's SSL_CTX_set_default_verify_paths)
 * or that of the distribution, else Mozilla's list that Node.js carries. The name says which.
 */
export async function systemStore(): Promise<TrustStore> {
  const { getCACertificates } = tls as { readonly getCACertificates?: (type: 'system') => readonly string[] };
  const own = getCACertificates?.('system') ?? [];
  if (own.length > 0) return { name: "the system's store", roots: own };
  const { SSL_CERT_FILE: named } = process.env;
  for (const file of named === undefined ? systemFiles : [named]) {
    const store = storeOf("the system's store", await readFile(file).catch(() => new Uint8Array()));
    if (store.roots.length > 0) return store;
  }
  return { name: 'the list of Mozilla in Node.js', roots: tls.rootCertificates };
}

/** The certificates of a file in any encoding that the inspector reads; without `roots` where there are none. */
export function storeOf(name: string, bytes: Uint8Array): TrustStore & { readonly problems: readonly string[] } {
  const { certificates, problems } = readCertificateFile(bytes);
  return { name, roots: certificates.map(({ der }) => new X509Certificate(der).toString()), problems };
}
