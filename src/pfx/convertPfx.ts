// Writes an opened file anew: for Windows Server 2016, or with the algorithms of today.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { certificatePool, isSelfSigned } from '../certificate/chain';
import { encrypt } from './cipher';
import { providerAttribute } from './container';
import { bmpString, element, explicit, integer, nothing, octetString, oid, sequence, setOf } from './derWriter';
import { deriveKey, Purpose } from './kdf';
import { plainPkcs8 } from './privateKey';
import type { OpenedPfx, PfxCertificate, PfxKey } from './outcome';
import { passwordForms } from './password';

export interface ConvertOptions {
  /** `windows-2016`: PBE-SHA1-3DES with a SHA-1 MAC. `modern`: AES-256 and SHA-256. */
  readonly target: 'windows-2016' | 'modern';
  /** Between 2,000 and 10,000 for `windows-2016`; default 2,048, and 10,000 for `modern`. */
  readonly iterations?: number;
  /** Replaces the friendly name of each key and its certificate; undefined keeps the names. */
  readonly friendlyName?: string;
  /** Writes Microsoft's provider attribute to each RSA key; undefined keeps what the file says. */
  readonly provider?: string;
  readonly dropRoot?: boolean;
}

const defaultIterations = { 'windows-2016': 2_048, modern: 10_000 } as const;

/**
 * The bytes of a new PKCS#12 file with all keys and certificates of `opened`. `password` is UTF-8 and is left as it is.
 * A key that `opened` could not read is not in the new file: its notes say so, and the caller must ask first.
 */
export function convertPfx(opened: OpenedPfx, password: Uint8Array, options: ConvertOptions): Uint8Array {
  const { target } = options;
  const iterations = options.iterations ?? defaultIterations[target];
  const form = passwordForms(Uint8Array.from(password))[0] ?? { bmp: new Uint8Array(2), utf8: new Uint8Array(0) };
  const lock: Lock = (plain) =>
    target === 'modern' ? modernLock(plain, form.utf8, iterations) : legacyLock(plain, form.bmp, iterations);
  const ids = keyIds(opened);
  const certificates = opened.certificates
    .filter(
      (certificate, at) => isFirst(opened, certificate) && (options.dropRoot !== true || !isRootAbove(opened, at)),
    )
    .map((certificate) => certificateBag(certificate, ids, firstOwner(opened, certificate), options));
  const keys = opened.keys.map((key, at) => keyBag(key, ids[at], lock, options));
  const safes = sequence(
    encryptedSafe(sequence(...certificates), lock),
    contentInfo(data, octetString(sequence(...keys))),
  );
  const file = sequence(
    integer(3),
    contentInfo(data, octetString(safes)),
    macData(safes, form.bmp, iterations, target),
  );
  form.bmp.fill(0);
  form.utf8.fill(0);
  return file;
}

type Lock = (plain: Uint8Array) => { readonly algorithm: Uint8Array; readonly bytes: Uint8Array };

const data = '1.2.840.113549.1.7.1';
const encryptedData = '1.2.840.113549.1.7.6';
const bag = (number: number) => oid(`1.2.840.113549.1.12.10.1.${number}`);

function contentInfo(type: string, content: Uint8Array): Uint8Array {
  return sequence(oid(type), explicit(0, content));
}

function encryptedSafe(plain: Uint8Array, lock: Lock): Uint8Array {
  const { algorithm, bytes } = lock(plain);
  return contentInfo(encryptedData, sequence(integer(0), sequence(oid(data), algorithm, element(0x80, bytes))));
}

function legacyLock(plain: Uint8Array, password: Uint8Array, iterations: number): ReturnType<Lock> {
  const salt = new Uint8Array(randomBytes(8));
  const common = { digest: 'SHA-1', salt, iterations } as const;
  const key = deriveKey(password, { ...common, purpose: Purpose.key, size: 24 }, () => undefined);
  const iv = deriveKey(password, { ...common, purpose: Purpose.iv, size: 8 }, () => undefined);
  const bytes = must(encrypt('DES-EDE3-CBC', key, iv, plain, 'prefer'));
  key.fill(0);
  return {
    algorithm: sequence(oid('1.2.840.113549.1.12.1.3'), sequence(octetString(salt), integer(iterations))),
    bytes,
  };
}

function modernLock(plain: Uint8Array, password: Uint8Array, iterations: number): ReturnType<Lock> {
  const salt = new Uint8Array(randomBytes(16));
  const iv = new Uint8Array(randomBytes(16));
  const key = new Uint8Array(pbkdf2Sync(password, salt, iterations, 32, 'sha256'));
  const bytes = must(encrypt('AES-256-CBC', key, iv, plain, 'prefer'));
  key.fill(0);
  const hmac = sequence(oid('1.2.840.113549.2.9'), nothing());
  const derivation = sequence(oid('1.2.840.113549.1.5.12'), sequence(octetString(salt), integer(iterations), hmac));
  const cipher = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(iv));
  return { algorithm: sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, cipher)), bytes };
}

