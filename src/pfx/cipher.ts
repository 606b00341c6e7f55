// Decrypts and encrypts with the runtime's ciphers, and with node-forge's or our own where the runtime has none.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import 'node-forge/lib/aes';
import 'node-forge/lib/des';
import forgeCiphers from 'node-forge/lib/cipher';
import rc2 from 'node-forge/lib/rc2';
import forgeUtil from 'node-forge/lib/util';
import { ciphers, type CipherName } from './algorithms';
import { ariaDecipher } from './aria';
import { decryptCamellia } from './camellia';
import { UndecryptableError } from './problems';
import { seedDecipher } from './seed';

/** Where cryptography comes from: the runtime first, or (in tests) never, as if it lacked everything it may lack. */
export type Runtime = 'prefer' | 'avoid';

/** The plain bytes, padding checked and taken off. Throws UndecryptableError; undefined when nothing here knows the cipher. */
export function decrypt(
  name: CipherName,
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
  runtime: Runtime,
): Uint8Array | undefined {
  if (name === 'RC4-40' || name === 'RC4-128') return rc4(key, data);
  if (data.length === 0 || data.length % ciphers[name].iv !== 0) throw new UndecryptableError('not whole blocks');
  const padded = transform(name, key, iv, data, 'decrypt', runtime);
  return padded === undefined ? undefined : unpadded(padded, ciphers[name].iv);
}

/** `data`, padded and encrypted; undefined when nothing here knows the cipher. */
export function encrypt(
  name: CipherName,
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
  runtime: Runtime,
): Uint8Array | undefined {
  const block = ciphers[name].iv;
  const missing = block - (data.length % block);
  const padded = Buffer.concat([data, Buffer.alloc(missing, missing)]);
  return transform(name, key, iv, padded, 'encrypt', runtime);
}

type Direction = 'encrypt' | 'decrypt';

function transform(
  name: CipherName,
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
  direction: Direction,
  runtime: Runtime,
): Uint8Array | undefined {
  const whole = name === 'DES-EDE-CBC' ? Buffer.concat([key, key.subarray(0, 8)]) : key;
  const { node } = ciphers[name];
  if (runtime === 'prefer' && node !== null) {
    try {
      const cipher = (direction === 'encrypt' ? createCipheriv : createDecipheriv)(node, whole, iv).setAutoPadding(
        false,
      );
      return new Uint8Array(Buffer.concat([cipher.update(data), cipher.final()]));
    } catch {
      // this runtime's library lacks the cipher (or hides it in a legacy provider): node-forge's is tried
    }
  }
  if (direction === 'decrypt') {
    if (name.startsWith('CAMELLIA-')) return decryptCamellia(key, iv, data);
    if (name.startsWith('ARIA-')) return decryptBlocks(ariaDecipher(key), iv, data);
    if (name === 'SEED-CBC') return decryptBlocks(seedDecipher(key), iv, data);
  }
  return byForge(name, whole, iv, data, direction);
}

/** CBC mode around the decryption of one block. */
function decryptBlocks(decipher: (block: Uint8Array) => Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const plain = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += iv.length) {
    plain.set(decipher(data.subarray(at, at + iv.length)), at);
    const previous = at === 0 ? iv : data.subarray(at - iv.length, at);
    for (let byte = 0; byte < iv.length; byte++) plain[at + byte] = (plain[at + byte] ?? 0) ^ (previous[byte] ?? 0);
  }
  return plain;
}

function byForge(
  name: CipherName,
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
  direction: Direction,
): Uint8Array | undefined {
  const cipher = forgeCipher(name, binary(key), direction);
  if (cipher === undefined) return undefined;
  const whole = Buffer.alloc(data.length);
  let vector = iv;
  // its time grows with the square of what it is given at once; a piece of CBC needs no more than the block before it
  for (let at = 0; at < data.length; at += piece) {
    const given = data.subarray(at, at + piece);
    cipher.start({ iv: binary(vector) });
    cipher.update(forgeUtil.createBuffer(binary(given)));
    cipher.finish(() => true);
    whole.write(cipher.output.getBytes(), at, 'binary');
    const locked = direction === 'decrypt' ? given : whole.subarray(at, at + given.length);
    vector = locked.subarray(locked.length - iv.length);
  }
  return new Uint8Array(whole);
}

/** Bytes, whole blocks of every cipher. */
const piece = 1_024;

interface ForgeCipher {
  start(options: { iv: string }): void;
  update(input: ReturnType<typeof forgeUtil.createBuffer>): void;
  finish(pad: () => boolean): unknown;
  readonly output: { getBytes(): string };
}

function forgeCipher(name: CipherName, key: string, direction: Direction): ForgeCipher | undefined {
  if (name.startsWith('RC2-')) return forgeRc2(key, Number(/^RC2-(\d+)/.exec(name)?.[1]), direction);
  const algorithm = name.startsWith('AES-')
    ? 'AES-CBC'
    : name === 'DES-CBC'
      ? 'DES-CBC'
      : name.startsWith('DES-EDE')
        ? '3DES-CBC'
        : undefined;
  if (algorithm === undefined) return undefined;
  return direction === 'encrypt'
    ? forgeCiphers.createCipher(algorithm, key)
    : forgeCiphers.createDecipher(algorithm, key);
}

/** RC2 takes its initialisation vector bare where the others take it in an object. */
function forgeRc2(key: string, bits: number, direction: Direction): ForgeCipher {
  const cipher =
    direction === 'encrypt' ? rc2.createEncryptionCipher(key, bits) : rc2.createDecryptionCipher(key, bits);
  return {
    start: ({ iv }) => cipher.start(iv),
    update: (input) => cipher.update(input),
    finish: (pad) => cipher.finish(pad),
    get output() {
      return cipher.output;
    },
  };
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('binary');
}

/** Takes PKCS#7 padding off (RFC 8018 section 6.1.1), every byte of it checked. */
function unpadded(bytes: Uint8Array, block: number): Uint8Array {
  const count = bytes.at(-1) ?? 0;
  const padding = bytes.subarray(bytes.length - count);
  if (count < 1 || count > block || count > bytes.length || padding.some((byte) => byte !== count)) {
    throw new UndecryptableError('the padding is wrong');
  }
  return bytes.subarray(0, bytes.length - count);
}

/** RC4, which OpenSSL 3 and BoringSSL keep out of reach; its own inverse. */
function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, at) => at);
  const swap = (one: number, other: number) => {
    const kept = state[one] ?? 0;
    state[one] = state[other] ?? 0;
    state[other] = kept;
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return data.map((byte) => {
    i = (i + 1) & 255;
    j = (j + (state[i] ?? 0)) & 255;
    swap(i, j);
    return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0);
  });
}
