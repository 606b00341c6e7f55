// A small generator of numbers from a seed (mulberry32), and choices made with it.
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** True in `percent` of a hundred. */
  chance(percent: number): boolean;
  oneOf<T>(values: readonly T[]): T;
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (percent) => next() * 100 < percent,
    oneOf: (values) => values[below(values.length)]!,
  };
}

/** The seed of all random tests; EXCHANGE_LAB_SEED names another. */
export const seed = Number(process.env['EXCHANGE_LAB_SEED'] ?? 20_261_122);
