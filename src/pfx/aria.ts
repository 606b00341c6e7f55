// ARIA (RFC 5794), decryption only: OpenSSL writes PFX files with it, and BoringSSL, Electron's library, has none.

/** SB2; SB1 is AES's and is computed, SB3 and SB4 are the inverses of the two. */
const second = Uint8Array.from(
  Buffer.from(
    'e24e54fc94c24acc620d6a463c4d8bd15efa64cbb497be2bbc772e03d31959c1' +
      '1d06416b55f09969ea9c18ae63dfe7bb007366fb964c85e43a0945aa0fee10eb' +
      '2d7ff429accfad918d78c895f92fcecd087a88385c832a2847dbb8c793a41253' +
      'ff870e3136215848018e377432cae9b1b7ab0cd7c4564226079860d9b6b91140' +
      'ec208cbda0c984044923f14f501f13dcd8c09e57e3c37b653b028f3ee82592e5' +
      '15ddfd17a9bfd49a7ec53967fe769d43a7e1d0f568f21b347005a38ad57986a8' +
      '30c6514b1ea627f635d26e2416825fdae675a2ef2cb21c9f5d6f800a72449b6c' +
      '900b5b337d5a52f361a1f7b0d63f7c6ded14e0a53d22b3f889de711aafbab581',
    'hex',
  ),
);

let boxes: readonly Uint8Array[] | undefined;

/** AES's substitution (FIPS 197 section 5.1.1): the inverse in GF(2^8), turned and added up. */
function first(): Uint8Array {
  const box = new Uint8Array(256).fill(0x63, 0, 1);
  for (let power = 1, inverse = 1, turn = 0; turn < 255; turn++) {
    power ^= (power << 1) ^ ((power & 0x80) === 0 ? 0 : 0x11b);
    power &= 0xff;
    // division by three, the generator
    inverse ^= inverse << 1;
    inverse ^= inverse << 2;
    inverse ^= inverse << 4;
    inverse &= 0xff;
    if ((inverse & 0x80) !== 0) inverse ^= 0x09;
    const doubled = inverse * 0x101;
    box[power] = (inverse ^ (doubled >> 7) ^ (doubled >> 6) ^ (doubled >> 5) ^ (doubled >> 4) ^ 0x63) & 0xff;
  }
  return box;
}

function inverted(box: Uint8Array): Uint8Array {
  const inverse = new Uint8Array(256);
  box.forEach((value, at) => (inverse[value] = at));
  return inverse;
}

/** Which bytes make each byte of the diffusion layer A (section 2.4.3), a hexadecimal digit each. */
const diffusion = [
  ...['34689de', '25789cf', '146abcf', '057abde', '0258bef', '1349aef', '0279acd', '1368bcd'],
  ...['0147adf', '0156bce', '23568df', '23479ce', '12679bc', '03678ad', '03459be', '12458af'],
].map((digits) => Array.from(digits, (digit) => Number.parseInt(digit, 16)));

function diffused(block: Uint8Array): Uint8Array {
  return Uint8Array.from(diffusion, (from) => from.reduce((sum, at) => sum ^ (block[at] ?? 0), 0));
}

/** SL1, or (from box 2 on) SL2. */
function substituted(block: Uint8Array, start: 0 | 2): Uint8Array {
  boxes ??= [first(), second, inverted(first()), inverted(second)];
  const used = boxes;
  return block.map((byte, at) => used[(at + start) & 3]?.[byte] ?? 0);
}

function sum(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, at) => byte ^ (other[at] ?? 0));
}

/** Decrypts one block of 16 bytes; `key` has 16, 24 or 32. */
export function ariaDecipher(key: Uint8Array): (block: Uint8Array) => Uint8Array {
  const encryption = roundKeys(key);
  const last = encryption.length - 1;
  const keys = encryption.map((_, at) => {
    const used = encryption[last - at] ?? new Uint8Array(16);
    return at === 0 || at === last ? used : diffused(used);
  });
  return (block) => {
    let state = block;
    keys.forEach((round, at) => {
      state = sum(state, round);
      if (at === last) return;
      state = substituted(state, at % 2 === 0 ? 0 : 2);
      if (at < last - 1) state = diffused(state);
    });
    return state;
  };
}

/** Section 2.2: one more than there are rounds. */
function roundKeys(key: Uint8Array): readonly Uint8Array[] {
  const constants = [
    '517cc1b727220a94fe13abe8fa9a6ee0',
    '6db14acc9e21c820ff28b1d5ef5de2b0',
    'db92371d2126e9700324977504e8c90e',
  ].map((text) => new Uint8Array(Buffer.from(text, 'hex')));
  const size = (key.length - 16) / 8;
  const constant = (at: number) => constants[(size + at) % 3] ?? new Uint8Array(16);
  const right = new Uint8Array(16);
  right.set(key.subarray(16));
  const round = (block: Uint8Array, at: number, start: 0 | 2) => diffused(substituted(sum(block, constant(at)), start));
  const w0 = Uint8Array.from(key.subarray(0, 16));
  const w1 = sum(round(w0, 0, 0), right);
  const w2 = sum(round(w1, 1, 2), w0);
  const w3 = sum(round(w2, 2, 0), w1);
  const words = [w0, w1, w2, w3] as const;
  const keys = [19, 31, 67, 97, 109].flatMap((by) =>
    words.map((word, at) => {
      const next = words[(at + 1) % 4] ?? word;
      // the last of the four turns the first word
      return at === 3 ? sum(turned(w0, by), w3) : sum(word, turned(next, by));
    }),
  );
  return keys.slice(0, 13 + 2 * size);
}

/** All 128 bits turned to the right. */
function turned(block: Uint8Array, by: number): Uint8Array {
  const [bytes, bits] = [by >> 3, by & 7];
  return block.map((_, at) => {
    const low = block[(at - bytes + 16) & 15] ?? 0;
    const high = block[(at - bytes + 15) & 15] ?? 0;
    return (low >> bits) | (high << (8 - bits));
  });
}
