// Reads BER and DER bytes into a tree of elements that point into the bytes, within limits and without trust in any length.

/** One ASN.1 element. Offsets count in `source`; `end` lies behind the end-of-contents octets of an indefinite length. */
export interface Element {
  readonly source: Uint8Array;
  readonly tagClass: TagClass;
  readonly tag: number;
  readonly constructed: boolean;
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
  /** Empty for a primitive element. */
  readonly children: readonly Element[];
}

export type TagClass = 'universal' | 'application' | 'context' | 'private';
const tagClasses: readonly TagClass[] = ['universal', 'application', 'context', 'private'];

/** Universal tag numbers this product meets (X.680 section 8.6). */
export const Tag = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  utf8String: 12,
  sequence: 16,
  set: 17,
  numericString: 18,
  printableString: 19,
  t61String: 20,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
  visibleString: 26,
  universalString: 28,
  bmpString: 30,
} as const;

/** Why bytes are not what they should be, and at which byte. Thrown inside the rooms, caught at their border. */
export class DerError extends Error {
  constructor(
    readonly reason: 'malformed' | 'too-deep' | 'too-many-elements',
    readonly detail: string,
    readonly at: number,
  ) {
    super(`${detail} at byte ${at}`);
  }
}

/** How much one input may cost; `elements` is counted down and may be shared by the parts of one file. */
export interface DerBudget {
  elements: number;
  readonly depth: number;
}

/** Tools that write strings in pieces nest them: 256 levels of a string inside the structure around it are read. */
export const deepest = 300;

export function newBudget(elements = 100_000, depth = deepest): DerBudget {
  return { elements, depth };
}

/** The element that begins at `start`; what follows it is not looked at (see `end`). Throws DerError. */
export function readDer(source: Uint8Array, budget: DerBudget = newBudget(), start = 0): Element {
  return readElement(source, start, source.length, budget, 0);
}

/** The element inside an OCTET STRING of the `bytes` octets() gives, its offsets those of the whole where the string is in one piece. Throws DerError. */
export function readInside(string: Element, bytes: Uint8Array, budget: DerBudget): Element {
  return string.constructed
    ? readDer(bytes, budget)
    : readElement(string.source, string.contentStart, string.contentEnd, budget, 0);
}

function readElement(source: Uint8Array, start: number, limit: number, budget: DerBudget, depth: number): Element {
  if (depth > budget.depth) throw new DerError('too-deep', `elements are nested more than ${budget.depth} deep`, start);
  if (--budget.elements < 0) throw new DerError('too-many-elements', 'there are too many elements', start);
  const first = byteAt(source, start, limit);
  let position = start + 1;
  let tag = first & 0x1f;
  if (tag === 0x1f) {
    tag = 0;
    let more: number;
    do {
      more = byteAt(source, position++, limit);
      tag = tag * 128 + (more & 0x7f);
      if (tag > 0x7fffffff) throw new DerError('malformed', 'the tag number is too large', start);
    } while (more & 0x80);
  }
  const constructed = (first & 0x20) !== 0;
  const tagClass = tagClasses[first >> 6] ?? 'universal';
  const lengthByte = byteAt(source, position++, limit);
  if (lengthByte === 0x80) {
    if (!constructed) throw new DerError('malformed', 'a primitive element has no length', start);
    const children: Element[] = [];
    let at = position;
    while (byteAt(source, at, limit) !== 0 || byteAt(source, at + 1, limit) !== 0) {
      const child = readElement(source, at, limit, budget, depth + 1);
      children.push(child);
      at = child.end;
    }
    return { source, tagClass, tag, constructed, start, contentStart: position, contentEnd: at, end: at + 2, children };
  }
  let length = lengthByte;
  if (lengthByte > 0x80) {
    length = 0;
    for (let count = lengthByte & 0x7f; count > 0; count--) {
      length = length * 256 + byteAt(source, position++, limit);
      if (length > 0xffffffffff) throw new DerError('malformed', 'the length is impossible', start);
    }
  }
  const end = position + length;
  if (end > limit) {
    if (limit === source.length) throw new DerError('malformed', `${end - limit} bytes are missing`, limit);
    throw new DerError('malformed', `an element is ${end - limit} bytes longer than what holds it`, start);
  }
  const children: Element[] = [];
  if (constructed) {
    let at = position;
    while (at < end) {
      const child = readElement(source, at, end, budget, depth + 1);
      children.push(child);
      at = child.end;
    }
  }
  return { source, tagClass, tag, constructed, start, contentStart: position, contentEnd: end, end, children };
}

function byteAt(source: Uint8Array, at: number, limit: number): number {
  const byte = at < limit ? source[at] : undefined;
  if (byte === undefined) throw new DerError('malformed', 'the bytes end early', at);
  return byte;
}

/** The element's whole encoding, header included; a view, not a copy. */
export function encoding(element: Element): Uint8Array {
  return element.source.subarray(element.start, element.end);
}

/** The element's content bytes; a view, not a copy. */
export function content(element: Element): Uint8Array {
  return element.source.subarray(element.contentStart, element.contentEnd);
}

interface UniversalElement extends Element {
  readonly tagClass: 'universal';
}

interface ContextElement extends Element {
  readonly tagClass: 'context';
}

export function isUniversal(element: Element | undefined, tag: number): element is UniversalElement {
  return element?.tagClass === 'universal' && element.tag === tag;
}

export function isContext(element: Element | undefined, tag: number): element is ContextElement {
  return element?.tagClass === 'context' && element.tag === tag;
}

/** `element` when it is of the universal `tag`; throws DerError naming what was expected. */
export function expect(element: Element | undefined, tag: number, what: string, parent: Element): Element {
  if (element === undefined) throw new DerError('malformed', `${what} is missing`, parent.contentEnd);
  if (!isUniversal(element, tag)) throw new DerError('malformed', `${what} is not what it should be`, element.start);
  return element;
}

/** An OCTET STRING's bytes: of BER's constructed form the chunks are joined, however deep (X.690 section 8.7.3). */
export function octets(element: Element): Uint8Array {
  if (!element.constructed) return content(element);
  const chunks = leaves(element).map(content);
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

function leaves(element: Element): readonly Element[] {
  return element.constructed ? element.children.flatMap(leaves) : [element];
}
