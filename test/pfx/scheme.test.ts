// Schemes: what an AlgorithmIdentifier means, where tools have written it wrong.
import assert from 'node:assert/strict';
import { DerError, readDer } from '../../src/certificate/der';
import { integer, octetString, oid, sequence } from '../../src/pfx/derWriter';
import { UnsupportedError } from '../../src/pfx/problems';
import { readScheme } from '../../src/pfx/scheme';

/** PBES2 with PBKDF2 and the AES that ends in `arc` (2, 22 or 42), the derived key being of `keySize` bytes. */
function cipherOf(arc: number, ...keySize: readonly number[]): string {
  const derivation = sequence(octetString(new Uint8Array(16)), integer(2_000), ...keySize.map(integer));
  const cipher = sequence(oid(`2.16.840.1.101.3.4.1.${arc}`), octetString(new Uint8Array(16)));
  const parameters = sequence(sequence(oid('1.2.840.113549.1.5.12'), derivation), cipher);
  const scheme = readScheme(readDer(sequence(oid('1.2.840.113549.1.5.13'), parameters)));
  return scheme.cipher;
}

describe('PBES2 with AES', () => {
  it('is the AES of the key length where NSS before 3.30 named AES-128 for all of them', () => {
    assert.equal(cipherOf(2, 32), 'AES-256-CBC');
    assert.equal(cipherOf(2, 24), 'AES-192-CBC');
  });

  it('is the AES it names otherwise', () => {
    assert.deepEqual([cipherOf(2), cipherOf(2, 16), cipherOf(42, 32)], ['AES-128-CBC', 'AES-128-CBC', 'AES-256-CBC']);
  });
});

describe('what is not supported', () => {
  for (const [oidText, name] of [
    ['2.16.840.1.101.3.4.1.46', 'AES-256-GCM'],
    ['2.16.840.1.101.3.4.1.24', 'AES-192-CFB'],
    ['1.2.410.200046.1.1.15', 'ARIA-256-CTR'],
    ['1.2.156.10197.1.104.2', 'SM4-CBC'],
    ['1.2.3.4', 'an unknown algorithm'],
  ] as const) {
    it(`${oidText} is named ${name}`, () => {
      const derivation = sequence(octetString(new Uint8Array(16)), integer(2_000));
      const cipher = sequence(oid(oidText), octetString(new Uint8Array(16)));
      const parameters = sequence(sequence(oid('1.2.840.113549.1.5.12'), derivation), cipher);
      const read = () => readScheme(readDer(sequence(oid('1.2.840.113549.1.5.13'), parameters)));
      assert.throws(read, { algorithm: name, oid: oidText });
    });
  }
});

describe('scrypt', () => {
  const scheme = (cost: number, blockSize = 8, parallelization = 1) => {
    const numbers = [cost, blockSize, parallelization].map(integer);
    const derivation = sequence(octetString(new Uint8Array(8)), ...numbers);
    const cipher = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(new Uint8Array(16)));
    const parameters = sequence(sequence(oid('1.3.6.1.4.1.11591.4.11'), derivation), cipher);
    return readScheme(readDer(sequence(oid('1.2.840.113549.1.5.13'), parameters)));
  };

  it('has a power of two for its cost, or is damaged', () => {
    assert.equal(scheme(16_384).cipher, 'AES-256-CBC');
    for (const cost of [1, 3, 16_383]) assert.throws(() => scheme(cost), DerError, String(cost));
  });

  it('has parameters that fit each other, or is damaged: no runtime takes others', () => {
    assert.equal(scheme(32_768, 1).cipher, 'AES-256-CBC');
    assert.throws(() => scheme(65_536, 1), DerError);
    assert.throws(() => scheme(2, 2 ** 15, 2 ** 15), DerError);
  });
});

describe('PBES2 with RC2', () => {
  it('is not supported where the derived key has another length than the effective bits', () => {
    const derivation = sequence(octetString(new Uint8Array(8)), integer(2_000), integer(16));
    const cipher = sequence(oid('1.2.840.113549.3.2'), sequence(integer(160), octetString(new Uint8Array(8))));
    const parameters = sequence(sequence(oid('1.2.840.113549.1.5.12'), derivation), cipher);
    const read = () => readScheme(readDer(sequence(oid('1.2.840.113549.1.5.13'), parameters)));
    assert.throws(read, UnsupportedError);
  });
});
