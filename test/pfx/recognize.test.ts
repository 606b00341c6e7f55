// Which files ask for a password, told from their outer headers alone.
import assert from 'node:assert/strict';
import { hasMac } from '../../src/pfx/recognize';
import { corpus, corpusFile } from './corpus';

describe('a file is seen to have a MAC by its headers', () => {
  const cases: readonly [what: string, file: string, expected: boolean][] = [
    ["openssl's, which has one", 'openssl-default.pfx', true],
    ["Windows' of old, which has one", 'openssl-legacy.pfx', true],
    ['one whose MAC is of PBMAC1', 'pbmac1-sha256.pfx', true],
    ['one of another version', 'version-4.pfx', true],
    ['one without a MAC', 'no-mac.pfx', false],
    ['one without a MAC or encryption', 'bare.pfx', false],
    ['one of lengths that are not definite, which is asked later', 'ber.pfx', false],
    ['one that was cut', 'truncated.pfx', false],
    ['a bare certificate', 'certificate.pfx', false],
    ['a Java keystore', 'java.jks', false],
    ['a web page', 'page.pfx', false],
  ];
  for (const [what, file, expected] of cases)
    it(`${what}: ${String(expected)}`, () => {
      assert.equal(hasMac(corpusFile(file)), expected);
    });

  it('nothing that is no PKCS#12 file seems to have one, nor an empty file, nor any beginning of one', () => {
    const others = corpus.filter(({ outcome }) => outcome === 'not-pkcs12').map(({ file }) => file);
    assert.ok(others.length > 5);
    assert.deepEqual(
      others.filter((file) => hasMac(corpusFile(file))),
      [],
    );
    const whole = corpusFile('openssl-default.pfx');
    for (let size = 0; size < 40; size++) assert.equal(hasMac(whole.subarray(0, size)), false);
  });
});
