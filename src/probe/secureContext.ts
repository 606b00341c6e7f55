// How TLS is spoken for a look: every version the runtime has, nobody refused, no certificate of ours.
import { constants } from 'node:crypto';
import { createSecureContext, DEFAULT_CIPHERS, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { TrustStore } from './trustStore';

/** Old servers are looked at, not refused. */
const lenient: SecureContextOptions = {
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1.3',
  // Servers without RFC 5746 are refused by OpenSSL 3 unless asked otherwise.
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
};

/** Behind a cipher list: OpenSSL 3 speaks TLS 1.0 and 1.1, and takes SHA-1 and 1024-bit certificates, only at level 0. */
export const everyLevel = ':@SECLEVEL=0';

let shared: SecureContext | undefined;
const trusting = new WeakMap<TrustStore, SecureContext>();

/** One context for all looks by one store; it holds no state of any of them, since no session is ever offered again. */
export function secureContext(trust?: TrustStore): SecureContext {
  if (trust === undefined) return (shared ??= create([]));
  const known = trusting.get(trust) ?? create(trust.roots);
  trusting.set(trust, known);
  return known;
}

function create(ca: readonly string[]): SecureContext {
  const options = { ...lenient, ca: [...ca] };
  return createSecureContext(hasLevels() ? { ...options, ciphers: DEFAULT_CIPHERS + everyLevel } : options);
}

/** Electron's BoringSSL knows no security levels. */
export function hasLevels(): boolean {
  try {
    createSecureContext({ ciphers: DEFAULT_CIPHERS + everyLevel });
    return true;
  } catch {
    return false;
  }
}
