// Which of the known names a person probably meant.

/** Longer names are compared by their first characters only, so that a hostile text cannot make the comparison slow. */
const compared = 80;

/**
 * Up to three of `names`, the nearest first: each differs from `name` by no more than a third of its characters
 * (insertions, deletions, replacements, neighbours swapped), without regard to case.
 */
export function nearest(name: string, names: Iterable<string>): readonly string[] {
  const wanted = name.slice(0, compared).toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const near = [...new Set(names)]
    .map((candidate) => ({ candidate, far: distance(wanted, candidate.slice(0, compared).toLowerCase(), limit) }))
    .filter(({ candidate, far }) => far <= limit && candidate !== name)
    .sort((one, other) => one.far - other.far);
  // Beside a slip of one letter, a name of other letters was hardly meant.
  const best = near[0]?.far ?? 0;
  return near
    .filter(({ far }) => far <= best + 2)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Optimal string alignment distance; anything above `limit` comes back as `limit + 1`. */
function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    if (Math.min(...current) > limit) return limit + 1;
    before = above;
    above = current;
  }
  return above[other.length] ?? limit + 1;
}
