// Names of signature algorithms, public keys and curves by object identifier.

/** As OpenSSL prints them; the ones a certificate can meet in practice. */
export const signatureNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2WithRSAEncryption',
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.3.14.3.2.29': 'sha1WithRSA',
  '1.2.840.113549.1.1.14': 'sha224WithRSAEncryption',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.113549.1.1.10': 'rsassaPss',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.2.840.10045.4.3.1': 'ecdsa-with-SHA224',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.2.840.10040.4.3': 'dsaWithSHA1',
  '2.16.840.1.101.3.4.3.1': 'dsa_with_SHA224',
  '2.16.840.1.101.3.4.3.2': 'dsa_with_SHA256',
  '1.3.101.112': 'ED25519',
  '1.3.101.113': 'ED448',
};

export const rsaKey = '1.2.840.113549.1.1.1';

/** Public key algorithms. */
export const keyNames: Readonly<Record<string, 'RSA' | 'RSA-PSS' | 'EC' | 'Ed25519' | 'Ed448' | 'DSA'>> = {
  [rsaKey]: 'RSA',
  // X.500's own, which old tools wrote
  '2.5.8.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10045.2.1': 'EC',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '1.2.840.10040.4.1': 'DSA',
};

/** Bits of the order of a named curve, as OpenSSL and .NET tell them; last arc to bits, grouped by the arcs before it. */
const curves: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  '1.2.840.10045.3.1': { 1: 192, 2: 192, 3: 192, 4: 239, 5: 239, 6: 239, 7: 256 },
  '1.3.132.0': {
    ...{ 1: 163, 2: 162, 3: 238, 4: 113, 5: 113, 6: 112, 7: 110, 8: 161, 9: 161, 10: 256, 15: 163, 16: 281, 17: 282 },
    ...{ 22: 131, 23: 131, 24: 193, 25: 193, 26: 232, 27: 233, 28: 128, 29: 126, 30: 161, 31: 192, 32: 225, 33: 224 },
    ...{ 34: 384, 35: 521, 36: 407, 37: 409, 38: 570, 39: 570 },
  },
  // brainpool, r1 and t1
  '1.3.36.3.3.2.8.1.1': {
    ...{ 1: 160, 2: 160, 3: 192, 4: 192, 5: 224, 6: 224, 7: 256, 8: 256, 9: 320, 10: 320, 11: 384, 12: 384 },
    ...{ 13: 512, 14: 512 },
  },
  '1.2.156.10197.1': { 301: 256 },
};

/** Null for a curve that is not known here. */
export function curveBits(oid: string): number | null {
  const dot = oid.lastIndexOf('.');
  return curves[oid.slice(0, dot)]?.[Number(oid.slice(dot + 1))] ?? null;
}
