// SEED (RFC 4269), decryption only: OpenSSL writes PFX files with it, and no runtime of Node has it at hand.

const boxes = [
  Buffer.from(
    'a985d6d3541dac255d43181e51fcca632844209de0e2c817a58f037bbb13d2ee' +
      '708c3fa832ddf674ec950b575c5bbd01241c739810ccf2d92ce772839bd186c9' +
      '6050a3eb0db69e4fb75ac678a612afd561c3b441527d8d081f9900190453f7e1' +
      'fd762f27b08b0eaba26e934d697c090abfeff3c58714fe64de2e4b1a06216b66' +
      '02f5928a0cb37ed07a4796e52680addfa13037ae36152238f4a7454c81e98497' +
      '35cbce3c7111c78975fbdaf8945982c4ff493967c0cfd7b80f8e4223916cdba4' +
      '34f148c26f3d2d40be3ebcc1aaba4e553bdc687f9cd84a5677a0ed46b52b65fa' +
      'e3b9b19f5ef9e6b231ea6d5fe4f0cd88163a58d462290733e81b0579906a2a9a',
    'hex',
  ),
  Buffer.from(
    '38e82da6cfdeb3b8af6055c7446f6b5bc36233b529a0e2a7d39111061cbc364b' +
      'ef886ca817c416f4c245e1d63f3d8e98284ef63ea5f90ddfd82b667a272ff172' +
      '42d441c07367ac8bf7ad801fca2caa34d20beee95d9418f857ae08c513cd86b9' +
      'ff7dc131f58a6ab1d120d7022204687107db9d9961bee659dd5190dc9aa3abd0' +
      '810f471ae3ec8dbf967b5ca2a163234dc89e9c3a0c2eba6e9f5af292f34978cc' +
      '15fb70757f351003646dc674d5b4ea097619fe4012e0bd05fa01f02a5ea95643' +
      '8514899bb0e5487997fc1e82218c1b5f7754b21d254f0046ed5852eb7edac9fd' +
      '3095653cb6e4bb7c0e5039263284699337e724a4cb530a87d94c838fce3b4ab7',
    'hex',
  ),
] as const;

const masks = [0xfc, 0xf3, 0xcf, 0x3f];

/** The function G of section 2.2, on 32 bits. */
function mixed(word: number): number {
  let result = 0;
  for (let from = 0; from < 4; from++) {
    const value = boxes[from & 1 ? 1 : 0][(word >>> (8 * from)) & 0xff] ?? 0;
    for (let to = 0; to < 4; to++) result ^= (value & (masks[(from + to) & 3] ?? 0)) << (8 * to);
  }
  return result;
}

/** Decrypts one block of 16 bytes; `key` has 16. */
export function seedDecipher(key: Uint8Array): (block: Uint8Array) => Uint8Array {
  const keys = roundKeys(key).reverse();
  return (block) => {
    const data = Buffer.from(block);
    let [a, b, c, d] = [0, 4, 8, 12].map((at) => data.readInt32BE(at)) as [number, number, number, number];
    for (const [key0, key1] of keys) {
      const left = c ^ key0;
      const both = mixed(left ^ d ^ key1);
      const middle = mixed(both + left);
      const second = mixed(middle + both);
      [a, b, c, d] = [c, d, a ^ (second + middle), b ^ second];
    }
    const plain = Buffer.alloc(16);
    [c, d, a, b].forEach((word, at) => plain.writeInt32BE(word, at * 4));
    return new Uint8Array(plain);
  };
}

/** Section 2.3: two for each of the sixteen rounds. */
function roundKeys(key: Uint8Array): [number, number][] {
  const bytes = Buffer.from(key);
  let left = bytes.readBigUInt64BE(0);
  let right = bytes.readBigUInt64BE(8);
  const half = (value: bigint, at: 0 | 32) => Number(BigInt.asIntN(32, value >> BigInt(at)));
  return Array.from({ length: 16 }, (_, at) => {
    const constant = (0x9e3779b9 << at) | (at === 0 ? 0 : 0x9e3779b9 >>> (32 - at));
    const keys: [number, number] = [
      mixed(half(left, 32) + half(right, 32) - constant),
      mixed(half(left, 0) - half(right, 0) + constant),
    ];
    if (at % 2 === 0) left = BigInt.asUintN(64, (left >> 8n) | (left << 56n));
    else right = BigInt.asUintN(64, (right << 8n) | (right >> 56n));
    return keys;
  });
}
