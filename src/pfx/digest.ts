// Hashes and HMACs by the runtime, and by node-forge where the runtime's library lacks the function, as BoringSSL does SHA-512/224.
import { createHash, createHmac } from 'node:crypto';
import md5 from 'node-forge/lib/md5';
import sha1 from 'node-forge/lib/sha1';
import sha256 from 'node-forge/lib/sha256';
import sha512 from 'node-forge/lib/sha512';
import { digests, type DigestName } from './algorithms';
import type { Runtime } from './cipher';
import { sha224 } from './sha224';
import { sha3 } from './sha3';

/** The digest of `parts` in a row. */
export function hash(name: DigestName, parts: readonly Uint8Array[], runtime: Runtime): Uint8Array {
  if (runtime === 'prefer') {
    try {
      const hasher = createHash(digests[name].node);
      for (const part of parts) hasher.update(part);
      return new Uint8Array(hasher.digest());
    } catch {
      // this runtime's library lacks the function
    }
  }
  return byForge[name](parts);
}

/** RFC 2104. */
export function hmac(name: DigestName, key: Uint8Array, data: Uint8Array, runtime: Runtime): Uint8Array {
  if (runtime === 'prefer') {
    try {
      return new Uint8Array(createHmac(digests[name].node, key).update(data).digest());
    } catch {
      // as above
    }
  }
  const { block } = digests[name];
  const short = key.length > block ? hash(name, [key], runtime) : key;
  const padded = new Uint8Array(block);
  padded.set(short);
  const inner = hash(name, [padded.map((byte) => byte ^ 0x36), data], runtime);
  const value = hash(name, [padded.map((byte) => byte ^ 0x5c), inner], runtime);
  padded.fill(0);
  return value;
}

type Fallback = (parts: readonly Uint8Array[]) => Uint8Array;

interface ForgeDigest {
  update(binary: string): unknown;
  digest(): { getBytes(): string };
}

function forge(create: () => ForgeDigest): Fallback {
  return (parts) => {
    const digest = create();
    for (const part of parts) {
      digest.update(Buffer.from(part.buffer, part.byteOffset, part.length).toString('binary'));
    }
    return new Uint8Array(Buffer.from(digest.digest().getBytes(), 'binary'));
  };
}

const byForge: Readonly<Record<DigestName, Fallback>> = {
  MD5: forge(() => md5.create()),
  'SHA-1': forge(() => sha1.create()),
  // these node-forge lacks, too
  'SHA-224': (parts) => sha224(Buffer.concat(parts)),
  'SHA-256': forge(() => sha256.create()),
  'SHA-384': forge(() => sha512.create('SHA-384')),
  'SHA-512': forge(() => sha512.create()),
  'SHA-512/224': forge(() => sha512.create('SHA-512/224')),
  'SHA-512/256': forge(() => sha512.create('SHA-512/256')),
  'SHA3-224': (parts) => sha3(Buffer.concat(parts), 28),
  'SHA3-256': (parts) => sha3(Buffer.concat(parts), 32),
  'SHA3-384': (parts) => sha3(Buffer.concat(parts), 48),
  'SHA3-512': (parts) => sha3(Buffer.concat(parts), 64),
};
