// Reads a PKCS#8 private key as far as needed to find the certificate it belongs to.
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { keyNames, rsaKey } from '../certificate/algorithmNames';
import {
  content,
  encoding,
  expect,
  isContext,
  isUniversal,
  octets,
  readDer,
  Tag,
  type Element,
} from '../certificate/der';
import { readBits, readInteger, readOid } from '../certificate/derValues';
import type { CertificateFacts } from '../model/certificate';
import { element, integer, nothing, octetString, oid as oidOf, sequence as sequenceOf, setOf } from './derWriter';

export interface PrivateKeyFacts {
  readonly algorithm: CertificateFacts['keyAlgorithm'];
  /** The subjectPublicKey bits this key answers to; undefined where this runtime can't compute them. */
  readonly publicKey: Uint8Array | undefined;
  /** Its attribute of key usage allows signatures and nothing else: Windows imports it as AT_SIGNATURE. */
  readonly isForSigning: boolean;
}

/** Reads PrivateKeyInfo (RFC 5958 section 2). Throws DerError when it is none. */
export function readPrivateKey(pkcs8: Uint8Array): PrivateKeyFacts {
  const info = expect(readDer(pkcs8), Tag.sequence, 'the private key', readDer(pkcs8));
  const [version, algorithm, key] = info.children;
  expect(version, Tag.integer, 'the version of the private key', info);
  const oid = readOid(
    expect(expect(algorithm, Tag.sequence, 'the key algorithm', info).children[0], Tag.oid, 'the key algorithm', info),
  );
  const inner = octets(expect(key, Tag.octetString, 'the private key', info));
  const name = keyNames[oid] ?? 'unknown';
  const isForSigning = info.children.some(isSignatureOnly);
  return { algorithm: name, publicKey: fromParts(name, inner) ?? byRuntime(pkcs8), isForSigning };
}

const keyUsageAttribute = '2.5.29.15';
/** What OpenSSL writes to it with -keysig and -keyex (KEY_SIG and KEY_EX): AT_SIGNATURE and AT_KEYEXCHANGE. */
const [signatureBit, exchangeBit] = [0x80, 0x10];

/** The attributes of a key among which is the usage that -keysig writes. */
function isSignatureOnly(part: Element): boolean {
  return isContext(part, 0) && part.children.some((attribute) => usageOf(attribute) === signatureBit);
}

/** The first byte of the bits of an attribute of key usage; undefined for another attribute. */
function usageOf({ children: [type, values] }: Element): number | undefined {
  const bits = values?.children[0];
  if (!isUniversal(type, Tag.oid) || readOid(type) !== keyUsageAttribute || !isUniversal(bits, Tag.bitString))
    return undefined;
  return readBits(bits)[0];
}

/**
 * The same key as PrivateKeyInfo of PKCS#8's first version (RFC 5208), which OpenSSL 3.0 and .NET read: without the public
 * key the second adds, of X.500's identifier for RSA the one in use, and for the exchange of keys where it was marked for
 * signatures only (AT_SIGNATURE), with which TLS servers of Windows fail (Microsoft's page of AD FS and KeySpec). Throws DerError.
 */
export function plainPkcs8(pkcs8: Uint8Array): Uint8Array {
  const info = readDer(pkcs8);
  const [version, algorithm, key, ...more] = info.children;
  const isSigning = more.some(isSignatureOnly);
  const isOld = algorithm?.children[0] !== undefined && readOid(algorithm.children[0]) === oldRsaKey;
  if (key === undefined || algorithm === undefined) return pkcs8;
  if (!isOld && !isSigning && readInteger(expect(version, Tag.integer, 'the version of the private key', info)) === 0)
    return pkcs8;
  const attributes = more.filter((part) => isContext(part, 0)).map((part) => forExchange(part));
  const named = isOld ? sequenceOf(oidOf(rsaKey), nothing()) : encoding(algorithm);
  return sequenceOf(integer(0), named, octetString(octets(key)), ...attributes);
}

/** The attributes, the usage of -keysig turned into that of -keyex. */
function forExchange(attributes: Element): Uint8Array {
  if (!isSignatureOnly(attributes)) return encoding(attributes);
  const exchange = sequenceOf(oidOf(keyUsageAttribute), setOf([element(0x03, Uint8Array.of(4, exchangeBit))]));
  const kept = attributes.children.map((one) => (usageOf(one) === signatureBit ? exchange : encoding(one)));
  return element(0xa0, Buffer.concat(kept));
}

const oldRsaKey = '2.5.8.1.1';

/** The public half where the private key's own encoding holds it: RSA always, EC usually. */
function fromParts(algorithm: PrivateKeyFacts['algorithm'], key: Uint8Array): Uint8Array | undefined {
  if (algorithm !== 'RSA' && algorithm !== 'RSA-PSS' && algorithm !== 'EC') return undefined;
  const parts = readDer(key);
  if (algorithm === 'EC') {
    const bits = parts.children.find((part) => isContext(part, 1))?.children[0];
    return bits === undefined ? undefined : readBits(bits);
  }
  const [, modulus, exponent] = parts.children;
  return sequence([
    expect(modulus, Tag.integer, 'the modulus of the private key', parts),
    expect(exponent, Tag.integer, 'the exponent of the private key', parts),
  ]);
}

/** RSAPublicKey (RFC 8017 appendix A.1.1) from the INTEGERs of the private key. */
function sequence(parts: readonly Element[]): Uint8Array {
  const body = Buffer.concat(parts.map(encoding));
  const size =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return new Uint8Array(Buffer.concat([Buffer.from([0x30, ...size]), body]));
}

function byRuntime(pkcs8: Uint8Array): Uint8Array | undefined {
  try {
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    return publicKeyBits(createPublicKey(key).export({ format: 'der', type: 'spki' }));
  } catch {
    // a curve or an algorithm this runtime does not know
    return undefined;
  }
}

/** The bits of a SubjectPublicKeyInfo. Throws DerError. */
export function publicKeyBits(info: Uint8Array): Uint8Array {
  const spki = readDer(info);
  return content(expect(spki.children[1], Tag.bitString, 'the public key', spki)).subarray(1);
}

/** Whether the runtime says the certificate is this key's: for points that are written compressed in one of the two. */
export function runtimeSaysOwner(der: Uint8Array, pkcs8: Uint8Array): boolean {
  try {
    return new X509Certificate(der).checkPrivateKey(
      createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }),
    );
  } catch {
    return false;
  }
}
