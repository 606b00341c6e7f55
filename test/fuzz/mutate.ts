// Changes of bytes, texts and JSON by a small generator with a seed, so that a failure can be made again.

export type Random = () => number;

/** mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)]!;
}

/** One to four changes: a byte, a bit, a length, a cut, a repeated or a lost piece. */
export function mutatedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let changed = Uint8Array.from(bytes);
  const place = (): number => Math.floor(random() * changed.length);
  for (let count = 1 + Math.floor(random() * 4); count > 0 && changed.length > 0; count--) {
    const at = random() < 0.5 ? Math.min(place(), Math.floor(random() * 120)) : place();
    switch (Math.floor(random() * 6)) {
      case 0:
        changed[at] = Math.floor(random() * 256);
        break;
      case 1:
        changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        break;
      case 2:
        changed[at] = pick([0, 0x7f, 0x80, 0x81, 0x84, 0x88, 0xff, 0x30], random);
        break;
      case 3:
        changed = changed.slice(0, at);
        break;
      case 4:
        changed = new Uint8Array(Buffer.concat([changed.slice(0, at), changed.slice(at, at + 40), changed.slice(at)]));
        break;
      default:
        changed = new Uint8Array(
          Buffer.concat([changed.slice(0, at), changed.slice(at + 1 + Math.floor(random() * 20))]),
        );
    }
  }
  return changed;
}

const pieces = [
  ...[
    "'",
    '"',
    '`',
    '#',
    ':',
    ': ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '&a ',
    '*a',
    '!!binary ',
    '|\n',
    '>\n',
    '---\n',
    '?',
    '%',
  ],
  ...[
    '\n',
    '\r\n',
    '\t',
    '  ',
    '\0',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\ud800',
    '__proto__',
    'constructor',
    'null',
    '~',
    'yes',
  ],
  ...['0x1f', '1e999', '-0', '.nan', '<<: *a', '\\', '\\ud800', '$(x)', '</script>', '](command:x)', 'A'.repeat(5000)],
];

/** One to four changes: a piece put in, cut out, repeated, or a line moved. */
export function mutatedText(text: string, random: Random): string {
  let changed = text;
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    const at = Math.floor(random() * (changed.length + 1));
    const behind = at + Math.floor(random() * 30);
    switch (Math.floor(random() * 5)) {
      case 0:
        changed = changed.slice(0, at) + pick(pieces, random) + changed.slice(at);
        break;
      case 1:
        changed = changed.slice(0, at) + changed.slice(behind);
        break;
      case 2:
        changed =
          changed.slice(0, at) + pick(pieces, random).repeat(1 + Math.floor(random() * 200)) + changed.slice(at);
        break;
      case 3:
        changed = changed.slice(0, behind) + changed.slice(at);
        break;
      default: {
        const lines = changed.split('\n');
        const [line = ''] = lines.splice(Math.floor(random() * lines.length), 1);
        lines.splice(Math.floor(random() * (lines.length + 1)), 0, line);
        changed = lines.join('\n');
      }
    }
    if (changed.length > 1 << 18) return changed.slice(0, 1 << 18);
  }
  return changed;
}

const values: readonly unknown[] = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    '',
    ' ',
    'x',
    [],
    {},
    [[]],
    [null],
    'constructor',
    '__proto__',
    '../../x',
    'C:\\x',
    '\0',
    '\ud800',
  ],
  ...[
    '2099-01-01T00:00:00Z',
    '0000-00-00T00:00:00Z',
    'A'.repeat(40),
    'a'.repeat(64),
    'x'.repeat(5000),
    { constructor: 1 },
  ],
];

/** One to four parts of a JSON value are replaced, taken away or doubled; sometimes its text is changed instead. */
export function mutatedJson(text: string, random: Random): string {
  if (random() < 0.15) return mutatedText(text, random);
  const root: { value: unknown } = { value: JSON.parse(text) };
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    let holder: object = root;
    let key = 'value';
    for (;;) {
      const inner: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
      if (typeof inner !== 'object' || inner === null || Object.keys(inner).length === 0 || random() < 0.15) break;
      holder = inner;
      key = pick(Object.keys(inner), random);
    }
    const there: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
    const kind = random();
    if (kind < 0.6) Reflect.set(holder, key, structuredClone(pick(values, random)));
    else if (kind < 0.75) Reflect.deleteProperty(holder, key);
    else if (Array.isArray(holder)) holder.push(structuredClone(there));
    else if (typeof there === 'string') Reflect.set(holder, key, mutatedText(there, random));
    else Reflect.set(holder, `${key}${pick(['', '2', '\0'], random)}`, [structuredClone(there)]);
  }
  return JSON.stringify([root.value]).slice(1, -1);
}
