// Unwraps certificates as text: of whatever encoding, and in the JSON or the quotes that a command of Windows or Azure printed them in.

/** The text of a file: UTF-16 and UTF-8 with a mark or, of UTF-16, without one; else Latin-1, in which base64 is what it is. */
export function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return buffer.subarray(2).toString('utf16le');
  if (first === 0xfe && second === 0xff) return wideBigEndian(buffer.subarray(2));
  if (first === 0xef && second === 0xbb && third === 0xbf) return buffer.subarray(3).toString('latin1');
  // ASCII in two bytes each: every other one is zero
  if (bytes.length > 3 && first !== 0 && second === 0 && bytes[3] === 0) return buffer.toString('utf16le');
  if (bytes.length > 3 && first === 0 && second !== 0 && bytes[2] === 0) return wideBigEndian(buffer);
  return buffer.toString('latin1');
}

function wideBigEndian(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
}

/** Strings of a JSON text that are looked at: a secret of Azure has a dozen. */
const mostStrings = 1_000;

/** What `text` holds: its strings where it is JSON (`az keyvault secret show`), what stands in its quotes, else itself. */
export function unwrapped(text: string): readonly string[] {
  const trimmed = text.trim();
  if (/^["{[]/.test(trimmed)) {
    const strings = jsonStrings(trimmed);
    if (strings !== undefined) return strings;
  }
  const bare = /^(["'])([^]*)\1$/.exec(trimmed)?.[2] ?? trimmed;
  // line breaks as a shell or a pipeline's variable carries them
  return [/-----(?:\\r)?\\n/.test(bare) ? bare.replace(/(?:\\r)?\\n/g, '\n') : bare];
}

/** Undefined where the text is no JSON. */
function jsonStrings(text: string): readonly string[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const strings: string[] = [];
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && strings.length < mostStrings) {
    const one = waiting.pop();
    if (typeof one === 'string') strings.unshift(one);
    else if (typeof one === 'object' && one !== null)
      waiting.push(...Object.values(one as Readonly<Record<string, unknown>>).slice(0, mostStrings));
  }
  return strings;
}

/** The bytes of text that is base64 and nothing else (a `.cer` or `.p7b` without its lines of dashes); undefined for other text. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bare = text.replace(/\s+/g, '');
  if (bare.length < 24 || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return undefined;
  return new Uint8Array(Buffer.from(bare, 'base64'));
}
