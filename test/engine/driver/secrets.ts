// Looks for a password and a private key in bytes, in whatever form a program may have let them out.
import { createPrivateKey } from 'node:crypto';

/** A secret's name, and bytes of which each is enough to know it. */
export interface Needle {
  readonly secret: string;
  readonly bytes: Buffer;
}

/** What is planted and looked for: the whole forms, and the numbers that are the key. */
export interface Secrets {
  readonly password: string;
  readonly pem: string;
  readonly pkcs8: Buffer;
  readonly pkcs1: Buffer;
  readonly numbers: Readonly<Record<'d' | 'p' | 'q' | 'dp' | 'dq' | 'qi', Buffer>>;
}

export function secretsOf(password: string, pem: string): Secrets {
  const key = createPrivateKey(pem);
  const { d = '', p = '', q = '', dp = '', dq = '', qi = '' } = key.export({ format: 'jwk' });
  const number = (text: string): Buffer => Buffer.from(text, 'base64url');
  return {
    password,
    pem,
    pkcs8: key.export({ format: 'der', type: 'pkcs8' }),
    pkcs1: key.export({ format: 'der', type: 'pkcs1' }),
    numbers: { d: number(d), p: number(p), q: number(q), dp: number(dp), dq: number(dq), qi: number(qi) },
  };
}

/** How bytes are written down, each a form in which a leak may come. */
export const forms: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  raw: (bytes) => bytes,
  hex: (bytes) => Buffer.from(bytes.toString('hex')),
  'HEX with blanks': (bytes) => Buffer.from(bytes.toString('hex').toUpperCase().match(/../g)!.join(' ')),
  base64: (bytes) => Buffer.from(bytes.toString('base64')),
  'base64 one further': (bytes) => Buffer.from(Buffer.concat([Buffer.from([7]), bytes]).toString('base64')),
  'base64 two further': (bytes) => Buffer.from(Buffer.concat([Buffer.from([7, 9]), bytes]).toString('base64')),
  'base64 in lines': (bytes) =>
    Buffer.from(
      bytes
        .toString('base64')
        .match(/.{1,64}/g)!
        .join('\r\n'),
    ),
  base64url: (bytes) => Buffer.from(bytes.toString('base64url')),
  'base64, UTF-16LE': (bytes) => Buffer.from(bytes.toString('base64'), 'utf16le'),
  'hex, UTF-16BE': (bytes) => Buffer.from(bytes.toString('hex'), 'utf16le').swap16(),
};

/** Enough of a number of the key to know it: shorter pieces would be found by chance. */
const piece = 24;

export function needlesOf({ password, numbers, pem }: Secrets): readonly Needle[] {
  const texts = [password, JSON.stringify(password).slice(1, -1), escaped(password), password.replaceAll("'", "''")];
  const asBytes = texts.flatMap((text) => {
    const wide = Buffer.from(text, 'utf16le');
    return [Buffer.from(text), wide, Buffer.from(wide).swap16(), Buffer.from(text, 'latin1')];
  });
  const ofKey = Object.entries(numbers).flatMap(([secret, number]) =>
    [number, Buffer.from(number).reverse()].flatMap((bytes) =>
      [0, Math.floor(bytes.length / 2), bytes.length - piece].map((at) => ({
        secret,
        bytes: bytes.subarray(at, at + piece),
      })),
    ),
  );
  // the first half of the lines is the public number
  const lines = pem.split('\n').filter((line) => line.length === 64);
  const ofPem = lines.slice(Math.ceil(lines.length / 2)).flatMap((line) => [
    { secret: 'pem', bytes: Buffer.from(line) },
    { secret: 'pem', bytes: Buffer.from(line, 'utf16le') },
  ]);
  return [...asBytes.map((bytes) => ({ secret: 'password', bytes })), ...ofKey, ...ofPem].flatMap(({ secret, bytes }) =>
    [bytes, ...written(bytes)].map((one) => ({ secret, bytes: one })),
  );
}

/** Names of the secrets that `bytes` hold. */
export function search(bytes: Buffer, needles: readonly Needle[]): ReadonlySet<string> {
  // text in two bytes a letter becomes one, lines and blanks go
  const joined = Buffer.from(bytes.toString('latin1').replace(/\0|\s|\\[rnt]/g, ''), 'latin1');
  return new Set(
    needles
      .filter((needle) => bytes.includes(needle.bytes) || joined.includes(needle.bytes))
      .map(({ secret }) => secret),
  );
}

/** As 5.1's ConvertTo-Json writes what is no plain letter or digit. */
function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Hexadecimal, and base64 in each of its three alignments without the letters that the neighbours decide. */
function written(bytes: Buffer): readonly Buffer[] {
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const whole = Math.floor(((shift + bytes.length) * 8) / 6);
    return text.slice(Math.ceil((shift * 8) / 6), whole);
  });
  const hex = bytes.toString('hex');
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [hex, hex.toUpperCase(), ...base64, ...url].map((text) => Buffer.from(text));
}
