// Reads which key files Git tracks from the bytes of its index, and writes an index without them (gitformat-index); starts no program.
import { createHash, hash } from 'node:crypto';

/** A key file of the index: its path from the root of the work tree with `/`, and where its entries stand. */
export interface TrackedKey {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

export interface KeyIndex {
  readonly version: 2 | 3 | 4;
  readonly entries: number;
  /** Where the entries end and the extensions begin. */
  readonly end: number;
  readonly digest: Digest;
  /** At most `mostKeys`, and one for each stage of a conflict. */
  readonly keys: readonly TrackedKey[];
  /** How many more there are. */
  readonly more: number;
}

/**
 * `damaged`: not an index, or cut off. `version`: of a format not known here. `split`: a part of it stands in a shared index.
 * `sparse`: whole folders stand for what is in them.
 */
export type IndexProblem = 'damaged' | 'version' | 'split' | 'sparse';

interface Digest {
  readonly name: 'sha1' | 'sha256';
  readonly bytes: 20 | 32;
}

const digests: readonly Digest[] = [
  { name: 'sha1', bytes: 20 },
  { name: 'sha256', bytes: 32 },
];
const header = 12;
// ctime, mtime, dev, ino, mode, uid, gid and size stand before an entry's hash
const statBytes = 40;
const mostPath = 4096;
const mostKeys = 1000;

/** Linear in the bytes, whatever they are; never throws. */
export function readKeyIndex(bytes: Buffer): KeyIndex | { readonly problem: IndexProblem } {
  if (bytes.length < header + 20 || bytes.toString('latin1', 0, 4) !== 'DIRC') {
    return { problem: 'damaged' };
  }
  const version = bytes.readUInt32BE(4);
  if (version !== 2 && version !== 3 && version !== 4) {
    return { problem: 'version' };
  }
  const digest = digestOf(bytes);
  if (digest === undefined) {
    return { problem: 'damaged' };
  }
  const entries = bytes.readUInt32BE(8);
  const read = readEntries(bytes.subarray(0, bytes.length - digest.bytes), version, digest.bytes, entries);
  if (read === undefined) {
    return { problem: 'damaged' };
  }
  const problem = extensionProblem(bytes.subarray(read.end, bytes.length - digest.bytes));
  return problem === undefined ? { version, entries, digest, ...read } : { problem };
}

/**
 * The index without the entries of `keys`. Its extensions are left out: all are optional, and Git makes them anew.
 * Undefined for version 4, whose entries build on the one before.
 */
export function withoutKeys(bytes: Buffer, index: KeyIndex, keys: readonly TrackedKey[]): Buffer | undefined {
  if (index.version === 4) {
    return undefined;
  }
  const kept: Buffer[] = [];
  let at = header;
  for (const { start, end } of keys.toSorted((one, other) => one.start - other.start)) {
    kept.push(bytes.subarray(at, start));
    at = end;
  }
  kept.push(bytes.subarray(at, index.end));
  const head = Buffer.from(bytes.subarray(0, header));
  head.writeUInt32BE(index.entries - keys.length, 8);
  const whole = Buffer.concat([head, ...kept]);
  return Buffer.concat([whole, createHash(index.digest.name).update(whole).digest()]);
}

/** By the checksum at the end; one of zeros is that of index.skipHash. */
function digestOf(bytes: Buffer): Digest | undefined {
  const trailer = ({ bytes: length }: Digest): Buffer => bytes.subarray(bytes.length - length);
  const isZero = (digest: Digest): boolean => trailer(digest).every((byte) => byte === 0);
  return (
    digests.find((digest) =>
      hash(digest.name, bytes.subarray(0, bytes.length - digest.bytes), 'buffer').equals(trailer(digest)),
    ) ?? digests.findLast(isZero)
  );
}

function readEntries(
  bytes: Buffer,
  version: number,
  hashBytes: number,
  entries: number,
): Pick<KeyIndex, 'end' | 'keys' | 'more'> | undefined {
  const name = Buffer.alloc(mostPath);
  const keys: TrackedKey[] = [];
  let [length, at, more] = [0, header, 0];
  for (let entry = 0; entry < entries; entry++) {
    const start = at;
    at += statBytes + hashBytes + 2;
    if (at > bytes.length) {
      return undefined;
    }
    const isExtended = (bytes.readUInt8(at - 2) & 0x40) !== 0;
    at += isExtended ? 2 : 0;
    let from = 0;
    if (version === 4) {
      const removed = offsetAt(bytes, at);
      if (removed === undefined || removed.value > length) {
        return undefined;
      }
      from = length - removed.value;
      at = removed.end;
    }
    const end = bytes.indexOf(0, at);
    if (end < 0 || from + end - at > mostPath) {
      return undefined;
    }
    bytes.copy(name, from, at, end);
    length = from + end - at;
    // the name ends in 1 to 8 zeros, so that an entry's length is a multiple of eight
    at = version === 4 ? end + 1 : start + ((end - start + 8) & ~7);
    if (at > bytes.length) {
      return undefined;
    }
    if (/\.(pfx|p12)$/i.test(name.toString('latin1', Math.max(0, length - 4), length))) {
      if (keys.length < mostKeys) {
        keys.push({ path: name.toString('utf8', 0, length), start, end: at });
      } else {
        more += 1;
      }
    }
  }
  return { end: at, keys, more };
}

/** Git's variable length number: each further byte adds one, so that no number has two spellings. */
function offsetAt(bytes: Buffer, start: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let at = start; at < Math.min(bytes.length, start + 3); at++) {
    const byte = bytes.readUInt8(at);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      return { value, end: at + 1 };
    }
    value += 1;
  }
  return undefined;
}

/** An extension whose name begins with a capital is optional; any other changes what the entries mean. */
function extensionProblem(bytes: Buffer): IndexProblem | undefined {
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length) {
      return 'damaged';
    }
    const name = bytes.toString('latin1', at, at + 4);
    if (!/^[A-Z]/.test(name)) {
      return name === 'link' ? 'split' : name === 'sdir' ? 'sparse' : 'version';
    }
    at += 8 + bytes.readUInt32BE(at + 4);
    if (at > bytes.length) {
      return 'damaged';
    }
  }
  return undefined;
}
