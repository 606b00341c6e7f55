// Opens the records of a TLS 1.3 handshake with the secret that our own TLS stack reports (RFC 8446 sections 5.2 and 7.3).
import { createDecipheriv, createHmac } from 'node:crypto';
import type { TlsRecord } from './records';

interface Suite {
  readonly hash: 'sha256' | 'sha384';
  readonly keyLength: 16 | 32;
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
}

/** RFC 8446 appendix B.4; the CCM suites are off in OpenSSL's and BoringSSL's defaults. */
const suites: Readonly<Record<number, Suite>> = {
  0x1301: { hash: 'sha256', keyLength: 16, cipher: 'aes-128-gcm' },
  0x1302: { hash: 'sha384', keyLength: 32, cipher: 'aes-256-gcm' },
  0x1303: { hash: 'sha256', keyLength: 32, cipher: 'chacha20-poly1305' },
};

/** The secret in a line of the key log (NSS format), or undefined where the line tells another one. */
export function handshakeSecret(line: string): Buffer | undefined {
  const [, hex] = /^SERVER_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]{64} ([0-9a-f]+)\s*$/iu.exec(line) ?? [];
  return hex === undefined ? undefined : Buffer.from(hex, 'hex');
}

/** What one record held and which type it really is; undefined where the key does not open it. */
export type OpenRecord = (record: TlsRecord) => { readonly type: number; readonly content: Buffer } | undefined;

/** Undefined for a suite we do not know. The records must be given in order, from the first protected one. */
export function opener(cipherSuite: number, secret: Buffer): OpenRecord | undefined {
  const suite = suites[cipherSuite];
  if (!suite) return undefined;
  const key = expandLabel(suite.hash, secret, 'key', suite.keyLength);
  const iv = expandLabel(suite.hash, secret, 'iv', 12);
  let sequence = 0;
  return ({ header, fragment }) => {
    if (fragment.length < 17) return undefined;
    // Section 5.3: the nonce is the static IV with the record's number laid over its end.
    const nonce = Buffer.from(iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence++) >>> 0, 8);
    // One overload for all three: Node's types tell GCM and ChaCha20 apart by literal names.
    const decipher = createDecipheriv(suite.cipher as 'aes-128-gcm', key, nonce, { authTagLength: 16 });
    decipher.setAAD(header);
    decipher.setAuthTag(fragment.subarray(-16));
    try {
      const plain = Buffer.concat([decipher.update(fragment.subarray(0, -16)), decipher.final()]);
      // Section 5.4: content, its true type, then zeros as padding.
      let end = plain.length - 1;
      while (end >= 0 && plain[end] === 0) end--;
      return end < 0 ? undefined : { type: plain.readUInt8(end), content: plain.subarray(0, end) };
    } catch {
      return undefined;
    }
  };
}

/** HKDF-Expand-Label with an empty context (section 7.1), written out since node:crypto has HKDF only with its extract step. */
function expandLabel(hash: 'sha256' | 'sha384', secret: Buffer, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0])]);
  // RFC 5869 section 2.3: every length asked for here fits into the first block, T(1).
  return createHmac(hash, secret)
    .update(info)
    .update(Buffer.from([1]))
    .digest()
    .subarray(0, length);
}
