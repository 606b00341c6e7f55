// The version and cipher suite a server chose (RFC 8446 section 4.1.3).
import { ByteReader } from './byteReader';

export interface ServerHello {
  readonly version: number;
  readonly cipherSuite: number;
}

export const tls13 = 0x0304;
const supportedVersions = 43;

/** Undefined where `body` is no ServerHello. */
export function readServerHello(body: Buffer): ServerHello | undefined {
  const reader = new ByteReader(body);
  const legacyVersion = reader.number(2);
  const random = reader.take(32);
  const sessionId = reader.vector(1);
  const cipherSuite = reader.number(2);
  const compression = reader.number(1);
  if (legacyVersion === undefined || !random || !sessionId || cipherSuite === undefined || compression === undefined)
    return undefined;
  // Section 4.2.1: TLS 1.3 is told by an extension, the old field says 1.2.
  const extensions = new ByteReader(reader.vector(2) ?? Buffer.alloc(0));
  for (;;) {
    const type = extensions.number(2);
    const data = extensions.vector(2);
    if (type === undefined || !data) return { version: legacyVersion, cipherSuite };
    if (type === supportedVersions && data.length === 2) return { version: data.readUInt16BE(0), cipherSuite };
  }
}