function macData(
  covered: Uint8Array,
  password: Uint8Array,
  iterations: number,
  target: ConvertOptions['target'],
): Uint8Array {
  const modern = target === 'modern';
  const salt = new Uint8Array(randomBytes(modern ? 16 : 8));
  const wanted = { salt, iterations, purpose: Purpose.mac };
  const key = modern
    ? deriveKey(password, { ...wanted, digest: 'SHA-256', size: 32 }, () => undefined)
    : deriveKey(password, { ...wanted, digest: 'SHA-1', size: 20 }, () => undefined);
  const value = createHmac(modern ? 'sha256' : 'sha1', key)
    .update(covered)
    .digest();
  key.fill(0);
  const algorithm = sequence(oid(modern ? '2.16.840.1.101.3.4.2.1' : '1.3.14.3.2.26'), nothing());
  return sequence(sequence(algorithm, octetString(value)), octetString(salt), integer(iterations));
}

/** A certificate that stands in the file twice is written once; more says nothing. */
function isFirst({ certificates }: OpenedPfx, certificate: PfxCertificate): boolean {
  return certificates.find(({ facts }) => facts.thumbprint === certificate.facts.thumbprint) === certificate;
}

/** .NET refuses a file in which two certificates refer to one key: of several owners only one gets the key's id. */
function firstOwner({ certificates, keys }: OpenedPfx, certificate: PfxCertificate): boolean {
  const { key } = certificate;
  if (key === null) return false;
  const owners = certificates.filter((other) => other.key === key);
  const told = keys[key]?.localKeyId ?? null;
  return (owners.find(({ localKeyId }) => told !== null && localKeyId === told) ?? owners[0]) === certificate;
}

function certificateBag(
  certificate: PfxCertificate,
  ids: readonly Uint8Array[],
  first: boolean,
  { friendlyName }: ConvertOptions,
): Uint8Array {
  const own = first && certificate.key !== null ? ids[certificate.key] : undefined;
  const name = (own === undefined ? undefined : friendlyName) ?? certificate.friendlyName;
  const other = certificate.key === null ? certificate.localKeyId : null;
  const kept = own ?? (other === null ? undefined : Buffer.from(other, 'hex'));
  const value = sequence(oid('1.2.840.113549.1.9.22.1'), explicit(0, octetString(certificate.der)));
  return sequence(bag(3), explicit(0, value), ...attributes(name, kept, null));
}

function keyBag(key: PfxKey, id: Uint8Array | undefined, lock: Lock, options: ConvertOptions): Uint8Array {
  const { algorithm, bytes } = lock(plainPkcs8(key.pkcs8));
  const provider = key.algorithm === 'RSA' ? (options.provider ?? key.provider) : key.provider;
  const name = options.friendlyName ?? key.friendlyName;
  return sequence(bag(2), explicit(0, sequence(algorithm, octetString(bytes))), ...attributes(name, id, provider));
}

function attributes(name: string | null, id: Uint8Array | undefined, provider: string | null): readonly Uint8Array[] {
  const written: Uint8Array[] = [];
  // a name of nothing but characters that can't be written is none
  const isWritten = name !== null && (name === '' || bmpString(name).length > 2);
  if (isWritten) written.push(sequence(oid('1.2.840.113549.1.9.20'), setOf([bmpString(name)])));
  if (id !== undefined) written.push(sequence(oid('1.2.840.113549.1.9.21'), setOf([octetString(id)])));
  if (provider !== null) written.push(sequence(oid(providerAttribute), setOf([bmpString(provider)])));
  return written.length === 0 ? [] : [setOf(written)];
}

/** An id for each key: the file's where it is unique and its certificate has the same, else the certificate's SHA-1 as OpenSSL does it. */
function keyIds({ certificates, keys }: OpenedPfx): readonly Uint8Array[] {
  return keys.map((key, at) => {
    const owner = certificates.find((certificate) => certificate.key === at);
    const told = key.localKeyId ?? '';
    const unique = keys.filter(({ localKeyId }) => localKeyId === told).length === 1;
    const right = certificates.every((certificate) => certificate.localKeyId !== told || certificate.key === at);
    if (told !== '' && unique && right) return Buffer.from(told, 'hex');
    return createHash('sha1')
      .update(owner?.der ?? key.pkcs8)
      .digest();
  });
}

/** Self-signed and without a key of its own in the file. */
function isRootAbove({ certificates }: OpenedPfx, at: number): boolean {
  return certificates[at]?.key === null && isSelfSigned(certificatePool(certificates.map(({ der }) => der)), at);
}

function must(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new Error('this runtime has no cipher to write with');
  return bytes;
}
