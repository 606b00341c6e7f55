// Says what a file is that is no PKCS#12 file.
import { isContext, isUniversal, newBudget, readDer, Tag, type Element } from '../certificate/der';
import { readInteger, readOid } from '../certificate/derValues';
import { certificateFields } from '../certificate/fields';
import { fromBase64, unwrapped } from '../certificate/wrappedText';

export type FileKind =
  | 'empty'
  | 'pem'
  | 'certificate'
  | 'pkcs7'
  | 'certificate-request'
  | 'private-key'
  | 'encrypted-private-key'
  | 'pem-pkcs12'
  | 'base64-pkcs12'
  | 'base64'
  | 'text-transfer'
  | 'git-lfs-pointer'
  | 'html'
  | 'jks'
  | 'jceks'
  | 'bks'
  | 'zip'
  | 'putty-key'
  | 'text'
  | 'other-asn1'
  | 'unknown';

/**
 * True when the bytes begin as a PKCS#12 file does: a SEQUENCE, version 3 and a ContentInfo (RFC 7292 section 4).
 * With another version, which OpenSSL and .NET pass over, the ContentInfo's type has to be one of PKCS#7's.
 */
export function beginsAsPfx(bytes: Uint8Array): boolean {
  const version = afterHeader(bytes, 0);
  if (bytes[0] !== 0x30 || bytes[version] !== 2) return false;
  const size = bytes[version + 1] ?? 0;
  const info = version + 2 + size;
  if (size < 1 || size > 8 || bytes[info] !== 0x30) return false;
  if (size === 1 && bytes[version + 2] === 3) return true;
  const type = afterHeader(bytes, info);
  return contentType.every((byte, at) => bytes[type + at] === byte) && bytes[type + contentType.length + 1] === 0xa0;
}

/**
 * True where a PKCS#12 file has a MAC behind its contents (RFC 7292 section 4): it asks for a password, nearly always. Looks at three
 * headers and reads nothing else; false where they do not tell, as with BER's indefinite lengths.
 */
export function hasMac(bytes: Uint8Array): boolean {
  if (!beginsAsPfx(bytes)) return false;
  const outer = spanOf(bytes, 0);
  const version = outer && spanOf(bytes, outer.content);
  const contents = version && spanOf(bytes, version.end);
  const isWhole = outer !== undefined && outer.end <= bytes.length;
  return isWhole && contents !== undefined && contents.end < outer.end && bytes[contents.end] === 0x30;
}

/** szOID_PKCS_12_PROTECTED_PASSWORD_SECRET_BAG_TYPE_ID, 1.3.6.1.4.1.311.17.4, as DER. */
const protectedPassword = Buffer.from('06092b0601040182371104', 'hex');

/** True where the file asks for a password, nearly always: it has a MAC, and Windows did not protect it for groups or users. */
export function asksForPassword(bytes: Uint8Array): boolean {
  return hasMac(bytes) && !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(protectedPassword);
}

/** Where the content of an element at `start` begins, and where it ends; undefined where its length is not definite. */
function spanOf(bytes: Uint8Array, start: number): { readonly content: number; readonly end: number } | undefined {
  const lengthByte = bytes[start + 1] ?? 0x80;
  const content = afterHeader(bytes, start);
  if (lengthByte === 0x80 || content - start > 6) return undefined;
  const length =
    lengthByte < 0x80 ? lengthByte : bytes.subarray(start + 2, content).reduce((sum, byte) => sum * 256 + byte, 0);
  return { content, end: content + length };
}

/** An object identifier 1.2.840.113549.1.7.x, without its last byte. */
const contentType = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7];

/** Where the content begins of an element at `start`. */
function afterHeader(bytes: Uint8Array, start: number): number {
  const lengthByte = bytes[start + 1] ?? 0;
  return start + 2 + (lengthByte > 0x80 ? lengthByte & 0x7f : 0);
}

const starts: readonly (readonly [FileKind, readonly number[]])[] = [
  ['jks', [0xfe, 0xed, 0xfe, 0xed]],
  ['jceks', [0xce, 0xce, 0xce, 0xce]],
  ['bks', [0, 0, 0, 2, 0, 0, 0]],
  ['bks', [0, 0, 0, 1, 0, 0, 0]],
  ['zip', [0x50, 0x4b, 3, 4]],
];

/** What `bytes` are, judged by their start and, for ASN.1, by their outer structure. Never throws. */
export function recognize(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'empty';
  const known = starts.find(([, start]) => start.every((byte, at) => bytes[at] === byte));
  if (known !== undefined) return known[0];
  if (hasReplacedBytes(bytes) || hasChangedLineEnds(bytes)) return 'text-transfer';
  return looksLikeAsn1(bytes) ? asn1Kind(bytes) : textKind(bytes);
}

