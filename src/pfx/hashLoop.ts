// Hashes a digest over and over, the costly part of the PKCS#12 KDF, in WebAssembly that is written here instruction by instruction.
import { digests, type DigestName } from './algorithms';
import type { Runtime } from './cipher';
import { hash } from './digest';
import { families } from './shaRounds';
import { moduleBytes } from './wasmModule';

/** Replaces the digest in `value` by its digest, `count` times; `value` has the digest's size. */
export type HashLoop = (value: Uint8Array, count: number) => void;

/** The part of WebAssembly used here; neither lib ES2023 nor Node's types declare it. */
declare const WebAssembly:
  | {
      readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
      readonly Instance: new (module: object) => { readonly exports: object };
    }
  | undefined;

const made = new Map<DigestName, HashLoop | undefined>();

/** The fastest loop there is: WebAssembly for the SHA family, else a hash of its own for each turn. */
export function hashLoop(digest: DigestName, runtime: Runtime = 'prefer'): HashLoop {
  if (!made.has(digest)) made.set(digest, compiled(digest));
  return made.get(digest) ?? plain(digest, runtime);
}

function plain(digest: DigestName, runtime: Runtime): HashLoop {
  return (value, count) => {
    for (let turn = 0; turn < count; turn++) value.set(hash(digest, [value], runtime));
  };
}

function compiled(digest: DigestName): HashLoop | undefined {
  const family = families[digest]?.();
  if (family === undefined || typeof WebAssembly === 'undefined') return undefined;
  const { size } = digests[digest];
  const instance = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(family, size)));
  const { memory, run } = instance.exports as {
    memory: { readonly buffer: ArrayBuffer };
    run: (count: number) => void;
  };
  const word = family.bits === 32 ? 4 : 8;
  return (value, count) => {
    if (count < 1) return;
    const bytes = new Uint8Array(memory.buffer);
    bytes.set(swapped(value, word));
    run(count);
    value.set(swapped(bytes.subarray(0, size), word));
    bytes.fill(0, 0, size);
  };
}

/** Big-endian words to WebAssembly's little-endian and back. */
function swapped(bytes: Uint8Array, word: 4 | 8): Uint8Array {
  const copy = Buffer.from(bytes);
  return word === 4 ? copy.swap32() : copy.swap64();
}
