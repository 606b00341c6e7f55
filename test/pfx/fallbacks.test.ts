// Each cipher and digest that Electron's BoringSSL may lack, forced by a switch: the fallback against the runtime's own.
import assert from 'node:assert/strict';
import { createCipheriv, createHash, createHmac, getCiphers } from 'node:crypto';
import rc2 from 'node-forge/lib/rc2';
import forgeUtil from 'node-forge/lib/util';
import { ciphers, digests, type CipherName, type DigestName } from '../../src/pfx/algorithms';
import { decrypt } from '../../src/pfx/cipher';
import { hash, hmac } from '../../src/pfx/digest';
import { openPfx } from '../../src/pfx/openPfx';
import { seedDecipher } from '../../src/pfx/seed';
import { corpus, corpusFile, utf8 } from './corpus';

const bytes = (size: number, from = 1) => Uint8Array.from({ length: size }, (_, at) => at * 31 + from);
const lengths = [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1_000];

describe('without the runtime', () => {
  for (const name of Object.keys(digests) as DigestName[]) {
    it(`${name} gives the runtime's digests, whatever the length`, () => {
      for (const length of lengths) {
        const expected = createHash(digests[name].node).update(bytes(length)).digest();
        const parts = [bytes(length).subarray(0, 3), bytes(length).subarray(3)];
        assert.deepEqual(Buffer.from(hash(name, parts, 'avoid')), expected, String(length));
      }
    });

    it(`HMAC with ${name} gives the runtime's values, whatever the key's length`, () => {
      for (const length of lengths) {
        const expected = createHmac(digests[name].node, bytes(length)).update(bytes(77)).digest();
        assert.deepEqual(Buffer.from(hmac(name, bytes(length), bytes(77), 'avoid')), expected, String(length));
      }
    });
  }

  for (const name of (Object.keys(ciphers) as CipherName[]).filter((one) => !/^(?:RC4|SEED)/.test(one))) {
    it(`${name} decrypts what another library encrypted`, () => {
      const { key, iv } = ciphers[name];
      const [secret, vector, plain] = [bytes(key), bytes(iv, 9), bytes(3_000, 5)];
      const locked = encrypted(name, secret, vector, plain);
      assert.deepEqual(decrypt(name, secret, vector, locked, 'avoid'), plain);
    });
  }

  it('RC4 gives the first bytes of RFC 6229 for its keys of 40 and of 128 bits', () => {
    const stream = (name: CipherName) =>
      Buffer.from(decrypt(name, rising(ciphers[name].key), new Uint8Array(), new Uint8Array(16), 'avoid') ?? []);
    assert.equal(stream('RC4-40').toString('hex'), 'b2396305f03dc027ccc3524a0a1118a8');
    assert.equal(stream('RC4-128').toString('hex'), '9ac7cc9a609d1ef7b2932899cde41b97');
  });

  for (const [key, plain, locked] of [
    ['0'.repeat(32), '000102030405060708090a0b0c0d0e0f', '5ebac6e0054e166819aff1cc6d346cdb'],
    ['000102030405060708090a0b0c0d0e0f', '0'.repeat(32), 'c11f22f20140505084483597e4370f43'],
    ['4706480851e61be85d74bfb3fd956185', '83a2f8a288641fb9a4e9a5cc2f131c7d', 'ee54d13ebcae706d226bc3142cd40d4a'],
    ['28dbc3bc49ffd87dcfa509b11d422be7', 'b41e6be2eba84a148e2eed84593c5ec7', '9b9b7bfcd1813cb95d0b3618f40f5122'],
  ] as const) {
    it(`SEED decrypts ${locked} as RFC 4269 appendix B says`, () => {
      const decipher = seedDecipher(Buffer.from(key, 'hex'));
      assert.equal(Buffer.from(decipher(Buffer.from(locked, 'hex'))).toString('hex'), plain);
    });
  }

  it('opens the files of each cipher, digest and MAC', async function () {
    this.timeout(60_000);
    const files = corpus.filter(
      ({ outcome, file }) => outcome === 'opened' && /^(?:pbes2-|pbe-|mac-|prf-|pbmac1-sha)/.test(file),
    );
    assert.ok(files.length > 35, String(files.length));
    for (const { file, password } of files) {
      const { kind } = await openPfx(corpusFile(file), utf8(password), { runtime: 'avoid' });
      assert.equal(kind, 'opened', file);
    }
  });
});

function rising(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) => at + 1);
}

/** By OpenSSL, DES as the 3DES of one key thrice; RC2, which this Node's has not, by node-forge. */
function encrypted(name: CipherName, key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  const { node } = ciphers[name];
  if (name.startsWith('RC2-')) {
    const cipher = rc2.createEncryptionCipher(binary(key), Number(/^RC2-(\d+)/.exec(name)?.[1]));
    cipher.start(binary(iv));
    cipher.update(forgeUtil.createBuffer(binary(plain)));
    cipher.finish();
    return new Uint8Array(Buffer.from(cipher.output.getBytes(), 'binary'));
  }
  assert.ok(node !== null);
  const isSingle = name === 'DES-CBC';
  const used = isSingle ? 'des-ede3-cbc' : node;
  assert.ok(getCiphers().includes(used), used);
  const whole = isSingle ? [key, key, key] : name === 'DES-EDE-CBC' ? [key, key.subarray(0, 8)] : [key];
  const cipher = createCipheriv(used, Buffer.concat(whole), iv);
  return new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()]));
}

function binary(value: Uint8Array): string {
  return Buffer.from(value).toString('binary');
}
