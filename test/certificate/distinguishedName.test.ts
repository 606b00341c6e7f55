// Names: what .NET printed for generated names, and the sentence made of two of them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readDer } from '../../src/certificate/der';
import { readName, tlsCertificateName } from '../../src/certificate/distinguishedName';
import { nameReference } from '../../src/model/nameReference';
import { readCertificate } from '../../src/certificate/readCertificate';
import type { CertificateFacts } from '../../src/model/certificate';
import { corpusFile } from '../pfx/corpus';
import { nameOnLinux } from './namesOnLinux';

const folder = path.resolve(__dirname, '../../../test/fixtures/certificate');
const sample = JSON.parse(readFileSync(path.join(folder, 'names.json'), 'utf8')) as {
  readonly names: Readonly<Record<string, string>>;
  readonly hashed: { readonly count: number; readonly seed: number; readonly digits: string };
};

/** As .NET prints it here, on Linux. */
function nameHere(der: string): string {
  return readName(readDer(Buffer.from(der, 'hex')), nameOnLinux).text;
}

function name(der: string): ReturnType<typeof readName> {
  return readName(readDer(Buffer.from(der, 'hex')));
}

describe('a distinguished name', () => {
  it('is printed as .NET on Linux prints it once attributes are called as there, over hundreds of generated names', () => {
    const rows = Object.entries(sample.names);
    assert.ok(rows.length > 300);
    for (const [der, printed] of rows) assert.equal(nameHere(der), printed, der);
  });

  it('is printed as .NET on Linux prints it, over thousands more, of which a hash is kept', () => {
    const { count, seed, digits } = sample.hashed;
    const script = path.join(folder, 'nameSamples.mjs');
    const ders = execFileSync(process.execPath, [script, String(count), String(seed)], { encoding: 'utf8' });
    const told = ders.trim().split('\n');
    const differing = told.filter((der, at) => {
      const digit = digits.slice(at * 8, at * 8 + 8);
      const printed = createHash('sha256').update(nameHere(der)).digest('hex').slice(0, 8);
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

  for (const [der, text] of [
    // the subject of dotnet/runtime's X500DistinguishedNameTests.PrintComplexReversed, cut to its attributes that matter
    ['300f310d300b060355040f0c0450726976', 'OID.2.5.4.15=Priv'],
    ['301731153013060b2b0601040182373c0201030c044e616d65', 'OID.1.3.6.1.4.1.311.60.2.1.3=Name'],
    ['3010310e300c060355046113055641544445', 'OID.2.5.4.97=VATDE'],
    ['300f310d300b06035504110c0431303037', 'PostalCode=1007'],
    ['3011310f300d060567810502030c0469643a31', 'TPMVersion=id:1'],
    ['300c310a300806032a03040c0161', 'OID.1.2.3.4=a'],
    ['300c310a300806035504030c0161', 'CN=a'],
  ] as const) {
    it(`is certain as Windows prints it: ${text}`, () => {
      assert.deepEqual([name(der).text, name(der).uncertain], [text, []]);
    });
  }

  for (const [der, what, text] of [
    ['300c310a300806035504480c0161', 'an attribute of which no record tells (role)', 'OID.2.5.4.72=a'],
    ['300c310a300806035504031a0161', 'a VisibleString', 'CN=#1A0161'],
    ['300d310b300906035504030c026100', 'a value that ends in NUL', 'CN=a'],
  ] as const) {
    it(`says that it is not certain with ${what}`, () => {
      assert.deepEqual([name(der).text, name(der).uncertain], [text, [text.split('=')[0]]]);
    });
  }

  it('follows <S> with nothing when the subject is empty', () => {
    assert.equal(tlsCertificateName('CN=R13', name('3000').text), '<I>CN=R13<S>');
  });
});

describe('the name of a certificate with extended validation', () => {
  const subject =
    'CN=www.mydomain.com, O="Contoso, Inc.", L=Reno, S=Nevada, C=US, SERIALNUMBER=4860621, OID.2.5.4.15=Private Organization, OID.1.3.6.1.4.1.311.60.2.1.2=Delaware, OID.1.3.6.1.4.1.311.60.2.1.3=US';
  for (const [file, issuer] of [
    ['ev-a.der', 'CN=DigiCert EV RSA CA G2, O=DigiCert Inc, C=US'],
    ['ev-b.der', 'CN=DigiCert EV RSA CA G3, O=DigiCert Inc, C=US'],
  ] as const) {
    it(`is that of Windows, and certain (${file})`, () => {
      const facts = readCertificate(corpusFile(file)) as CertificateFacts;
      assert.deepEqual([facts.tlsCertificateName, facts.uncertainNames], [`<I>${issuer}<S>${subject}`, undefined]);
    });
  }
});

describe('a name that a connector holds', () => {
  const certain = { tlsCertificateName: '<I>CN=R13<S>CN=www, O="A, B"' };
  const uncertain = { tlsCertificateName: '<I>CN=R13<S>CN=www, OID.2.5.4.72=a', uncertainNames: ['OID.2.5.4.72'] };
  for (const [value, facts, expected] of [
    ['<i>cn=R13<s>cn=www, o="A, B"', certain, 'yes'],
    ['<I>CN=R14<S>CN=www, O="A, B"', certain, 'no'],
    ['', certain, 'no'],
    ['<I>CN=R13<S>CN=www, role=a', uncertain, 'unknown'],
    ['<I>CN=R13<S>CN=www, OID.2.5.4.72=a', uncertain, 'unknown'],
    ['<I>CN=R13<S>CN=mail, role=a', uncertain, 'no'],
    ['<I>CN=R13<S>CN=www', uncertain, 'no'],
  ] as const) {
    it(`${value === '' ? 'that is empty' : value} is ${expected} to ${facts.tlsCertificateName}`, () => {
      assert.equal(nameReference(value, facts), expected);
    });
  }
});
