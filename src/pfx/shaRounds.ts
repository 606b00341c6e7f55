// The rounds of SHA-1 and SHA-2 as FIPS 180-4 writes them, spoken to an emitter of instructions.
import type { DigestName } from './algorithms';
import { message, variable, type Code, type Family } from './wasmModule';

const mask64 = (1n << 64n) - 1n;

/** floor(root * 2^64), fraction only, of the n-th primes: where SHA-2's constants come from. */
function fractions(degree: 2n | 3n, count: number): bigint[] {
  const found: bigint[] = [];
  for (let candidate = 2n; found.length < count; candidate++) {
    if (isPrime(candidate)) found.push(integerRoot(candidate << (64n * degree), degree) & mask64);
  }
  return found;
}

function isPrime(number: bigint): boolean {
  for (let divisor = 2n; divisor * divisor <= number; divisor++) if (number % divisor === 0n) return false;
  return true;
}

function integerRoot(number: bigint, degree: bigint): bigint {
  let root = 0n;
  for (let bit = 70n; bit >= 0n; bit--) {
    const next = root | (1n << bit);
    if (next ** degree <= number) root = next;
  }
  return root;
}

const sha1Initial = [0x67452301n, 0xefcdab89n, 0x98badcfen, 0x10325476n, 0xc3d2e1f0n];
const upper = (words: readonly bigint[]) => words.map((word) => word >> 32n);

/** Constants of SHA-224 and SHA-256 (FIPS 180-4 sections 5.3.2 and 4.2.2), 32 bits each. */
export const initial224 = () =>
  fractions(2n, 16)
    .slice(8)
    .map((word) => word & 0xffffffffn);
export const rounds256 = () => upper(fractions(3n, 64));

export const families: Readonly<Partial<Record<DigestName, () => Family>>> = {
  'SHA-1': () => ({ bits: 32, initial: sha1Initial, rounds: sha1Rounds }),
  'SHA-256': () => ({
    bits: 32,
    initial: upper(fractions(2n, 8)),
    rounds: (code) => sha2Rounds(code, rounds256(), small),
  }),
  'SHA-512': () => ({
    bits: 64,
    initial: fractions(2n, 8),
    rounds: (code) => sha2Rounds(code, fractions(3n, 80), large),
  }),
  'SHA-384': () => ({
    bits: 64,
    initial: fractions(2n, 16).slice(8),
    rounds: (code) => sha2Rounds(code, fractions(3n, 80), large),
  }),
};

/** Rotation distances of SHA-2: two big sigmas, two small (whose last is a shift). */
interface Distances {
  readonly big0: Three;
  readonly big1: Three;
  readonly small0: Three;
  readonly small1: Three;
}
type Three = readonly [number, number, number];
const small: Distances = { big0: [2, 13, 22], big1: [6, 11, 25], small0: [7, 18, 3], small1: [17, 19, 10] };
const large: Distances = { big0: [28, 34, 39], big1: [14, 18, 41], small0: [1, 8, 7], small1: [19, 61, 6] };

function sha1Rounds(code: Code): void {
  const constants = [0x5a827999n, 0x6ed9eba1n, 0x8f1bbcdcn, 0xca62c1d6n];
  let [a, b, c, d, e] = [0, 1, 2, 3, 4].map(variable) as [number, number, number, number, number];
  for (let round = 0; round < 80; round++) {
    if (round >= 16) {
      code.get(message(round - 3));
      for (const back of [8, 14, 16]) {
        code.get(message(round - back));
        code.op('xor');
      }
      code.rotateRight(31);
      code.set(message(round));
    }
    if (round < 20) choose(code, b, c, d);
    else if (round < 40 || round >= 60) parity(code, b, c, d);
    else majority(code, b, c, d);
    code.get(a);
    code.rotateRight(27);
    code.op('add');
    code.get(e);
    code.op('add');
    code.constant(constants[Math.floor(round / 20)] ?? 0n);
    code.op('add');
    code.get(message(round));
    code.op('add');
    code.set(e);
    code.get(b);
    code.rotateRight(2);
    code.set(b);
    [a, b, c, d, e] = [e, a, b, c, d];
  }
}

function sha2Rounds(code: Code, constants: readonly bigint[], distances: Distances): void {
  let names = Array.from({ length: 8 }, (_, index) => variable(index));
  constants.forEach((constant, round) => {
    if (round >= 16) {
      code.get(message(round - 16));
      sigma(code, message(round - 15), distances.small0, 'shift');
      code.op('add');
      code.get(message(round - 7));
      code.op('add');
      sigma(code, message(round - 2), distances.small1, 'shift');
      code.op('add');
      code.set(message(round));
    }
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = names;
    code.get(h);
    sigma(code, e, distances.big1, 'rotate');
    code.op('add');
    choose(code, e, f, g);
    code.op('add');
    code.constant(constant);
    code.op('add');
    code.get(message(round));
    code.op('add');
    code.set(h);
    code.get(d);
    code.get(h);
    code.op('add');
    code.set(d);
    code.get(h);
    sigma(code, a, distances.big0, 'rotate');
    code.op('add');
    majority(code, a, b, c);
    code.op('add');
    code.set(h);
    names = [h, a, b, c, d, e, f, g];
  });
}

function sigma(code: Code, local: number, [first, second, third]: Three, last: 'rotate' | 'shift'): void {
  code.get(local);
  code.rotateRight(first);
  code.get(local);
  code.rotateRight(second);
  code.op('xor');
  code.get(local);
  if (last === 'rotate') code.rotateRight(third);
  else code.shiftRight(third);
  code.op('xor');
}

/** z ^ (x & (y ^ z)) */
function choose(code: Code, x: number, y: number, z: number): void {
  code.get(y);
  code.get(z);
  code.op('xor');
  code.get(x);
  code.op('and');
  code.get(z);
  code.op('xor');
}

function parity(code: Code, x: number, y: number, z: number): void {
  code.get(x);
  code.get(y);
  code.op('xor');
  code.get(z);
  code.op('xor');
}

/** (x & y) | (z & (x | y)) */
function majority(code: Code, x: number, y: number, z: number): void {
  code.get(x);
  code.get(y);
  code.op('and');
  code.get(x);
  code.get(y);
  code.op('or');
  code.get(z);
  code.op('and');
  code.op('or');
}
