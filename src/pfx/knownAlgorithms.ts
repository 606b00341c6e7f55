// Names of algorithms that are recognised but not read, so that a message can say more than the number.

const names: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.5.1': 'pbeWithMD2AndDES-CBC',
  '1.2.840.113549.1.5.4': 'pbeWithMD2AndRC2-CBC',
  '1.2.840.113549.1.7.2': 'signedData (a signature in place of a password MAC)',
  '1.2.840.113549.1.7.3': 'envelopedData (encrypted for a public key)',
  '1.2.840.113533.7.66.10': 'CAST5-CBC',
  '1.3.6.1.4.1.188.7.1.1.2': 'IDEA-CBC',
  '1.3.6.1.4.1.3029.1.2': 'Blowfish-CBC',
  '1.2.840.113549.3.4': 'RC4',
  '1.2.840.113549.3.9': 'RC5-CBC',
  '1.2.643.7.1.1.2.2': 'GOST R 34.11-2012 (256)',
  '1.2.643.7.1.1.2.3': 'GOST R 34.11-2012 (512)',
  '1.2.643.7.1.1.4.2': 'HMAC GOST R 34.11-2012 (512)',
  '1.2.643.2.2.9': 'GOST R 34.11-94',
  '1.3.36.3.2.1': 'RIPEMD-160',
  '1.3.6.1.4.1.1722.12.2.1.16': 'BLAKE2b-512',
  '1.3.6.1.4.1.1722.12.2.2.8': 'BLAKE2s-256',
  '1.2.156.10197.1.401': 'SM3',
  '1.2.840.113549.2.2': 'MD2',
  '1.2.840.113549.2.4': 'MD4',
  '1.2.643.7.1.1.5.1.1': 'GOST R 34.12-2015 Magma-CTR',
  '1.2.643.7.1.1.5.2.1': 'GOST R 34.12-2015 Kuznyechik-CTR',
  '1.2.643.2.2.21': 'GOST 28147-89',
  '1.2.643.2.2.10': 'HMAC GOST R 34.11-94',
  '1.3.14.3.2.17': 'DES-EDE',
};

/** Ciphers whose last arc tells the mode; where a family has sizes, 128, 192 and 256 bits lie `step` arcs apart. */
const families: readonly {
  readonly arc: string;
  readonly name: string;
  readonly step: number | null;
  readonly modes: Readonly<Record<number, string>>;
}[] = [
  {
    ...{ arc: '2.16.840.1.101.3.4.1', name: 'AES', step: 20 },
    modes: { 1: 'ECB', 3: 'OFB', 4: 'CFB', 5: 'WRAP', 6: 'GCM', 7: 'CCM', 8: 'WRAP-PAD' },
  },
  { arc: '1.2.410.200046.1.1', name: 'ARIA', step: 5, modes: { 1: 'ECB', 3: 'CFB', 4: 'OFB', 5: 'CTR' } },
  { arc: '0.3.4401.5.3.1.9', name: 'CAMELLIA', step: 20, modes: { 1: 'ECB', 3: 'OFB', 4: 'CFB', 9: 'CTR' } },
  { arc: '1.2.410.200004.1', name: 'SEED', step: null, modes: { 3: 'ECB', 5: 'CFB', 6: 'OFB' } },
  { arc: '1.2.156.10197.1.104', name: 'SM4', step: null, modes: { 1: 'ECB', 2: 'CBC', 3: 'OFB', 4: 'CFB', 7: 'CTR' } },
  { arc: '1.3.14.3.2', name: 'DES', step: null, modes: { 6: 'ECB', 8: 'OFB', 9: 'CFB' } },
];

/** The name of an algorithm this product does not read; undefined where it is not known at all. */
export function knownName(oid: string): string | undefined {
  return names[oid] ?? nameInFamily(oid);
}

function nameInFamily(oid: string): string | undefined {
  const dot = oid.lastIndexOf('.');
  const family = families.find(({ arc }) => arc === oid.slice(0, dot));
  if (family === undefined) return undefined;
  const { name, step, modes } = family;
  const last = Number(oid.slice(dot + 1)) - 1;
  const mode = modes[(step === null ? last : last % step) + 1];
  if (mode === undefined) return undefined;
  return step === null ? `${name}-${mode}` : `${name}-${128 + 64 * Math.floor(last / step)}-${mode}`;
}
