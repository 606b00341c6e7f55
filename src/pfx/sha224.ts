// SHA-224 word by word (FIPS 180-4 section 6.3), for a runtime without it: node-forge has every other member of the family.
import { initial224, rounds256 } from './shaRounds';

/** Made when first needed. */
let made: { readonly initial: Int32Array; readonly rounds: Int32Array } | undefined;

/** The digest of `data`, 28 bytes. */
export function sha224(data: Uint8Array): Uint8Array {
  const size = Math.ceil((data.length + 9) / 64) * 64;
  const message = Buffer.alloc(size);
  message.set(data);
  message[data.length] = 0x80;
  message.writeBigUInt64BE(BigInt(data.length) * 8n, size - 8);
  made ??= { initial: Int32Array.from(initial224(), Number), rounds: Int32Array.from(rounds256(), Number) };
  const state = Int32Array.from(made.initial);
  for (let at = 0; at < size; at += 64) compress(state, message.subarray(at, at + 64), made.rounds);
  const digest = Buffer.alloc(32);
  state.forEach((word, at) => digest.writeInt32BE(word, at * 4));
  return new Uint8Array(digest.subarray(0, 28));
}

function compress(state: Int32Array, block: Buffer, constants: Int32Array): void {
  const words = new Int32Array(64);
  for (let at = 0; at < 16; at++) words[at] = block.readInt32BE(at * 4);
  const word = (at: number) => words[at] ?? 0;
  for (let at = 16; at < 64; at++) {
    const [early, late] = [word(at - 15), word(at - 2)];
    const small0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const small1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[at] = word(at - 16) + small0 + word(at - 7) + small1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  constants.forEach((constant, at) => {
    const big1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + constant + word(at)) | 0;
    const big0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  });
  [a, b, c, d, e, f, g, h].forEach((value, at) => (state[at] = (state[at] ?? 0) + value));
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
