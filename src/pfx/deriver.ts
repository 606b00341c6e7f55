// Runs the key derivations of one file: each once, PBKDF2 beside the rest, counted for limits and progress.
import { pbkdf2, pbkdf2Sync, scrypt } from 'node:crypto';
import { hex } from '../certificate/derValues';
import { ciphers, digests, scrypt as scryptOid, type CipherName, type DigestName } from './algorithms';
import type { Runtime } from './cipher';
import { hmac as hmacOf } from './digest';
import { deriveKey, pbkdf1, Purpose, type Derivation } from './kdf';
import type { PfxLimits } from './outcome';
import type { PasswordForm } from './password';
import { LimitError, UnsupportedError } from './problems';
import type { Mac, Pbkdf2, Scheme, Scrypt } from './scheme';

/** Hears how many iterations are done, of how many known so far. */
export type Progress = (done: number, total: number) => void;

export interface Deriver {
  /** Counts the derivations of `scheme` before any is run. Throws LimitError. */
  readonly judge: (scheme: Scheme | Mac) => void;
  readonly keyAndIv: (
    scheme: Scheme,
    form: PasswordForm,
  ) => Promise<{ readonly key: Uint8Array; readonly iv: Uint8Array }>;
  readonly macKey: (mac: Mac, form: PasswordForm) => Promise<Uint8Array>;
  /** Overwrites every derived key. */
  readonly wipe: () => void;
}

export function createDeriver(limits: PfxLimits, runtime: Runtime, progress: Progress): Deriver {
  const derived = new Map<string, Promise<Uint8Array>>();
  const judged = new Set<string>();
  let total = 0;
  let weighed = 0;
  let done = 0;
  const tick = (iterations: number) => {
    done += iterations;
    progress(Math.min(done, total), total);
  };
  const once = (form: PasswordForm, name: string, run: () => Promise<Uint8Array>) => {
    const key = `${form.kind} ${name}`;
    const known = derived.get(key) ?? run();
    derived.set(key, known);
    return known;
  };
  const legacy = (wanted: Derivation, form: PasswordForm) =>
    once(form, `${wanted.digest} ${wanted.purpose} ${wanted.size} ${wanted.iterations} ${hex(wanted.salt)}`, () =>
      Promise.resolve(deriveKey(form.bmp, wanted, tick, runtime)),
    );
  let lastScrypt: Promise<unknown> = Promise.resolve();
  const modern = (wanted: Pbkdf2 | Scrypt, size: number, form: PasswordForm) =>
    once(form, modernName(wanted, size), async () => {
      if (!('cost' in wanted)) {
        const key = await pbkdf2Key(wanted, size, form.utf8, runtime);
        tick(wanted.iterations);
        return key;
      }
      // one after the other: the limit is on the memory of one
      const key = lastScrypt.then(() => scryptKey(wanted, size, form.utf8));
      lastScrypt = key.catch(() => undefined);
      return key.finally(() => tick(scryptTurns(wanted)));
    });
  const first = ({ digest, salt, iterations }: Pbkdf1, form: PasswordForm) =>
    once(form, `pbkdf1 ${digest} ${iterations} ${hex(salt)}`, () => {
      return Promise.resolve(pbkdf1(form.utf8, { digest, salt, iterations }, tick, runtime));
    });
  return {
    judge: (scheme) => {
      const { name, digest, iterations, turns, memory } = cost(scheme);
      const weight = weightOf(digest);
      const allowed = Math.floor(limits.iterations / weight);
      if (memory > limits.memory) throw new LimitError({ limit: 'memory', allowed: limits.memory, found: memory });
      if (iterations > allowed) throw new LimitError({ limit: 'iterations', allowed, found: iterations });
      if (judged.has(name)) return;
      judged.add(name);
      total += turns;
      weighed += turns * weight;
      if (weighed > limits.totalIterations) {
        throw new LimitError({ limit: 'total-iterations', allowed: limits.totalIterations, found: weighed });
      }
    },
    keyAndIv: async (scheme, form) => {
      if (scheme.kind === 'pbes2') {
        return { key: await modern(scheme.derivation, ciphers[scheme.cipher].key, form), iv: scheme.iv };
      }
      if (scheme.kind === 'pbes1') {
        const both = await first(scheme, form);
        return { key: both.subarray(0, 8), iv: both.subarray(8, 16) };
      }
      const { key, iv } = sizes(scheme.cipher);
      const common = { digest: 'SHA-1', salt: scheme.salt, iterations: scheme.iterations } as const;
      return {
        key: await legacy({ ...common, purpose: Purpose.key, size: key }, form),
        iv: iv === 0 ? new Uint8Array(0) : await legacy({ ...common, purpose: Purpose.iv, size: iv }, form),
      };
    },
    macKey: (mac, form) =>
      mac.kind === 'pbmac1'
        ? modern(mac.derivation, mac.keySize, form)
        : legacy({ ...mac, purpose: Purpose.mac, size: digests[mac.digest].size }, form),
    wipe: () => {
      for (const key of derived.values()) key.then((bytes) => bytes.fill(0)).catch(() => undefined);
    },
  };
}

function sizes(cipher: CipherName): { readonly key: number; readonly iv: number } {
  return ciphers[cipher];
}

type Pbkdf1 = Extract<Scheme, { kind: 'pbes1' }>;

