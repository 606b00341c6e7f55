// Camellia (RFC 3713) in CBC mode, decryption only: OpenSSL writes PFX files with it, and BoringSSL, Electron's library, has none.

/** SBOX1; the other three are rotations of it. */
const substitutions = Uint8Array.from(
  Buffer.from(
    '70822cecb327c0e5e4855735ea0cae4123ef6b934519a521ed0e4f4e1d6592bd' +
      '86b8af8f7ceb1fce3e30dc5f5ec50b1aa6e139cad5475d3dd9015ad651566c4d' +
      '8b0d9a66fbccb02d74122b20f0b18499df4ccbc2347e76056db7a931d11704d7' +
      '14583a61de1b111c320f9c165318f222fe44cfb2c3b57a912408e8a860fc6950' +
      'aad0a07da1896297545b1e95e0ff64d210c40048a3f775db8a03e6da093fdd94' +
      '875c8302cd4a90337367f6f39d7fbfe2529bd826c837c63b81966f4b13be632e' +
      'e979a78c9f6ebc8e29f5f9b62ffdb4597898066ae74671bad425ab4288a28dfa' +
      '7207b955f8eeac0a36492a683c38f1a44028d37bbbc943c115e3adf477c7809e',
    'hex',
  ),
);

const mask64 = (1n << 64n) - 1n;
const mask128 = (1n << 128n) - 1n;
const mask32 = 0xffffffffn;
/** The hexadecimal digits of the square roots of the primes 2 to 13. */
const sigma = [
  0xa09e667f3bcc908bn,
  0xb67ae8584caa73b2n,
  0xc6ef372fe94f82ben,
  0x54ff53a5f1d36f1cn,
  0x10e527fade682d1dn,
  0xb05688c2b3e6c1fdn,
] as const;

/** The padded plain bytes of `data`, which is whole blocks of 16 bytes; `key` has 16, 24 or 32. */
export function decryptCamellia(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const decipher = blockDecipher(key);
  const plain = Buffer.alloc(data.length);
  let previous = number(iv);
  for (let at = 0; at < data.length; at += 16) {
    const block = number(data.subarray(at, at + 16));
    plain.write((decipher(block) ^ previous).toString(16).padStart(32, '0'), at, 'hex');
    previous = block;
  }
  return new Uint8Array(plain);
}

interface Subkeys {
  /** Added before the first round and after the last. */
  readonly first: bigint;
  readonly last: bigint;
  readonly rounds: readonly bigint[];
  /** For the two layers after each sixth round but the last. */
  readonly layers: readonly bigint[];
}

function blockDecipher(key: Uint8Array): (block: bigint) => bigint {
  const { first, last, rounds, layers } = subkeys(key);
  return (block) => {
    let left = (block ^ first) >> 64n;
    let right = (block ^ first) & mask64;
    rounds.forEach((round, at) => {
      if (at > 0 && at % 6 === 0) {
        left = forward(left, layers[at / 3 - 2] ?? 0n);
        right = backward(right, layers[at / 3 - 1] ?? 0n);
      }
      if (at % 2 === 0) right ^= mix(left, round);
      else left ^= mix(right, round);
    });
    return ((right << 64n) | left) ^ last;
  };
}

/** RFC 3713 section 2.2, the order turned around for decryption (section 2.3.3). */
function subkeys(key: Uint8Array): Subkeys {
  const isShort = key.length === 16;
  const given = number(key);
  const kl = isShort ? given : number(key.subarray(0, 16));
  const rest = isShort ? 0n : number(key.subarray(16));
  const kr = key.length === 24 ? (rest << 64n) | (~rest & mask64) : rest;
  const ka = twice(twice(kl ^ kr, 0) ^ kl, 2);
  const kb = twice(ka ^ kr, 4);
  const halves = (...turns: readonly (readonly [bigint, number])[]) =>
    turns.flatMap(([word, by]) => [rotated(word, by) >> 64n, rotated(word, by) & mask64]);
  const rounds = isShort
    ? [
        ...halves([ka, 0], [kl, 15], [ka, 15], [kl, 45]),
        ...halves([ka, 45]).slice(0, 1),
        ...halves([kl, 60]).slice(1),
        ...halves([ka, 60], [kl, 94], [ka, 94], [kl, 111]),
      ]
    : [
        ...halves([kb, 0], [kr, 15], [ka, 15], [kb, 30], [kl, 45], [ka, 45]),
        ...halves([kr, 60], [kb, 60], [kl, 77], [kr, 94], [ka, 94], [kl, 111]),
      ];
  const white = isShort ? halves([kl, 0], [ka, 111]) : halves([kl, 0], [kb, 111]);
  const layers = isShort ? halves([ka, 30], [kl, 77]) : halves([kr, 30], [kl, 60], [ka, 77]);
  const both = (high = 0n, low = 0n) => (high << 64n) | low;
  return {
    first: both(white[2], white[3]),
    last: both(white[0], white[1]),
    rounds: rounds.toReversed(),
    layers: layers.toReversed(),
  };
}

/** Two rounds of the key schedule, from the `at`-th constant. */
function twice(word: bigint, at: number): bigint {
  const right = (word & mask64) ^ mix(word >> 64n, sigma[at] ?? 0n);
  const left = (word >> 64n) ^ mix(right, sigma[at + 1] ?? 0n);
  return (left << 64n) | right;
}

function rotated(word: bigint, by: number): bigint {
  return ((word << BigInt(by)) | (word >> BigInt(128 - by))) & mask128;
}

function rotated32(word: bigint): bigint {
  return ((word << 1n) | (word >> 31n)) & mask32;
}

/** Which of the eight substituted bytes each byte of F's result is the sum of, from the left (section 2.4.1). */
const sums = [
  [1, 3, 4, 6, 7, 8],
  [1, 2, 4, 5, 7, 8],
  [1, 2, 3, 5, 6, 8],
  [2, 3, 4, 5, 6, 7],
  [1, 2, 6, 7, 8],
  [2, 3, 5, 7, 8],
  [3, 4, 5, 6, 8],
  [1, 4, 5, 6, 7],
];

/** The F-function. */
function mix(word: bigint, key: bigint): bigint {
  const bytes = Buffer.from((word ^ key).toString(16).padStart(16, '0'), 'hex');
  const boxes = [1, 2, 3, 4, 2, 3, 4, 1];
  const changed = boxes.map((box, at) => substitute(box, bytes[at] ?? 0));
  const summed = sums.map((parts) => parts.reduce((sum, part) => sum ^ (changed[part - 1] ?? 0), 0));
  return number(Uint8Array.from(summed));
}

function substitute(box: number, byte: number): number {
  const turned = (value: number, by: number) => ((value << by) | (value >> (8 - by))) & 255;
  if (box === 4) return substitutions[turned(byte, 1)] ?? 0;
  const value = substitutions[byte] ?? 0;
  return box === 1 ? value : turned(value, box === 2 ? 1 : 7);
}

/** The FL-function. */
function forward(word: bigint, key: bigint): bigint {
  const [left, right] = [word >> 32n, word & mask32];
  const low = right ^ rotated32(left & (key >> 32n));
  return ((left ^ (low | (key & mask32))) << 32n) | low;
}

/** Its inverse. */
function backward(word: bigint, key: bigint): bigint {
  const [left, right] = [word >> 32n, word & mask32];
  const high = left ^ (right | (key & mask32));
  return (high << 32n) | (right ^ rotated32(high & (key >> 32n)));
}

function number(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
