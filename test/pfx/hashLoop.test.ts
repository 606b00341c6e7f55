// The fast derivation: against node:crypto's digests, and against node-forge's whole KDF.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import forge from 'node-forge';
import { digests, type DigestName } from '../../src/pfx/algorithms';
import { hashLoop } from '../../src/pfx/hashLoop';
import { deriveKey, Purpose } from '../../src/pfx/kdf';

describe('the hash loop', () => {
  for (const digest of Object.keys(digests) as DigestName[]) {
    it(`hashes ${digest} over and over as node:crypto does`, () => {
      const value = new Uint8Array(digests[digest].size).map((_, at) => at * 37);
      let expected = Buffer.from(value);
      for (let turn = 0; turn < 1_000; turn++) expected = createHash(digests[digest].node).update(expected).digest();
      hashLoop(digest)(value, 1_000);
      assert.deepEqual(Buffer.from(value), expected);
    });
  }

  it('does nothing for no turn at all', () => {
    const value = new Uint8Array(20).fill(3);
    hashLoop('SHA-1')(value, 0);
    assert.deepEqual(value, new Uint8Array(20).fill(3));
  });
});

describe('the PKCS#12 key derivation', () => {
  for (const iterations of [1, 2, 2_048, 2_049]) {
    for (const [password, size] of [
      ['secret', 20],
      ['pässwörd 漢', 100],
      ['x'.repeat(80), 24],
    ] as const) {
      it(`gives forge's ${size} bytes for ${iterations} iterations of a password of ${password.length}`, () => {
        const salt = Buffer.from('0123456789abcdef0', 'latin1');
        const bmp = Buffer.from(`${password}\0`, 'utf16le').swap16();
        const derived = deriveKey(
          bmp,
          { digest: 'SHA-1', salt, iterations, purpose: Purpose.key, size },
          () => undefined,
        );
        const buffer = forge.util.createBuffer(salt.toString('binary'));
        const expected = forge.pkcs12.generateKey(password, buffer, 1, iterations, size, forge.md.sha1.create());
        assert.equal(Buffer.from(derived).toString('hex'), expected.toHex());
      });
    }
  }
});
