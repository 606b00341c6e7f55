// The object identifiers a PKCS#12 file can name, and what they mean here.

export type DigestName =
  | ('MD5' | 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SHA-512/224' | 'SHA-512/256')
  | ('SHA3-224' | 'SHA3-256' | 'SHA3-384' | 'SHA3-512');

export const digestByOid: Readonly<Record<string, DigestName>> = {
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
  '2.16.840.1.101.3.4.2.5': 'SHA-512/224',
  '2.16.840.1.101.3.4.2.6': 'SHA-512/256',
  '2.16.840.1.101.3.4.2.7': 'SHA3-224',
  '2.16.840.1.101.3.4.2.8': 'SHA3-256',
  '2.16.840.1.101.3.4.2.9': 'SHA3-384',
  '2.16.840.1.101.3.4.2.10': 'SHA3-512',
};

/** HMACs, as PBKDF2's function and as PBMAC1's (RFC 8018 appendix B.1; SHA-3's by NIST). */
export const hmacByOid: Readonly<Record<string, DigestName>> = {
  '1.2.840.113549.2.6': 'MD5',
  '1.2.840.113549.2.7': 'SHA-1',
  '1.2.840.113549.2.8': 'SHA-224',
  '1.2.840.113549.2.9': 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
  '1.2.840.113549.2.12': 'SHA-512/224',
  '1.2.840.113549.2.13': 'SHA-512/256',
  '2.16.840.1.101.3.4.2.13': 'SHA3-224',
  '2.16.840.1.101.3.4.2.14': 'SHA3-256',
  '2.16.840.1.101.3.4.2.15': 'SHA3-384',
  '2.16.840.1.101.3.4.2.16': 'SHA3-512',
};

/** What to call a digest in node:crypto, and its sizes in bytes: of the value, and of the block (RFC 7292 appendix B.2). */
export const digests: Readonly<
  Record<DigestName, { readonly node: string; readonly size: number; readonly block: number }>
> = {
  MD5: { node: 'md5', size: 16, block: 64 },
  'SHA-1': { node: 'sha1', size: 20, block: 64 },
  'SHA-224': { node: 'sha224', size: 28, block: 64 },
  'SHA-256': { node: 'sha256', size: 32, block: 64 },
  'SHA-384': { node: 'sha384', size: 48, block: 128 },
  'SHA-512': { node: 'sha512', size: 64, block: 128 },
  'SHA-512/224': { node: 'sha512-224', size: 28, block: 128 },
  'SHA-512/256': { node: 'sha512-256', size: 32, block: 128 },
  'SHA3-224': { node: 'sha3-224', size: 28, block: 144 },
  'SHA3-256': { node: 'sha3-256', size: 32, block: 136 },
  'SHA3-384': { node: 'sha3-384', size: 48, block: 104 },
  'SHA3-512': { node: 'sha3-512', size: 64, block: 72 },
};

export type CipherName = keyof typeof ciphers;

/** Sizes in bytes; `node` is the name in node:crypto, null where this product always uses its own or node-forge's. */
export const ciphers = {
  'AES-128-CBC': { node: 'aes-128-cbc', key: 16, iv: 16 },
  'AES-192-CBC': { node: 'aes-192-cbc', key: 24, iv: 16 },
  'AES-256-CBC': { node: 'aes-256-cbc', key: 32, iv: 16 },
  'ARIA-128-CBC': { node: 'aria-128-cbc', key: 16, iv: 16 },
  'ARIA-192-CBC': { node: 'aria-192-cbc', key: 24, iv: 16 },
  'ARIA-256-CBC': { node: 'aria-256-cbc', key: 32, iv: 16 },
  'CAMELLIA-128-CBC': { node: 'camellia-128-cbc', key: 16, iv: 16 },
  'CAMELLIA-192-CBC': { node: 'camellia-192-cbc', key: 24, iv: 16 },
  'CAMELLIA-256-CBC': { node: 'camellia-256-cbc', key: 32, iv: 16 },
  'DES-CBC': { node: 'des-cbc', key: 8, iv: 8 },
  'DES-EDE3-CBC': { node: 'des-ede3-cbc', key: 24, iv: 8 },
  'DES-EDE-CBC': { node: 'des-ede3-cbc', key: 16, iv: 8 },
  'SEED-CBC': { node: null, key: 16, iv: 16 },
  'RC2-40-CBC': { node: null, key: 5, iv: 8 },
  'RC2-64-CBC': { node: null, key: 8, iv: 8 },
  'RC2-128-CBC': { node: null, key: 16, iv: 8 },
  'RC4-40': { node: null, key: 5, iv: 0 },
  'RC4-128': { node: null, key: 16, iv: 0 },
} as const;

export const pbes2 = '1.2.840.113549.1.5.13';
export const pbkdf2 = '1.2.840.113549.1.5.12';
export const scrypt = '1.3.6.1.4.1.11591.4.11';
export const pbmac1 = '1.2.840.113549.1.5.14';
export const rc2Cbc = '1.2.840.113549.3.2';

/** PBES2's ciphers; RC2 is told apart by its parameters. */
export const cipherByOid: Readonly<Record<string, CipherName>> = {
  '2.16.840.1.101.3.4.1.2': 'AES-128-CBC',
  '2.16.840.1.101.3.4.1.22': 'AES-192-CBC',
  '2.16.840.1.101.3.4.1.42': 'AES-256-CBC',
  '1.2.392.200011.61.1.1.1.2': 'CAMELLIA-128-CBC',
  '1.2.392.200011.61.1.1.1.3': 'CAMELLIA-192-CBC',
  '1.2.392.200011.61.1.1.1.4': 'CAMELLIA-256-CBC',
  '1.2.410.200046.1.1.2': 'ARIA-128-CBC',
  '1.2.410.200046.1.1.7': 'ARIA-192-CBC',
  '1.2.410.200046.1.1.12': 'ARIA-256-CBC',
  '1.2.410.200004.1.4': 'SEED-CBC',
  '1.3.14.3.2.7': 'DES-CBC',
  '1.2.840.113549.3.7': 'DES-EDE3-CBC',
};

/** The schemes of RFC 7292 appendix C, all with SHA-1. */
export const pbeByOid: Readonly<Record<string, { readonly name: string; readonly cipher: CipherName }>> = {
  '1.2.840.113549.1.12.1.1': { name: 'PBE-SHA1-RC4-128', cipher: 'RC4-128' },
  '1.2.840.113549.1.12.1.2': { name: 'PBE-SHA1-RC4-40', cipher: 'RC4-40' },
  '1.2.840.113549.1.12.1.3': { name: 'PBE-SHA1-3DES', cipher: 'DES-EDE3-CBC' },
  '1.2.840.113549.1.12.1.4': { name: 'PBE-SHA1-2DES', cipher: 'DES-EDE-CBC' },
  '1.2.840.113549.1.12.1.5': { name: 'PBE-SHA1-RC2-128', cipher: 'RC2-128-CBC' },
  '1.2.840.113549.1.12.1.6': { name: 'PBE-SHA1-RC2-40', cipher: 'RC2-40-CBC' },
};

/** PBES1 (RFC 8018 appendix A.3) but for MD2, which no runtime has: PBKDF1 gives key and initialisation vector at once. */
export const pbes1ByOid: Readonly<
  Record<string, { readonly name: string; readonly digest: DigestName; readonly cipher: CipherName }>
> = {
  '1.2.840.113549.1.5.3': { name: 'pbeWithMD5AndDES-CBC', digest: 'MD5', cipher: 'DES-CBC' },
  '1.2.840.113549.1.5.6': { name: 'pbeWithMD5AndRC2-CBC', digest: 'MD5', cipher: 'RC2-64-CBC' },
  '1.2.840.113549.1.5.10': { name: 'pbeWithSHA1AndDES-CBC', digest: 'SHA-1', cipher: 'DES-CBC' },
  '1.2.840.113549.1.5.11': { name: 'pbeWithSHA1AndRC2-CBC', digest: 'SHA-1', cipher: 'RC2-64-CBC' },
};

/** RC2's version number to the effective key bits (RFC 8018 appendix B.2.3). */
export const rc2ByVersion: Readonly<Record<number, CipherName>> = {
  160: 'RC2-40-CBC',
  120: 'RC2-64-CBC',
  58: 'RC2-128-CBC',
};
