// Takes a PKCS#12 file apart as far as that goes without the password, costing little and judging every count.
import {
  content,
  DerError,
  expect,
  isContext,
  isUniversal,
  octets,
  readDer,
  readInside,
  Tag,
  type DerBudget,
  type Element,
} from '../certificate/der';
import { hex, readInteger, readOid, readText } from '../certificate/derValues';
import { knownName } from './knownAlgorithms';
import { UnsupportedError } from './problems';
import { readMac, readScheme, type Mac, type Scheme } from './scheme';

/** A bag of SafeContents (RFC 7292 section 4.2). */
export type Bag = {
  readonly friendlyName: string | null;
  readonly localKeyId: string | null;
  readonly provider: string | null;
} & (
  | { readonly kind: 'certificate'; readonly der: Uint8Array }
  | { readonly kind: 'key'; readonly pkcs8: Uint8Array }
  | { readonly kind: 'encrypted-key'; readonly scheme: Scheme; readonly data: Uint8Array; readonly isInPieces: boolean }
  | { readonly kind: 'unsupported-key'; readonly problem: UnsupportedError }
  | { readonly kind: 'skipped'; readonly bag: string; readonly isSecret?: true }
  | { readonly kind: 'protected-password'; readonly principals: readonly string[] }
  | { readonly kind: 'unreadable'; readonly where: string }
);

export type Safe =
  | { readonly kind: 'plain'; readonly bags: readonly Bag[] }
  | {
      readonly kind: 'encrypted';
      readonly scheme: Scheme;
      readonly data: Uint8Array;
      /** Written as several strings of definite length; NSS's of indefinite length, which Windows imports, are none. */
      readonly isInPieces: boolean;
    };

export interface Container {
  readonly safes: readonly Safe[];
  /** The bytes the MAC covers. */
  readonly authenticated: Uint8Array;
  readonly mac: Mac | null;
  /** 3 by RFC 7292; null for one beyond any sensible number. */
  readonly version: number | null;
  /** Bytes behind the file's end. */
  readonly trailing: number;
}

const data = '1.2.840.113549.1.7.1';
const encryptedData = '1.2.840.113549.1.7.6';

/** The PFX of RFC 7292 section 4. Throws DerError, UnsupportedError, LimitError. */
export function readContainer(bytes: Uint8Array, budget: DerBudget): Container {
  const pfx = readDer(bytes, budget);
  const [version, authSafe, macData] = pfx.children;
  const [type, wrapped] = contentInfo(authSafe, pfx);
  if (type !== data) throw new UnsupportedError(knownName(type) ?? 'an unknown kind of content', type);
  const string = expect(wrapped, Tag.octetString, 'the authenticated safe', pfx);
  const authenticated = octets(string);
  const mac = macData === undefined ? null : readMac(expect(macData, Tag.sequence, 'the MAC', pfx));
  const list = expect(readInside(string, authenticated, budget), Tag.sequence, 'the list of safes', pfx);
  return {
    safes: list.children.map((info) => readSafe(info, list, budget)),
    authenticated,
    mac,
    version: readInteger(expect(version, Tag.integer, 'the version', pfx)) ?? null,
    trailing: bytes.length - pfx.end,
  };
}

function contentInfo(info: Element | undefined, parent: Element): readonly [oid: string, content: Element | undefined] {
  const [type, wrapped] = expect(info, Tag.sequence, 'a ContentInfo', parent).children;
  return [
    readOid(expect(type, Tag.oid, 'the type of a ContentInfo', parent)),
    isContext(wrapped, 0) ? wrapped.children[0] : undefined,
  ];
}

function readSafe(info: Element, parent: Element, budget: DerBudget): Safe {
  const [type, inner] = contentInfo(info, parent);
  if (type === data) {
    const string = expect(inner, Tag.octetString, 'a safe', info);
    const contents = octets(string);
    return { kind: 'plain', bags: contents.length === 0 ? [] : bagsOf(readInside(string, contents, budget), budget) };
  }
  if (type !== encryptedData) throw new UnsupportedError(knownName(type) ?? 'an unknown kind of safe', type);
  const encrypted = expect(inner, Tag.sequence, 'an encrypted safe', info);
  const encryptedContent = expect(encrypted.children[1], Tag.sequence, 'the content of an encrypted safe', encrypted);
  const [, algorithm, bytes] = encryptedContent.children;
  if (!isContext(bytes, 0))
    throw new DerError('malformed', 'the encrypted bytes are missing', encryptedContent.contentEnd);
  return {
    kind: 'encrypted',
    scheme: readScheme(expect(algorithm, Tag.sequence, 'the encryption algorithm', encrypted)),
    data: octets(bytes),
    isInPieces: bytes.constructed && bytes.end === bytes.contentEnd,
  };
}

/** The bags of a SafeContents, those of nested ones among them. Throws DerError. */
export function readBags(contents: Uint8Array, budget: DerBudget): readonly Bag[] {
  return bagsOf(readDer(contents, budget), budget);
}