/** A SEQUENCE whose length is no printable character, or fits the file. */
function looksLikeAsn1(bytes: Uint8Array): boolean {
  const length = bytes[1] ?? 0;
  return bytes[0] === 0x30 && (length >= 0x80 || length + 2 === bytes.length);
}

/** UTF-8's replacement character, again and again in a file that begins as DER does: it was once read as text. */
export function hasReplacedBytes(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30) return false;
  let replaced = 0;
  for (let at = 0; at + 2 < bytes.length && at < 4_096; at++) {
    if (bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) replaced++;
  }
  return replaced >= 3;
}

/** Every line feed has a carriage return before it, and there are too many for chance. */
export function hasChangedLineEnds(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30) return false;
  let feeds = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x0a) continue;
    if (bytes[at - 1] !== 0x0d) return false;
    feeds++;
  }
  return feeds >= 2;
}

function asn1Kind(bytes: Uint8Array): FileKind {
  let root: Element;
  try {
    root = readDer(bytes, newBudget());
  } catch {
    return 'unknown';
  }
  try {
    certificateFields(bytes);
    return 'certificate';
  } catch {
    return structureKind(root);
  }
}

function structureKind(root: Element): FileKind {
  const [first, second, third] = root.children;
  if (isUniversal(first, Tag.oid)) return oid(first).startsWith('1.2.840.113549.1.7.') ? 'pkcs7' : 'other-asn1';
  if (isUniversal(first, Tag.integer)) {
    const version = readInteger(first);
    const algorithm = isUniversal(second, Tag.sequence) && isUniversal(second.children[0], Tag.oid);
    if ((version === 0 || version === 1) && algorithm && isUniversal(third, Tag.octetString)) return 'private-key';
    if (version === 0 && root.children.length >= 6 && isUniversal(second, Tag.integer)) return 'private-key';
    if (version === 1 && isUniversal(second, Tag.octetString)) return 'private-key';
    return 'other-asn1';
  }
  if (!isUniversal(first, Tag.sequence)) return 'other-asn1';
  if (isUniversal(second, Tag.octetString) && isUniversal(first.children[0], Tag.oid)) return 'encrypted-private-key';
  const [version, subject, key] = first.children;
  const request =
    isUniversal(version, Tag.integer) && isUniversal(subject, Tag.sequence) && isUniversal(key, Tag.sequence);
  return request && isContext(first.children[3], 0) ? 'certificate-request' : 'other-asn1';
}

function oid(element: Element): string {
  try {
    return readOid(element);
  } catch {
    return '';
  }
}

function textKind(bytes: Uint8Array): FileKind {
  const text = asText(bytes.subarray(0, 65_536));
  if (text === undefined) return 'unknown';
  if (text.includes('-----BEGIN ')) return pemKind(text);
  if (text.startsWith('version https://git-lfs.github.com/')) return 'git-lfs-pointer';
  if (/^\s*(?:<!doctype html|<html|<head|<!--)/i.test(text)) return 'html';
  if (text.startsWith('PuTTY-User-Key-File')) return 'putty-key';
  // in the quotes or the JSON of a command, too: `az keyvault secret show` prints a PFX so
  const found = unwrapped(text).flatMap((part) => fromBase64(part.replaceAll('-', '+').replaceAll('_', '/')) ?? []);
  if (found.some((one) => beginsAsPfx(one))) return 'base64-pkcs12';
  // of a JSON text with other strings a short one may seem base64
  return found.some((one) => one[0] === 0x30 || !/^\s*[{["]/.test(text)) ? 'base64' : 'text';
}

/** What PEM text holds, by the labels of its blocks. */
function pemKind(text: string): FileKind {
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9# ]{1,64})-----/g)].map(([, label = '']) => label);
  if (labels.some((label) => /CERTIFICATE$|^PKCS ?#?7|^CMS$/.test(label))) return 'pem';
  if (labels.includes('PKCS12')) return 'pem-pkcs12';
  if (labels.some((label) => label.endsWith('CERTIFICATE REQUEST'))) return 'certificate-request';
  const isKey = labels.some((label) => label.endsWith('PRIVATE KEY'));
  if (!isKey) return 'pem';
  return labels.includes('ENCRYPTED PRIVATE KEY') || /Proc-Type:\s*4,\s*ENCRYPTED/.test(text)
    ? 'encrypted-private-key'
    : 'private-key';
}

/** UTF-8 or UTF-16 text without control characters; undefined for anything else. */
function asText(bytes: Uint8Array): string | undefined {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = !wide ? 'utf-8' : bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  // a character cut in two at the end of the sample is no sign of binary data
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  return /[\ufffd\0-\x08\x0e-\x1f]/.test(text) ? undefined : text;
}
