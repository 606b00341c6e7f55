// Names: what .NET printed for generated names, and the sentence made of two of them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readDer } from '../../src/certificate/der';
import { readName, tlsCertificateName } from '../../src/certificate/distinguishedName';

const folder = path.resolve(__dirname, '../../../test/fixtures/certificate');
const sample = JSON.parse(readFileSync(path.join(folder, 'names.json'), 'utf8')) as {
  readonly names: Readonly<Record<string, string>>;
  readonly hashed: { readonly count: number; readonly seed: number; readonly digits: string };
};

function name(der: string): ReturnType<typeof readName> {
  return readName(readDer(Buffer.from(der, 'hex')));
}

describe('a distinguished name', () => {
  it('is printed as .NET prints it, over hundreds of generated names', () => {
    const rows = Object.entries(sample.names);
    assert.ok(rows.length > 300);
    for (const [der, printed] of rows) assert.equal(name(der).text, printed, der);
  });

  it('is printed as .NET prints it, over thousands more, of which a hash is kept', () => {
    const { count, seed, digits } = sample.hashed;
    const script = path.join(folder, 'nameSamples.mjs');
    const ders = execFileSync(process.execPath, [script, String(count), String(seed)], { encoding: 'utf8' });
    const told = ders.trim().split('\n');
    const differing = told.filter((der, at) => {
      const digit = digits.slice(at * 8, at * 8 + 8);
      const printed = createHash('sha256').update(name(der).text).digest('hex').slice(0, 8);
      return digit !== '-'.repeat(8) && digit !== printed;
    });
    assert.deepEqual(differing, []);
    assert.ok(new Set(told).size > 6_000);
    assert.ok((digits.match(/-{8}/g) ?? []).length < count / 50);
  });

  it('keeps a surrogate pair and an asterisk that .NET on Linux refuses', () => {
    assert.equal(name('300f310d300b06035504031e04d83dde00').text, 'CN=😀');
    assert.equal(name('300e310c300a060355040313032a2e78').text, 'CN=*.x');
  });

  it('names the attributes Windows is said to print otherwise', () => {
    assert.deepEqual(name('300f310d300b060355040f0c0450726976').differsOnWindows, ['businessCategory']);
    assert.deepEqual(name('300c310a300806035504030c0161').differsOnWindows, []);
  });

  it('follows <S> with nothing when the subject is empty', () => {
    assert.equal(tlsCertificateName('CN=R13', name('3000').text), '<I>CN=R13<S>');
  });
});
