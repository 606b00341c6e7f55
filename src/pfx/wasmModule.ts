// Writes the WebAssembly module that repeats one SHA function over its own digest.

/** Emits instructions; locals: 0 the count, then the 8 working variables, the 16 message words, the chained digest. */
export interface Code {
  readonly get: (local: number) => void;
  readonly set: (local: number) => void;
  readonly constant: (value: bigint) => void;
  readonly op: (name: Operation) => void;
  readonly rotateRight: (distance: number) => void;
  readonly shiftRight: (distance: number) => void;
}
/** What FIPS 180-4 says of one member of the family, for a message that is one digest and fits one block. */
export interface Family {
  readonly bits: 32 | 64;
  readonly initial: readonly bigint[];
  readonly rounds: (code: Code) => void;
}

type Operation = 'add' | 'and' | 'or' | 'xor';

export const variable = (index: number) => 1 + index;
export const message = (index: number) => 9 + (index & 15);
const chained = (index: number) => 25 + index;

/** Instructions (WebAssembly core specification, section 5.4) for 32-bit and for 64-bit words. */
const instructions = {
  32: {
    type: 0x7f,
    const: 0x41,
    load: 0x28,
    store: 0x36,
    align: 2,
    add: 0x6a,
    and: 0x71,
    or: 0x72,
    xor: 0x73,
    shiftRight: 0x76,
    rotateRight: 0x78,
  },
  64: {
    type: 0x7e,
    const: 0x42,
    load: 0x29,
    store: 0x37,
    align: 3,
    add: 0x7c,
    and: 0x83,
    or: 0x84,
    xor: 0x85,
    shiftRight: 0x88,
    rotateRight: 0x8a,
  },
} as const;

/** A module exporting `memory` and `run(count)`; the digest of `size` bytes stands at address 0 as little-endian words. */
export function moduleBytes(family: Family, size: number): Uint8Array<ArrayBuffer> {
  const set = instructions[family.bits];
  const body: number[] = [];
  const word = family.bits / 8;
  const words = size / word;
  const code: Code = {
    get: (local) => body.push(0x20, local),
    set: (local) => body.push(0x21, local),
    constant: (value) => body.push(set.const, ...signed(BigInt.asIntN(family.bits, value))),
    op: (name) => body.push(set[name]),
    rotateRight: (distance) => {
      code.constant(BigInt(distance));
      body.push(set.rotateRight);
    },
    shiftRight: (distance) => {
      code.constant(BigInt(distance));
      body.push(set.shiftRight);
    },
  };
  for (let index = 0; index < words; index++) {
    body.push(0x41, ...signed(BigInt(index * word)), set.load, set.align, 0);
    code.set(chained(index));
  }
  body.push(0x03, 0x40);
  for (let index = 0; index < 16; index++) {
    if (index < words) code.get(chained(index));
    else code.constant(index === words ? 1n << BigInt(family.bits - 1) : index === 15 ? BigInt(size * 8) : 0n);
    code.set(message(index));
  }
  family.initial.forEach((value, index) => {
    code.constant(value);
    code.set(variable(index));
  });
  family.rounds(code);
  family.initial.slice(0, words).forEach((value, index) => {
    code.get(variable(index));
    code.constant(value);
    code.op('add');
    code.set(chained(index));
  });
  body.push(0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b);
  for (let index = 0; index < words; index++) {
    body.push(0x41, ...signed(BigInt(index * word)));
    code.get(chained(index));
    body.push(set.store, set.align, 0);
  }
  body.push(0x0b);
  const locals = [1, 32, set.type];
  const whole = [...unsigned(locals.length + body.length), ...locals, ...body];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, 0x7f, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...exported('memory', 2), ...exported('run', 0)]),
    ...section(10, [1, ...whole]),
  ]);
}

function section(id: number, bytes: readonly number[]): number[] {
  return [id, ...unsigned(bytes.length), ...bytes];
}

function exported(name: string, kind: number): number[] {
  return [name.length, ...Buffer.from(name), kind, 0];
}

/** LEB128 (section 5.2.2). */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: bigint): number[] {
  const byte = Number(value & 127n);
  const rest = value >> 7n;
  return (rest === 0n && byte < 64) || (rest === -1n && byte >= 64) ? [byte] : [byte | 128, ...signed(rest)];
}
