// Each cipher and digest that Electron's BoringSSL may lack, forced by a switch: the fallback against the runtime's own.
import assert from 'node:assert/strict';
import { createCipheriv, createHash, createHmac, getCiphers } from 'node:crypto';
import rc2 from 'node-forge/lib/rc2';
import forgeUtil from 'node-forge/lib/util';
import { ciphers, digests, type CipherName, type DigestName } from '../../src/pfx/algorithms';
import { decrypt } from '../../src/pfx/cipher';
import { hash, hmac } from '../../src/pfx/digest';
import { openPfx } from '../../src/pfx/openPfx';
import { defaultLimits } from '../../src/pfx/outcome';
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

  for (const name of (Object.keys(ciphers) as CipherName[]).filter((one) => !one.startsWith('RC4'))) {
    it(`${name} decrypts what another library encrypted`, () => {
      const { key, iv } = ciphers[name];
      const [secret, vector, plain] = [bytes(key), bytes(iv, 9), bytes(100, 5)];
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

  it('opens every file of the corpus that opens with it and does not ask for many iterations', async () => {
    const limits = { ...defaultLimits, iterations: 3_000 };
    const kinds = new Map<string, string>();
    for (const { file, password, outcome } of corpus) {
      if (outcome !== 'opened') continue;
      const { kind } = await openPfx(corpusFile(file), utf8(password), { runtime: 'avoid', limits });
      kinds.set(file, kind);
    }
    const opened = [...kinds].filter(([, kind]) => kind === 'opened').map(([file]) => file);
    for (const file of ['pbes2-camellia256.pfx', 'pbes2-camellia128.pfx', 'mac-sha224.pfx', 'pbmac1-sha512-224.pfx']) {
      assert.ok(opened.includes(file), file);
    }
    assert.ok(opened.length > 75, String(opened.length));
    assert.deepEqual(new Set(kinds.values()), new Set(['opened', 'refused']));
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
