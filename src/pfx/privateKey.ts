// Reads a PKCS#8 private key as far as needed to find the certificate it belongs to.
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { keyNames, rsaKey } from '../certificate/algorithmNames';
import { content, encoding, expect, isContext, octets, readDer, Tag, type Element } from '../certificate/der';
import { readBits, readInteger, readOid } from '../certificate/derValues';
import type { CertificateFacts } from '../model/certificate';
import { integer, nothing, octetString, oid as oidOf, sequence as sequenceOf } from './derWriter';

export interface PrivateKeyFacts {
  readonly algorithm: CertificateFacts['keyAlgorithm'];
  /** The subjectPublicKey bits this key answers to; undefined where this runtime can't compute them. */
  readonly publicKey: Uint8Array | undefined;
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
  return { algorithm: name, publicKey: fromParts(name, inner) ?? byRuntime(pkcs8) };
}

/**
 * The same key as PrivateKeyInfo of PKCS#8's first version (RFC 5208), which OpenSSL 3.0 and .NET read: without the public
 * key the second adds, and of X.500's identifier for RSA the one in use. Throws DerError.
 */
export function plainPkcs8(pkcs8: Uint8Array): Uint8Array {
  const info = readDer(pkcs8);
  const [version, algorithm, key, ...more] = info.children;
  const isOld = algorithm?.children[0] !== undefined && readOid(algorithm.children[0]) === oldRsaKey;
  if (key === undefined || algorithm === undefined) return pkcs8;
  if (!isOld && readInteger(expect(version, Tag.integer, 'the version of the private key', info)) === 0) return pkcs8;
  const attributes = more.filter((part) => isContext(part, 0)).map(encoding);
  const named = isOld ? sequenceOf(oidOf(rsaKey), nothing()) : encoding(algorithm);
  return sequenceOf(integer(0), named, octetString(octets(key)), ...attributes);
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
