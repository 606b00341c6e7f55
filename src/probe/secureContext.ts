// How TLS is spoken for a look: every version the runtime has, no trust, no certificate of ours.
import { constants } from 'node:crypto';
import { createSecureContext, DEFAULT_CIPHERS, type SecureContext, type SecureContextOptions } from 'node:tls';

/** No trust store, so that a chain holds only what was sent; old servers are looked at, not refused. */
const lenient: SecureContextOptions = {
  ca: [],
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1.3',
  // Servers without RFC 5746 are refused by OpenSSL 3 unless asked otherwise.
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
};

/** Behind a cipher list: OpenSSL 3 speaks TLS 1.0 and 1.1, and takes SHA-1 and 1024-bit certificates, only at level 0. */
export const everyLevel = ':@SECLEVEL=0';

let shared: SecureContext | undefined;

/** One context for all looks; it holds no state of any of them, since no session is ever offered again. */
export function secureContext(): SecureContext {
  return (shared ??= create());
}

function create(): SecureContext {
  return createSecureContext(hasLevels() ? { ...lenient, ciphers: DEFAULT_CIPHERS + everyLevel } : lenient);
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
