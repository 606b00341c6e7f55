// Writes DER: the few kinds of element a PKCS#12 file is made of.

/** One element of `tag` (its first byte) around `parts`. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return new Uint8Array(Buffer.concat([Buffer.from([tag, ...length(size)]), ...parts]));
}

function length(size: number): number[] {
  if (size < 128) return [size];
  const bytes: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest & 255);
  return [0x80 | bytes.length, ...bytes];
}

export const sequence = (...parts: readonly Uint8Array[]) => element(0x30, ...parts);
export const octetString = (bytes: Uint8Array) => element(0x04, bytes);
/** Context-specific and constructed: what `[n] EXPLICIT` writes. */
export const explicit = (number: number, ...parts: readonly Uint8Array[]) => element(0xa0 + number, ...parts);
export const nothing = () => element(0x05);

/** SET OF, its members in DER's order (X.690 section 11.6). */
export function setOf(parts: readonly Uint8Array[]): Uint8Array {
  return element(0x31, ...[...parts].sort((one, other) => Buffer.compare(one, other)));
}

/** A non-negative INTEGER. */
export function integer(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest & 255);
  if (bytes.length === 0 || ((bytes[0] ?? 0) & 0x80) !== 0) bytes.unshift(0);
  return element(0x02, Uint8Array.from(bytes));
}

export function oid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return element(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const bytes = [arc & 127];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest & 127) | 128);
  return bytes;
}

/** BMPString; characters beyond the basic plane are dropped, since .NET refuses them (docs/facts-pfx.md#bmp-string). */
export function bmpString(text: string): Uint8Array {
  const plain = text.replace(/[\ud800-\udfff]/g, '');
  return element(0x1e, Buffer.from(plain, 'utf16le').swap16());
}
