// Conversion: what is written is read by openssl and by ourselves with the same keys, certificates, names and ids.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { convertPfx, type ConvertOptions } from '../../src/pfx/convertPfx';
import { exchangeProvider } from '../../src/pfx/exchangeProvider';
import { inspection } from '../../src/pfx/inspection';
import { openPfx } from '../../src/pfx/openPfx';
import type { OpenedPfx } from '../../src/pfx/outcome';
import { corpusFile, utf8 } from './corpus';

const now = '2026-11-22T20:14:00Z';

async function opened(bytes: Uint8Array, password: string): Promise<OpenedPfx> {
  const outcome = await openPfx(bytes, utf8(password));
  assert.ok(outcome.kind === 'opened', inspection(outcome, now).message);
  return outcome;
}

/** All that openssl prints of a file, each bag's attributes with its PEM. */
function asOpensslSees(bytes: Uint8Array, password: string): readonly string[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pfx-convert-'));
  try {
    writeFileSync(path.join(folder, 'pw'), `${password}\n`);
    writeFileSync(path.join(folder, 'f.pfx'), bytes);
    // not -legacy: what is written must be read without it
    const given = password === '' ? 'pass:' : 'file:pw';
    const printed = execFileSync('openssl', ['pkcs12', '-in', 'f.pfx', '-nodes', '-passin', given], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return printed
      .toString('latin1')
      .split(/^(?=Bag Attributes)/m)
      .map((bag) => bag.replace(/^(?:Key|Bag) Attributes.*$|^\s+/gm, ''))
      .sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sources: readonly (readonly [file: string, password: string])[] = [
  ['openssl-default.pfx', 'secret'],
  ['odd-names.pfx', 'secret'],
  ['key-ec384.pfx', 'secret'],
  ['key-ed25519.pfx', 'secret'],
  ['key-dsa.pfx', 'secret'],
  ['java.p12', 'secret'],
  ['empty-password.pfx', ''],
  ['password-unicode.pfx', 'pässwörd-€-漢'],
  ['csp-cng.pfx', 'secret'],
];

describe('converting a PFX file', () => {
  for (const target of ['windows-2016', 'modern'] as const) {
    for (const [file, password] of sources) {
      it(`openssl reads ${file} the same after conversion to ${target}`, async () => {
        const written = convertPfx(await opened(corpusFile(file), password), utf8(password), { target });
        assert.deepEqual(asOpensslSees(written, password), asOpensslSees(corpusFile(file), password));
        const again = await opened(written, password);
        assert.equal(inspection(again, now).importsOn.windowsServer2016, target === 'windows-2016');
        assert.deepEqual(
          inspection(again, now).certificates,
          inspection(await opened(corpusFile(file), password), now).certificates,
        );
      });
    }
  }

  it('writes 3DES for both parts and a SHA-1 MAC, with the iterations asked for', async () => {
    const written = convertPfx(await opened(corpusFile('openssl-default.pfx'), 'secret'), utf8('secret'), {
      target: 'windows-2016',
      iterations: 2_000,
    });
    const { encryption, mac } = await opened(written, 'secret');
    assert.deepEqual(encryption, [
      { part: 'certificates', algorithm: 'PBE-SHA1-3DES', hash: 'SHA-1', iterations: 2_000 },
      { part: 'key', algorithm: 'PBE-SHA1-3DES', hash: 'SHA-1', iterations: 2_000 },
    ]);
    assert.deepEqual(mac, { algorithm: 'HMAC-SHA-1', iterations: 2_000 });
  });

  for (const file of ['key-version-2.pfx', 'key-x500.pfx']) {
    it(`writes the key of ${file} as openssl and .NET read it`, async () => {
      const written = async (name: string) =>
        asOpensslSees(convertPfx(await opened(corpusFile(name), ''), utf8(''), { target: 'windows-2016' }), '');
      assert.deepEqual(await written(file), await written('bare.pfx'));
    });
  }

  async function convertedWith(options: Partial<ConvertOptions>, file = 'openssl-default.pfx'): Promise<OpenedPfx> {
    const source = await opened(corpusFile(file), 'secret');
    return opened(convertPfx(source, utf8('new'), { target: 'windows-2016', ...options }), 'new');
  }

  it('names the key provider Exchange wants, where asked', async () => {
    assert.equal(
      (await convertedWith({ provider: exchangeProvider }, 'csp-cng.pfx')).keys[0]?.provider,
      exchangeProvider,
    );
    assert.equal((await convertedWith({}, 'csp.pfx')).keys[0]?.provider, exchangeProvider);
    assert.equal((await convertedWith({})).keys[0]?.provider, null);
  });

  it('writes a certificate once that stands in the file twice', async () => {
    const subjects = (await convertedWith({}, 'shuffled.pfx')).certificates.map(({ facts }) => facts.subject);
    assert.equal(subjects.filter((subject) => subject === 'CN=www.mydomain.com').length, 1);
    assert.equal(subjects.length, 4);
  });

  it('leaves out the root and nothing else, where asked', async () => {
    const subjects = (await convertedWith({ dropRoot: true })).certificates.map(({ facts }) => facts.subject);
    assert.deepEqual(subjects, ['CN=www.mydomain.com', "CN=R13, O=Let's Encrypt, C=US"]);
  });

  it('sets the friendly name of key and certificate, and of no other', async () => {
    const { certificates, keys } = await convertedWith({ friendlyName: 'neu – Ü' });
    assert.deepEqual(
      certificates.map(({ friendlyName }) => friendlyName),
      ['neu – Ü', null, null],
    );
    assert.equal(keys[0]?.friendlyName, 'neu – Ü');
  });

  it('drops characters .NET refuses in a friendly name', async () => {
    assert.equal((await convertedWith({}, 'python-emoji.p12')).keys[0]?.friendlyName, 'key  end');
  });

  it('gives key and certificate one id where the file gave a wrong one', async () => {
    const source = await opened(corpusFile('id-wrong.pfx'), '');
    const { certificates, keys } = await opened(convertPfx(source, utf8(''), { target: 'modern' }), '');
    assert.equal(certificates[0]?.localKeyId, keys[0]?.localKeyId);
    assert.notEqual(keys[0]?.localKeyId, null);
  });
});
