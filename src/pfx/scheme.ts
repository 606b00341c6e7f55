// Reads how a part of a PKCS#12 file is encrypted or protected: AlgorithmIdentifiers to derivations and ciphers.
import { DerError, expect, isUniversal, octets, Tag, type Element } from '../certificate/der';
import { readInteger, readOid } from '../certificate/derValues';
import {
  cipherByOid,
  ciphers,
  digestByOid,
  digests,
  hmacByOid,
  pbeByOid,
  pbes1ByOid,
  pbes2,
  pbkdf2,
  pbmac1,
  rc2ByVersion,
  rc2Cbc,
  scrypt,
  type CipherName,
  type DigestName,
} from './algorithms';
import { knownName } from './knownAlgorithms';
import type { Encryption, MacFacts } from './outcome';
import { LimitError, UnsupportedError } from './problems';

export interface Pbkdf2 {
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly hmac: DigestName;
}

/** RFC 7914: `cost` is N, a power of two. */
export interface Scrypt {
  readonly salt: Uint8Array;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

export type Scheme =
  | {
      readonly kind: 'pbes2';
      readonly cipher: CipherName;
      readonly iv: Uint8Array;
      readonly derivation: Pbkdf2 | Scrypt;
    }
  | {
      readonly kind: 'pbes1';
      readonly name: string;
      readonly cipher: CipherName;
      readonly digest: DigestName;
      readonly salt: Uint8Array;
      readonly iterations: number;
    }
  | {
      readonly kind: 'pbe';
      readonly name: string;
      readonly cipher: CipherName;
      readonly salt: Uint8Array;
      readonly iterations: number;
    };

export type Mac = { readonly digest: DigestName; readonly value: Uint8Array } & (
  | { readonly kind: 'pkcs12'; readonly salt: Uint8Array; readonly iterations: number }
  | { readonly kind: 'pbmac1'; readonly derivation: Pbkdf2; readonly keySize: number }
);

/** The shortest key RFC 9579 section 5 lets a PBMAC1 have, in bytes. */
const shortestMacKey = 20;

/** The scheme an AlgorithmIdentifier names. Throws DerError, UnsupportedError. */
export function readScheme(algorithm: Element): Scheme {
  const [oid, parameters] = identifier(algorithm);
  if (oid === pbes2) return readPbes2(must(parameters, algorithm));
  const [pbe, pbes1] = [pbeByOid[oid], pbes1ByOid[oid]];
  const [saltElement, count] = must(parameters, algorithm).children;
  const salt = octets(expect(saltElement, Tag.octetString, 'the salt', algorithm));
  const iterations = readIterations(count, algorithm);
  if (pbe !== undefined) return { kind: 'pbe', ...pbe, salt, iterations };
  return pbes1 === undefined ? fail(unsupported(oid)) : { kind: 'pbes1', ...pbes1, salt, iterations };
}

function readPbes2(parameters: Element): Scheme {
  const [derivation, encryption] = parameters.children;
  const cipherIdentifier = must(encryption, parameters);
  const [oid, detail] = identifier(cipherIdentifier);
  const rc2 = oid === rc2Cbc ? readRc2(must(detail, cipherIdentifier)) : undefined;
  const cipher = rc2?.cipher ?? cipherByOid[oid];
  if (cipher === undefined) throw unsupported(oid);
  const iv = rc2?.iv ?? octets(expect(detail, Tag.octetString, 'the initialisation vector', parameters));
  if (iv.length !== ciphers[cipher].iv)
    throw new DerError('malformed', 'the initialisation vector has a wrong length', parameters.start);
  const { derivation: found, keySize } = readDerivation(must(derivation, parameters));
  // a longer key than the effective bits need: neither OpenSSL nor .NET reads that
  if (rc2 !== undefined && keySize !== null && keySize !== ciphers[cipher].key) throw otherRc2();
  return { kind: 'pbes2', cipher: asMeant(cipher, keySize), iv, derivation: found };
}

/** NSS before 3.30 named AES-128 whatever AES it used; the length of the derived key tells which it was. */
function asMeant(cipher: CipherName, keySize: number | null): CipherName {
  if (cipher !== 'AES-128-CBC') return cipher;
  return keySize === 32 ? 'AES-256-CBC' : keySize === 24 ? 'AES-192-CBC' : cipher;
}

/** RC2-CBC-Parameter: a version that stands for the key's bits (absent: 32, not met in files), and the IV. */
function readRc2(parameters: Element): { readonly cipher: CipherName; readonly iv: Uint8Array } {
  const [version, iv] = parameters.children;
  const cipher = rc2ByVersion[isUniversal(version, Tag.integer) ? (readInteger(version) ?? 0) : 0];
  if (cipher === undefined) throw otherRc2();
  return { cipher, iv: octets(expect(iv, Tag.octetString, 'the initialisation vector', parameters)) };
}

function otherRc2(): UnsupportedError {
  return new UnsupportedError('RC2-CBC with another key length', rc2Cbc);
}

function readDerivation(algorithm: Element): {
  readonly derivation: Pbkdf2 | Scrypt;
  readonly keySize: number | null;
} {
  const [oid, parameters] = identifier(algorithm);
  return oid === scrypt ? readScrypt(must(parameters, algorithm), algorithm) : readPbkdf2(algorithm);
}

/** scrypt-params (RFC 7914 section 7). */
function readScrypt(
  parameters: Element,
  algorithm: Element,
): { readonly derivation: Scrypt; readonly keySize: number | null } {
  const [salt, cost, blockSize, parallelization, size] = parameters.children;
  const derivation = {
    salt: octets(expect(salt, Tag.octetString, 'the salt', algorithm)),
    cost: readIterations(cost, algorithm),
    blockSize: readIterations(blockSize, algorithm),
    parallelization: readIterations(parallelization, algorithm),
  };
  const bits = Math.log2(derivation.cost);
  if (bits < 1 || !Number.isInteger(bits))
    throw new DerError('malformed', 'the cost of scrypt is no power of two', parameters.start);
  // RFC 7914 section 2, as every implementation checks it
  if (bits >= 16 * derivation.blockSize || derivation.parallelization * derivation.blockSize >= 2 ** 30)
    throw new DerError('malformed', 'the parameters of scrypt do not fit each other', parameters.start);
  return { derivation, keySize: size === undefined ? null : (readInteger(size) ?? null) };
}

/** PBKDF2-params (RFC 8018 appendix A.2); the function is HMAC with SHA-1 when none is named. */
function readPbkdf2(algorithm: Element): { readonly derivation: Pbkdf2; readonly keySize: number | null } {
  const [oid, parameters] = identifier(algorithm);
  if (oid !== pbkdf2) throw unsupported(oid);
  const [salt, count, ...rest] = must(parameters, algorithm).children;
  const size = rest.find((part) => isUniversal(part, Tag.integer));
  const hmac = rest.find((part) => isUniversal(part, Tag.sequence));
  return {
    derivation: {
      salt: octets(expect(salt, Tag.octetString, 'the salt', algorithm)),
      iterations: readIterations(count, algorithm),
      hmac: hmac === undefined ? 'SHA-1' : readHmac(hmac),
    },
    keySize: size === undefined ? null : (readInteger(size) ?? null),
  };
}

function readHmac(algorithm: Element): DigestName {
  const [oid] = identifier(algorithm);
  return hmacByOid[oid] ?? fail(unsupported(oid));
}

/** MacData (RFC 7292 section 4; PBMAC1 as RFC 9579 section 4). Throws DerError, UnsupportedError, LimitError. */
export function readMac(data: Element): Mac {
  const [info, salt, count] = data.children;
  const digestInfo = must(info, data);
  const [algorithm, value] = digestInfo.children;
  const [oid, parameters] = identifier(must(algorithm, digestInfo));
  const mac = octets(expect(value, Tag.octetString, 'the MAC', digestInfo));
  if (oid === pbmac1) {
    const [derivation, hmac] = must(parameters, digestInfo).children;
    const { derivation: pbkdf, keySize } = readPbkdf2(must(derivation, data));
    if (keySize === null || keySize < shortestMacKey || keySize > 1_024) {
      throw new LimitError({ limit: 'pbmac1-key-length', allowed: shortestMacKey, found: keySize });
    }
    const digest = readHmac(must(hmac, data));
    return { kind: 'pbmac1', digest, value: ofSize(digest, mac, digestInfo), derivation: pbkdf, keySize };
  }
  const digest = digestByOid[oid] ?? fail(unsupported(oid));
  return {
    kind: 'pkcs12',
    digest,
    value: ofSize(digest, mac, digestInfo),
    salt: octets(expect(salt, Tag.octetString, 'the salt of the MAC', data)),
    iterations: count === undefined ? 1 : readIterations(count, data),
  };
}

/** A MAC is the whole HMAC: one cut short would prove less. */
function ofSize(digest: DigestName, mac: Uint8Array, parent: Element): Uint8Array {
  if (mac.length === digests[digest].size) return mac;
  const text = `a MAC of ${mac.length} bytes in place of the ${digests[digest].size} of HMAC-${digest}`;
  throw new DerError('malformed', text, parent.start);
}

export function describeScheme(part: Encryption['part'], scheme: Scheme): Encryption {
  if (scheme.kind !== 'pbes2') {
    const hash = scheme.kind === 'pbes1' ? scheme.digest : 'SHA-1';
    return { part, algorithm: scheme.name, hash, iterations: scheme.iterations };
  }
  const { cipher, derivation } = scheme;
  return 'cost' in derivation
    ? { part, algorithm: cipher, hash: 'scrypt', iterations: derivation.cost }
    : { part, algorithm: cipher, hash: derivation.hmac, iterations: derivation.iterations };
}

export function describeMac(mac: Mac): MacFacts {
  return mac.kind === 'pbmac1'
    ? { algorithm: `PBMAC1-HMAC-${mac.digest}`, iterations: mac.derivation.iterations }
    : { algorithm: `HMAC-${mac.digest}`, iterations: mac.iterations };
}

function identifier(algorithm: Element): readonly [oid: string, parameters: Element | undefined] {
  const [oid, parameters] = algorithm.children;
  return [readOid(expect(oid, Tag.oid, 'the identifier of an algorithm', algorithm)), parameters];
}

function readIterations(element: Element | undefined, parent: Element): number {
  const count = readInteger(expect(element, Tag.integer, 'the iteration count', parent));
  // a count beyond any integer is as hostile as one that fits, and is refused by the same limit
  if (count === undefined) return Number.MAX_SAFE_INTEGER;
  if (count < 1) throw new DerError('malformed', `an iteration count of ${count}`, element?.start ?? parent.start);
  return count;
}

function must(element: Element | undefined, parent: Element): Element {
  return element ?? fail(new DerError('malformed', 'a part is missing', parent.contentEnd));
}

function unsupported(oid: string): UnsupportedError {
  const read = pbeByOid[oid]?.name ?? pbes1ByOid[oid]?.name ?? digestByOid[oid] ?? cipherByOid[oid];
  return new UnsupportedError(knownName(oid) ?? read ?? 'an unknown algorithm', oid);
}

function fail(error: Error): never {
  throw error;
}
