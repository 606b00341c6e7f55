// SHA-3 (FIPS 202), for a runtime without it: neither BoringSSL, Electron's library, nor node-forge has it.

/** The digest of `data`, `size` bytes. */
export function sha3(data: Uint8Array, size: number): Uint8Array {
  const rate = 200 - 2 * size;
  const padded = new Uint8Array(Math.floor(data.length / rate + 1) * rate);
  padded.set(data);
  padded[data.length] = 0x06;
  padded[padded.length - 1] = (padded[padded.length - 1] ?? 0) | 0x80;
  // lanes of 64 bits as two of 32, the low one first, as the bytes come
  const state = new Int32Array(50);
  const view = new DataView(padded.buffer);
  for (let start = 0; start < padded.length; start += rate) {
    for (let at = 0; at < rate / 4; at++) state[at] = (state[at] ?? 0) ^ view.getInt32(start + at * 4, true);
    permute(state);
  }
  const digest = Buffer.alloc(200);
  state.forEach((half, at) => digest.writeInt32LE(half, at * 4));
  return new Uint8Array(digest.subarray(0, size));
}

/** The constants of step iota, made by the shift register of FIPS 202 algorithm 5; low and high halves. */
const constants = (() => {
  const halves = new Int32Array(48);
  let register = 1;
  for (let round = 0; round < 24; round++) {
    for (let power = 0; power < 7; power++) {
      const bit = (1 << power) - 1;
      const at = round * 2 + (bit >> 5);
      if ((register & 1) !== 0) halves[at] = (halves[at] ?? 0) | (1 << (bit & 31));
      register = (register << 1) ^ ((register & 0x80) === 0 ? 0 : 0x171);
    }
  }
  return halves;
})();

/** Where the lanes go in step pi, one after the other from lane 1, and by how much they turn on the way (rho). */
const path = (() => {
  const steps: (readonly [lane: number, by: number])[] = [];
  for (let [x, y, step] = [1, 0, 0]; step < 24; step++) {
    [x, y] = [y, (2 * x + 3 * y) % 5];
    steps.push([x + 5 * y, (((step + 1) * (step + 2)) / 2) % 64]);
  }
  return steps;
})();

/** Keccak-f[1600]. */
function permute(state: Int32Array): void {
  const half = (at: number) => state[at] ?? 0;
  const columns = new Int32Array(10);
  const row = new Int32Array(10);
  for (let round = 0; round < 24; round++) {
    for (let at = 0; at < 10; at++) {
      columns[at] = half(at) ^ half(at + 10) ^ half(at + 20) ^ half(at + 30) ^ half(at + 40);
    }
    for (let x = 0; x < 5; x++) {
      const [before, after] = [((x + 4) % 5) * 2, ((x + 1) % 5) * 2];
      const [low, high] = turned(columns[after] ?? 0, columns[after + 1] ?? 0, 1);
      for (let at = x * 2; at < 50; at += 10) {
        state[at] = half(at) ^ (columns[before] ?? 0) ^ low;
        state[at + 1] = half(at + 1) ^ (columns[before + 1] ?? 0) ^ high;
      }
    }
    let [low, high] = [half(2), half(3)];
    for (const [lane, by] of path) {
      const next = [half(lane * 2), half(lane * 2 + 1)] as const;
      [state[lane * 2], state[lane * 2 + 1]] = turned(low, high, by);
      [low, high] = next;
    }
    for (let start = 0; start < 50; start += 10) {
      row.set(state.subarray(start, start + 10));
      for (let at = 0; at < 10; at++) {
        state[start + at] = half(start + at) ^ (~(row[(at + 2) % 10] ?? 0) & (row[(at + 4) % 10] ?? 0));
      }
    }
    state[0] = half(0) ^ (constants[round * 2] ?? 0);
    state[1] = half(1) ^ (constants[round * 2 + 1] ?? 0);
  }
}

/** A lane turned to the left. */
function turned(low: number, high: number, by: number): readonly [low: number, high: number] {
  if (by >= 32) [low, high, by] = [high, low, by - 32];
  if (by === 0) return [low, high];
  return [(low << by) | (high >>> (32 - by)), (high << by) | (low >>> (32 - by))];
}
