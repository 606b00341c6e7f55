// Where an offset lies within a list or mapping that is written in brackets on one line.

export interface FlowPlace {
  readonly at: 'key' | 'value';
  readonly path: readonly (string | 0)[];
  readonly start: number;
  readonly end: number;
  readonly word: string;
  readonly siblings: readonly string[];
}

interface Open {
  readonly bracket: '[' | '{';
  /** Where its content begins. */
  readonly from: number;
  /** Where the item or pair at hand begins, and its key once the colon is there. */
  itemStart: number;
  key: string | undefined;
}

/** `value` begins at offset `start` of the text; `at` counts from there. undefined where no bracket is open at `at`. */
export function flowPlace(
  value: string,
  at: number,
  start: number,
  path: readonly (string | 0)[],
): FlowPlace | undefined {
  const open: Open[] = [];
  for (const { index, 0: mark } of value.slice(0, Math.max(0, at)).matchAll(/'[^']*'?|"(?:[^"\\]|\\.)*"?|[[\]{},:]/g)) {
    const inner = open.at(-1);
    if (mark === '[' || mark === '{')
      open.push({ bracket: mark, from: index + 1, itemStart: index + 1, key: undefined });
    else if (mark === ']' || mark === '}') open.pop();
    else if (inner !== undefined && mark === ',') {
      inner.itemStart = index + 1;
      inner.key = undefined;
    } else if (inner?.bracket === '{' && mark === ':' && inner.key === undefined) {
      inner.key = value.slice(inner.itemStart, index).trim();
      inner.itemStart = index + 1;
    }
  }
  const inner = open.at(-1);
  if (inner === undefined) return undefined;
  const within = open.flatMap((one): (string | 0)[] =>
    one.bracket === '[' ? [0] : one.key === undefined ? [] : [one.key],
  );
  const lead = /^ */.exec(value.slice(inner.itemStart))?.[0].length ?? 0;
  const from = Math.min(inner.itemStart + lead, Math.max(at, inner.itemStart));
  const stop = inner.bracket === '{' && inner.key === undefined ? /[,:}]/ : /[,\]}]/;
  const rest = value.slice(from);
  const length = rest.search(stop);
  const word = (length < 0 ? rest : rest.slice(0, length)).trimEnd();
  const content = value.slice(inner.from, closing(value, inner.from));
  return {
    at: inner.bracket === '{' && inner.key === undefined ? 'key' : 'value',
    path: [...path, ...within],
    start: start + from,
    end: start + from + word.length,
    word,
    siblings: content
      .split(',')
      .map((item) => (inner.bracket === '{' ? (item.split(':')[0] ?? '') : item).trim())
      .filter((item) => item !== '' && item !== word),
  };
}

function closing(value: string, from: number): number {
  const end = value.slice(from).search(/[\]}]/);
  return end < 0 ? value.length : from + end;
}
