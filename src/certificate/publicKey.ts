// Tells a public key's algorithm and size from its SubjectPublicKeyInfo.
import type { CertificateFacts } from '../model/certificate';
import { curveBits, keyNames } from './algorithmNames';
import { expect, isUniversal, newBudget, readDer, Tag, type Element } from './der';
import { bitLength, readBits, readOid } from './derValues';

export type KeyFacts = Pick<CertificateFacts, 'keyAlgorithm' | 'keySize'>;

/** Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). Throws DerError when it is none. */
export function readPublicKey(info: Element): KeyFacts {
  const algorithm = expect(info.children[0], Tag.sequence, 'the public key algorithm', info);
  const oid = readOid(expect(algorithm.children[0], Tag.oid, 'the public key algorithm', algorithm));
  const keyAlgorithm = keyNames[oid] ?? 'unknown';
  const bits = expect(info.children[1], Tag.bitString, 'the public key', info);
  return { keyAlgorithm, keySize: size(keyAlgorithm, algorithm.children[1], bits) };
}

function size(algorithm: KeyFacts['keyAlgorithm'], parameters: Element | undefined, bits: Element): number | null {
  switch (algorithm) {
    case 'RSA':
    case 'RSA-PSS': {
      const modulus = readDer(readBits(bits), newBudget()).children[0];
      return isUniversal(modulus, Tag.integer) ? bitLength(modulus) : null;
    }
    case 'EC':
      return curveSize(parameters);
    case 'Ed25519':
      return 255;
    case 'Ed448':
      return 448;
    case 'DSA': {
      const prime = parameters?.children[0];
      return isUniversal(prime, Tag.integer) ? bitLength(prime) : null;
    }
    case 'unknown':
      return null;
  }
}

/** Of a named curve, or of explicit parameters: their order (RFC 3279 section 2.3.5). */
function curveSize(parameters: Element | undefined): number | null {
  if (isUniversal(parameters, Tag.oid)) return curveBits(readOid(parameters));
  const order = parameters?.children[4];
  return isUniversal(order, Tag.integer) ? bitLength(order) : null;
}
