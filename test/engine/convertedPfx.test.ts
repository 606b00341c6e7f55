// What .NET, in the lab's engine, reads of a converted PFX: the certificates and the keys of the file it was made from.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { convertPfx } from '../../src/pfx/convertPfx';
import { openPfx } from '../../src/pfx/openPfx';
import { corpusFile, utf8 } from '../pfx/corpus';
import { sampleEngine } from './sampleEngine';

describe('a converted PFX in .NET', () => {
  const lab = sampleEngine();
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pfx-dotnet-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A line for each certificate: its thumbprint, and the thumbprint of its key's public half where it has one. */
  async function told(name: string, bytes: Uint8Array, password: string): Promise<readonly string[]> {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    const { output, errors } = await lab.run(
      `$all = New-Object Security.Cryptography.X509Certificates.X509Certificate2Collection
$all.Import('${file}', '${password}', 'EphemeralKeySet, Exportable')
foreach ($one in $all) {
  $rsa = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($one)
  $ec = [Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPrivateKey($one)
  $key = if ($rsa) { [Convert]::ToBase64String($rsa.ExportPkcs8PrivateKey()).GetHashCode() } elseif ($ec) { [Convert]::ToBase64String($ec.ExportPkcs8PrivateKey()).GetHashCode() } else { 'none' }
  "$($one.Thumbprint) $key"
}`,
      { kind: 'managementShell', server: 'SERVER1' },
    );
    assert.deepEqual(errors, []);
    return output.map(String).sort();
  }

  for (const target of ['windows-2016', 'modern'] as const) {
    for (const [file, password] of [
      ['openssl-default.pfx', 'secret'],
      ['odd-names.pfx', 'secret'],
      ['key-ec384.pfx', 'secret'],
      ['java.p12', 'secret'],
      ['nss.p12', 'secret'],
      ['password-unicode.pfx', 'pässwörd-€-漢'],
    ] as const) {
      it(`has certificates and keys of ${file} after conversion to ${target}`, async () => {
        const opened = await openPfx(corpusFile(file), utf8(password));
        assert.ok(opened.kind === 'opened');
        const before = await told('source.pfx', corpusFile(file), password);
        const after = await told('copy.pfx', convertPfx(opened, utf8('neu'), { target }), 'neu');
        assert.ok(after.some((line) => !line.endsWith(' none')));
        assert.deepEqual(after, before);
      });
    }
  }
});
