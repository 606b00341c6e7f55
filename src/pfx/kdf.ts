// The key derivation of PKCS#12 (RFC 7292 appendix B), made fast enough for files of 600,000 iterations.
import { digests, type DigestName } from './algorithms';
import type { Runtime } from './cipher';
import { hash } from './digest';
import { hashLoop } from './hashLoop';

/** What the derived bytes are for: the ID byte of RFC 7292 appendix B.3. */
export const Purpose = { key: 1, iv: 2, mac: 3 } as const;

export interface Derivation {
  readonly digest: DigestName;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly purpose: (typeof Purpose)[keyof typeof Purpose];
  /** How many bytes are wanted. */
  readonly size: number;
}

/** Turns of the loop between two reports of progress; few, since the runtime swaps in its optimised code only between calls. */
const slice = 2_000;

/**
 * Derives `size` bytes from `password`, which is a BMPString with its closing zero already (or no bytes at all);
 * `tick` hears after each slice how many iterations were done.
 */
export function deriveKey(
  password: Uint8Array,
  wanted: Derivation,
  tick: (iterations: number) => void,
  runtime: Runtime = 'prefer',
): Uint8Array {
  const { size, block } = digests[wanted.digest];
  const diversifier = new Uint8Array(block).fill(wanted.purpose);
  const input = Buffer.concat([filled(wanted.salt, block), filled(password, block)]);
  const derived = new Uint8Array(wanted.size);
  for (let at = 0; at < wanted.size; at += size) {
    const value = hash(wanted.digest, [diversifier, input], runtime);
    repeat(value, wanted.digest, wanted.iterations, tick, runtime);
    derived.set(value.subarray(0, wanted.size - at), at);
    if (at + size < wanted.size) addToBlocks(input, filled(value, block).subarray(0, block), block);
    value.fill(0);
  }
  input.fill(0);
  return derived;
}

/** PBKDF1 (RFC 8018 section 5.1): the whole digest, of which PBES1 takes the first 16 bytes. */
export function pbkdf1(
  password: Uint8Array,
  { digest, salt, iterations }: Pick<Derivation, 'digest' | 'salt' | 'iterations'>,
  tick: (iterations: number) => void,
  runtime: Runtime = 'prefer',
): Uint8Array {
  const value = hash(digest, [password, salt], runtime);
  repeat(value, digest, iterations, tick, runtime);
  return value;
}

/** Hashes `value`, which is the first iteration's, as often as is left. */
function repeat(
  value: Uint8Array,
  digest: DigestName,
  iterations: number,
  tick: (iterations: number) => void,
  runtime: Runtime,
): void {
  const loop = hashLoop(digest, runtime);
  for (let left = iterations - 1; left > 0; left -= slice) {
    loop(value, Math.min(left, slice));
    tick(Math.min(left, slice));
  }
}

/** `bytes` repeated to the next whole number of blocks; none stay none. */
function filled(bytes: Uint8Array, block: number): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / block) * block);
  for (let at = 0; at < whole.length; at++) whole[at] = bytes[at % bytes.length] ?? 0;
  return whole;
}

/** Adds `addend` and one to each block of `input`, as big-endian numbers (appendix B.2, step 6 C). */
function addToBlocks(input: Uint8Array, addend: Uint8Array, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let at = block - 1; at >= 0; at--) {
      carry += (input[start + at] ?? 0) + (addend[at] ?? 0);
      input[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
}