/**
 * How many turns of a common hash one of `digest` takes, where it takes longest: a runtime may lack it, and no loop of ours
 * runs it in WebAssembly.
 */
function weightOf(digest: DigestName): number {
  if (digest.startsWith('SHA3-')) return 64;
  return /^(?:MD5|SHA-224|SHA-512\/\d+)$/.test(digest) ? 16 : 1;
}

interface Cost {
  /** The same for the same derivations. */
  readonly name: string;
  readonly digest: DigestName;
  /** The count the limit is about. */
  readonly iterations: number;
  /** The turns all of the derivations take. */
  readonly turns: number;
  /** Bytes, of a derivation that needs many. */
  readonly memory: number;
}

function cost(scheme: Scheme | Mac): Cost {
  if (scheme.kind === 'pbes2' || scheme.kind === 'pbmac1') {
    const size = scheme.kind === 'pbes2' ? ciphers[scheme.cipher].key : scheme.keySize;
    const wanted = scheme.derivation;
    const name = modernName(wanted, size);
    if ('cost' in wanted) {
      const turns = scryptTurns(wanted);
      return { name, digest: 'SHA-256', iterations: turns, turns, memory: scryptMemory(wanted) };
    }
    const turns = wanted.iterations * Math.ceil(size / digests[wanted.hmac].size);
    return { name, digest: wanted.hmac, iterations: wanted.iterations, turns, memory: 0 };
  }
  const { iterations, salt } = scheme;
  if (scheme.kind === 'pkcs12' || scheme.kind === 'pbes1') {
    const name = `${scheme.kind} ${scheme.digest} ${iterations} ${hex(salt)}`;
    return { name, digest: scheme.digest, iterations, turns: iterations, memory: 0 };
  }
  const { key, iv } = sizes(scheme.cipher);
  const turns = iterations * (Math.ceil(key / digests['SHA-1'].size) + (iv === 0 ? 0 : 1));
  return { name: `${scheme.cipher} ${iterations} ${hex(salt)}`, digest: 'SHA-1', iterations, turns, memory: 0 };
}

function modernName(wanted: Pbkdf2 | Scrypt, size: number): string {
  if (!('cost' in wanted)) return `${wanted.hmac} ${size} ${wanted.iterations} ${hex(wanted.salt)}`;
  return `scrypt ${size} ${wanted.cost} ${wanted.blockSize} ${wanted.parallelization} ${hex(wanted.salt)}`;
}

/** What scrypt costs in turns of a hash: each of its N·r·p block mixes takes about as long as two. */
function scryptTurns({ cost: turns, blockSize, parallelization }: Scrypt): number {
  return turns * blockSize * parallelization * 2;
}

/** RFC 7914 section 2: N·r blocks of 128 bytes, and p·r for what goes in. */
function scryptMemory({ cost: turns, blockSize, parallelization }: Scrypt): number {
  return 128 * blockSize * (turns + parallelization);
}

/** Memory and parameters were judged; a runtime that has no scrypt all the same is one that does not support the file. */
function scryptKey(wanted: Scrypt, size: number, password: Uint8Array): Promise<Uint8Array> {
  const { salt, cost: N, blockSize: r, parallelization: p } = wanted;
  return new Promise((resolve, reject) => {
    const refuse = () => {
      reject(new UnsupportedError('scrypt', scryptOid));
    };
    try {
      scrypt(password, salt, size, { N, r, p, maxmem: 2 * scryptMemory(wanted) + 1_000_000 }, (error, key) => {
        if (error === null) resolve(new Uint8Array(key));
        else refuse();
      });
    } catch {
      refuse();
    }
  });
}

function pbkdf2Key(wanted: Pbkdf2, size: number, password: Uint8Array, runtime: Runtime): Promise<Uint8Array> {
  const { salt, iterations } = wanted;
  const hmac = digests[wanted.hmac].node;
  const plain = () => plainPbkdf2(wanted, size, password, runtime);
  if (runtime === 'avoid') return Promise.resolve(plain());
  return new Promise((resolve) => {
    try {
      // a small count is done at once: the way to the thread pool and back would cost more
      if (iterations <= 10_000) resolve(new Uint8Array(pbkdf2Sync(password, salt, iterations, size, hmac)));
      else
        pbkdf2(password, salt, iterations, size, hmac, (error, key) => {
          resolve(error === null ? new Uint8Array(key) : plain());
        });
    } catch {
      // this runtime's library lacks the function
      resolve(plain());
    }
  });
}

/** RFC 8018 section 5.2 word by word, for a runtime without it. */
function plainPbkdf2(
  { salt, iterations, hmac }: Pbkdf2,
  size: number,
  password: Uint8Array,
  runtime: Runtime,
): Uint8Array {
  const turned = (name: DigestName, bytes: Uint8Array) => hmacOf(name, password, bytes, runtime);
  const blocks: Uint8Array[] = [];
  for (let number = 1, have = 0; have < size; number++) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(number);
    let turn = turned(hmac, Buffer.concat([salt, counter]));
    const block = Uint8Array.from(turn);
    for (let left = iterations - 1; left > 0; left--) {
      turn = turned(hmac, turn);
      for (let at = 0; at < block.length; at++) block[at] = (block[at] ?? 0) ^ (turn[at] ?? 0);
    }
    blocks.push(block);
    have += block.length;
  }
  return new Uint8Array(Buffer.concat(blocks).subarray(0, size));
}