function bagsOf(safeContents: Element, budget: DerBudget): readonly Bag[] {
  return expect(safeContents, Tag.sequence, 'the list of bags', safeContents).children.flatMap((bag) => {
    const oid = readOid(
      expect(expect(bag, Tag.sequence, 'a bag', safeContents).children[0], Tag.oid, 'the type of a bag', bag),
    );
    const [, wrapped, attributes] = bag.children;
    const value = isContext(wrapped, 0) ? wrapped.children[0] : undefined;
    return readBag(oid, value, readAttributes(attributes), bag, budget);
  });
}

const bagTypes = '1.2.840.113549.1.12.10.1.';
const x509Certificate = '1.2.840.113549.1.9.22.1';
type Attributes = Pick<Bag, 'friendlyName' | 'localKeyId' | 'provider'>;

function readBag(
  oid: string,
  value: Element | undefined,
  attributes: Attributes,
  bag: Element,
  budget: DerBudget,
): readonly Bag[] {
  if (value === undefined) return [{ ...attributes, kind: 'unreadable', where: `an empty bag at byte ${bag.start}` }];
  try {
    switch (oid) {
      case `${bagTypes}1`:
        return [{ ...attributes, kind: 'key', pkcs8: value.source.subarray(value.start, value.end) }];
      case `${bagTypes}2`:
        return [readEncryptedKey(value, attributes)];
      case `${bagTypes}3`:
        return [readCertificateBag(value, attributes)];
      case `${bagTypes}4`:
        return [{ ...attributes, kind: 'skipped', bag: 'a revocation list' }];
      case `${bagTypes}5`:
        return [readSecret(value, attributes, budget)];
      case `${bagTypes}6`:
        return bagsOf(value, budget);
      default:
        return [{ ...attributes, kind: 'skipped', bag: `a bag of type ${oid}` }];
    }
  } catch (error) {
    if (!(error instanceof DerError) || error.reason !== 'malformed') throw error;
    return [{ ...attributes, kind: 'unreadable', where: error.message }];
  }
}

/** szOID_PKCS_12_PROTECTED_PASSWORD_SECRET_BAG_TYPE_ID of wincrypt.h: the password, encrypted for principals of a domain. */
const protectedPassword = '1.3.6.1.4.1.311.17.4';

function readSecret(value: Element, attributes: Attributes, budget: DerBudget): Bag {
  const [type] = value.children;
  if (!isUniversal(type, Tag.oid) || readOid(type) !== protectedPassword)
    return { ...attributes, kind: 'skipped', bag: 'a secret', isSecret: true };
  return { ...attributes, kind: 'protected-password', principals: [...new Set(identifiersIn(value, budget))] };
}

/** The security identifiers among the texts of an element: they stand in the open, in the rule of NCryptCreateProtectionDescriptor. */
function identifiersIn(element: Element, budget: DerBudget): readonly string[] {
  const text = readText(element);
  if (text !== undefined) return text.match(/S-1-\d{1,14}(?:-\d{1,10}){1,15}/g) ?? [];
  if (!isUniversal(element, Tag.octetString)) return element.children.flatMap((child) => identifiersIn(child, budget));
  try {
    return identifiersIn(readInside(element, octets(element), budget), budget);
  } catch (error) {
    // encrypted bytes
    if (error instanceof DerError && error.reason !== 'too-many-elements') return [];
    throw error;
  }
}

function readEncryptedKey(value: Element, attributes: Attributes): Bag {
  const [algorithm, bytes] = value.children;
  try {
    const scheme = readScheme(expect(algorithm, Tag.sequence, 'the encryption algorithm of a key', value));
    const string = expect(bytes, Tag.octetString, 'an encrypted key', value);
    return { ...attributes, kind: 'encrypted-key', scheme, data: octets(string), isInPieces: string.constructed };
  } catch (error) {
    if (error instanceof UnsupportedError) return { ...attributes, kind: 'unsupported-key', problem: error };
    throw error;
  }
}

function readCertificateBag(value: Element, attributes: Attributes): Bag {
  const type = readOid(expect(value.children[0], Tag.oid, 'the type of a certificate', value));
  const wrapped = value.children[1];
  if (type !== x509Certificate) return { ...attributes, kind: 'skipped', bag: `a certificate of type ${type}` };
  const der = isContext(wrapped, 0) ? wrapped.children[0] : undefined;
  return { ...attributes, kind: 'certificate', der: octets(expect(der, Tag.octetString, 'a certificate', value)) };
}

const friendlyName = '1.2.840.113549.1.9.20';
const localKeyId = '1.2.840.113549.1.9.21';
/** Microsoft's name of the key's provider (docs/facts-pfx.md#provider-attribute). */
export const providerAttribute = '1.3.6.1.4.1.311.17.1';

function readAttributes(set: Element | undefined): Attributes {
  const values = new Map<string, Element>();
  for (const { children } of set?.children ?? []) {
    const [type, list] = children;
    const value = list?.children[0];
    if (!isUniversal(type, Tag.oid) || value === undefined) continue;
    const oid = readOid(type);
    // of a repeated one the first counts, as with OpenSSL
    if (!values.has(oid)) values.set(oid, value);
  }
  const name = values.get(friendlyName);
  const id = values.get(localKeyId);
  const provider = values.get(providerAttribute);
  return {
    friendlyName: name === undefined ? null : (readText(name) ?? null),
    localKeyId: id === undefined ? null : hex(id.constructed ? octets(id) : content(id)),
    provider: provider === undefined ? null : (readText(provider) ?? null),
  };
}
