// Matches a path with a pattern of `*`, `**` and `?`, in time that grows with their lengths' product and no faster.

/** `*` and `?` stay within a part of the path, `**` as a whole part stands for any number of parts. Case does not count, as on Windows. */
export function matchesGlob(pattern: string, path: string): boolean {
  return matches(parts(pattern), parts(path), '**', (wanted, part) =>
    matches([...units(wanted)], [...units(part)], '*', sameUnit),
  );
}

function parts(path: string): readonly string[] {
  return path
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '' && part !== '.');
}

function units(part: string): Iterable<string> {
  return part.match(/./gsu) ?? [];
}

function sameUnit(wanted: string, unit: string): boolean {
  return wanted === '?' || wanted === unit;
}

/** Whether `items` match `pattern`, in which `star` stands for any number of them; on a mismatch only the last star gives way. */
function matches(
  pattern: readonly string[],
  items: readonly string[],
  star: string,
  same: (wanted: string, item: string) => boolean,
): boolean {
  let at = 0;
  let lastStar = -1;
  let taken = 0;
  let item = 0;
  while (item < items.length) {
    const wanted = pattern[at];
    const current = items[item] ?? '';
    if (wanted === star) {
      lastStar = at++;
      taken = item;
    } else if (wanted !== undefined && same(wanted, current)) {
      at++;
      item++;
    } else if (lastStar >= 0) {
      at = lastStar + 1;
      item = ++taken;
    } else return false;
  }
  while (pattern[at] === star) at++;
  return at === pattern.length;
}
