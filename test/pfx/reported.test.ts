// Files as public reports tell of them: nothing of them is lost, and what Windows makes of them is said with its remedy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suitability } from '../../src/certificate/suitability';
import { isKnownDate } from '../../src/model/names';
import { certificateView } from '../../src/pfx/certificateView';
import { convertPfx } from '../../src/pfx/convertPfx';
import { explicit, integer, octetString, oid, sequence } from '../../src/pfx/derWriter';
import { inspection } from '../../src/pfx/inspection';
import { openPfx } from '../../src/pfx/openPfx';
import type { OpenedPfx, PfxOutcome } from '../../src/pfx/outcome';
import { asksForPassword, recognize } from '../../src/pfx/recognize';
import { corpusFile, corpusFolder, utf8 } from './corpus';

interface Reported {
  readonly file: string;
  readonly password: string;
  readonly thumbprints?: readonly string[];
  readonly privateKeys?: number;
  readonly principals?: readonly string[];
}

const reported = JSON.parse(readFileSync(path.join(corpusFolder, 'reported.json'), 'utf8')) as {
  readonly files: readonly (Reported & { readonly same?: string })[];
  readonly certificates: readonly { readonly file: string; readonly thumbprints: readonly string[] }[];
};
const now = '2026-11-22T20:14:00Z';

function truthOf(file: string): Reported {
  const truth = reported.files.find((one) => one.file === file);
  const same = reported.files.find((one) => one.file === truth?.same);
  assert.ok(truth !== undefined, file);
  return { ...same, ...truth };
}

/** A million iterations take seconds, so each file is opened once. */
const outcomes = new Map<string, Promise<PfxOutcome>>();

function open(file: string, password = truthOf(file).password): Promise<PfxOutcome> {
  const known = outcomes.get(file) ?? openPfx(corpusFile(file), utf8(password));
  outcomes.set(file, known);
  return known;
}

async function opened(file: string): Promise<OpenedPfx> {
  const outcome = await open(file);
  assert.ok(outcome.kind === 'opened', inspection(outcome, now).message);
  return outcome;
}

const codesOf = (outcome: PfxOutcome) => inspection(outcome, now).findings.map(({ code }) => code);

describe('a PFX file of a public report', function () {
  // a million iterations on a machine that does other things, too
  this.timeout(120_000);
  const whole = reported.files.filter(({ file }) => truthOf(file).thumbprints !== undefined);
  for (const { file } of whole) {
    it(`opens with every certificate and key that openssl finds: ${file}`, async () => {
      const { certificates, keys } = await opened(file);
      const { thumbprints, privateKeys } = truthOf(file);
      assert.deepEqual(certificates.map(({ facts }) => facts.thumbprint).sort(), [...(thumbprints ?? [])].sort());
      assert.equal(keys.length, privateKeys);
      assert.equal(certificates.filter(({ key }) => key !== null).length, privateKeys);
    });
  }

  for (const [file, reason] of [
    ['iter-1000000-3des.pfx', /1,000,000 iterations, and Windows takes 600,000 at most/],
    ['mac-iter-1000000.pfx', /1,000,000 iterations/],
    ['iterations-700000.pfx', /700,000 iterations/],
    ['split-octets-1024.pfx', /its key is written in pieces/],
    ['pieces-key.pfx', /its key is written in pieces/],
    ['pieces-200-deep.pfx', /its key is written in pieces/],
    ['salt-of-64.pfx', /its salt has more than 32 bytes/],
    ['secret-aes.pfx', /it holds a secret beside AES/],
  ] as const) {
    it(`imports on no Windows Server, with the reason and the remedy: ${file}`, async () => {
      const { importsOn, findings } = inspection(await opened(file), now);
      assert.deepEqual(importsOn, { windowsServer2016: false, windowsServer2019: false, windowsServer2022: false });
      const found = findings.filter(({ code }) => code === 'imports-not-on-windows');
      assert.ok(found.some(({ message, remedy }) => reason.test(message) && /^Convert it\.$/.test(remedy ?? '')));
    });

    it(`imports on every Windows Server once it is converted: ${file}`, async () => {
      const written = convertPfx(await opened(file), utf8('secret'), { target: 'windows-2016' });
      const { importsOn, findings } = inspection(await openPfx(written, utf8('secret')), now);
      assert.deepEqual(importsOn, { windowsServer2016: true, windowsServer2019: true, windowsServer2022: true });
      assert.ok(!findings.some(({ code }) => code.startsWith('imports-not')));
    });
  }

  for (const file of ['salt-of-32.pfx', 'nss.p12', 'iterations-600000.pfx']) {
    it(`is not refused where the reports say that Windows imports it: ${file}`, async () => {
      const codes = codesOf(await openPfx(corpusFile(file), utf8('secret')));
      assert.ok(!codes.includes('imports-not-on-windows'), codes.join(' '));
    });
  }

  for (const [file, text] of [
    ['pbmac1-sha256.pfx', /Whether a later Windows Server imports it is not known, because of PBMAC1/],
    ['mac-sha512.pfx', /not known, because of HMAC-SHA-512/],
  ] as const) {
    it(`says so where no report tells of its MAC: ${file}`, async () => {
      const { findings } = inspection(await openPfx(corpusFile(file), utf8('secret')), now);
      const found = findings.find(({ code }) => code === 'imports-not-known');
      assert.match(found?.message ?? '', text);
      assert.match(found?.remedy ?? '', /Convert it/);
    });
  }

  for (const [file, code, isFound] of [
    ['key-signing.pfx', 'key-for-signing', true],
    ['key-exchange.pfx', 'key-for-signing', false],
    ['csp-platform.pfx', 'provider-cng', true],
    ['name-of-64.pfx', 'friendly-name-long', true],
    ['name-of-63.pfx', 'friendly-name-long', false],
    ['certificate-trailing.pfx', 'certificate-trailing', true],
    ['time-leap-second.pfx', 'date-unknown', true],
    ['time-hour-24.pfx', 'date-unknown', true],
    ['time-february-29.pfx', 'date-unknown', true],
    ['time-utc-no-seconds.pfx', 'date-unknown', false],
    ['time-gen-hour-only.pfx', 'date-unknown', false],
    ['time-gen-no-seconds.pfx', 'date-unknown', false],
  ] as const) {
    it(`is ${isFound ? '' : 'not '}said to be ${code}: ${file}`, async () => {
      assert.equal(codesOf(await opened(file)).includes(code), isFound);
    });
  }

  it('has its key marked for exchange by a conversion where it was marked for signatures only', async () => {
    const written = convertPfx(await opened('key-signing.pfx'), utf8('secret'), { target: 'windows-2016' });
    const again = await openPfx(written, utf8('secret'));
    assert.ok(again.kind === 'opened' && !codesOf(again).includes('key-for-signing'));
    // what openssl writes with -keyex
    const [key] = again.keys;
    assert.ok(Buffer.from(key?.pkcs8 ?? []).includes(Buffer.from('300b0603551d0f310403020410', 'hex')));
  });

  it('is never valid by a date that does not exist, and tells none', async () => {
    const outcome = await opened('time-february-29.pfx');
    const [certificate] = inspection(outcome, now).certificates;
    assert.deepEqual([certificate?.notBefore, certificate?.notAfter], ['2026-11-01T00:00:00Z', null]);
    const facts = outcome.certificates[0]?.facts;
    assert.ok(facts !== undefined && !isKnownDate(facts.notAfter) && facts.notAfter < now);
    const context = { now, hasPrivateKey: true, hostnames: null, services: null, provider: null, replaces: null };
    assert.ok(!suitability(facts, context).some(({ code }) => code === 'expired'));
  });
});

describe('a PFX file that Windows protected for groups', () => {
  it('asks for no password', () => {
    for (const file of ['protected-for-groups.pfx', 'protected-and-password.pfx'])
      assert.equal(asksForPassword(corpusFile(file)), false);
    assert.equal(asksForPassword(corpusFile('openssl-default.pfx')), true);
  });

  it('is told as that, with the security identifiers, and not as a wrong password', async () => {
    const outcome = await open('protected-for-groups.pfx', '');
    const { outcome: name, message, findings } = inspection(outcome, now);
    assert.equal(name, 'unsupported');
    for (const sid of truthOf('protected-for-groups.pfx').principals ?? []) assert.ok(message.includes(sid), message);
    assert.match(message, /-512 \(Domain Admins\)/);
    assert.ok(!message.includes('wrong'));
    assert.ok(findings.some(({ code }) => code === 'protected-for'));
  });

  it('opens with the password that was chosen beside the groups, which are told then, too', async () => {
    const outcome = await opened('protected-and-password.pfx');
    assert.match(
      inspection(outcome, now).findings.find(({ code }) => code === 'protected-for')?.message ?? '',
      /S-1-5-21-1004336348-1177238915-682003330-1604, too: they import it without a password/,
    );
  });
});

describe('a PFX file that pretends to be protected for groups', () => {
  it('is read in a moment whatever is nested in its secret', async () => {
    let inner: Uint8Array = octetString(new Uint8Array(0));
    for (let level = 0; level < 20_000; level++) inner = octetString(inner);
    const secret = sequence(oid('1.3.6.1.4.1.311.17.4'), explicit(0, inner));
    const bags = sequence(sequence(oid('1.2.840.113549.1.12.10.1.5'), explicit(0, secret)));
    const data = oid('1.2.840.113549.1.7.1');
    const safes = sequence(sequence(data, explicit(0, octetString(bags))));
    const bytes = sequence(integer(3), sequence(data, explicit(0, octetString(safes))));
    const outcome = await openPfx(bytes, utf8(''));
    assert.ok(outcome.kind === 'opened');
    assert.match(
      inspection(outcome, now).findings.find(({ code }) => code === 'protected-for')?.message ?? '',
      /which it does not tell in the open/,
    );
  });
});

describe('a file of certificates of a public report', () => {
  for (const { file, thumbprints } of reported.certificates) {
    it(`shows each certificate that is in it: ${file}`, () => {
      const { certificates } = certificateView(corpusFile(file), now).inspection;
      assert.deepEqual(
        certificates.map(({ thumbprint }) => thumbprint),
        thumbprints,
      );
    });
  }

  for (const [file, text] of [
    ['truncated-second.pem', /The block CERTIFICATE that begins in line 21 has no end/],
    ['cut-first.pem', /The block CERTIFICATE that begins in line 1 has no end/],
    ['der-trailing.cer', /4 bytes stand behind the last certificate/],
    ['p7b-crl-only.p7b', /The PKCS#7 holds no certificate/],
    ['key-old.pem', /A block RSA PRIVATE KEY is an encrypted key of OpenSSL's old form/],
    ['cisco.pem', /A block PKCS12 is not shown: it is a PKCS#12 file as Cisco devices export it/],
    ['request-new.pem', /it is a certificate request/],
  ] as const) {
    it(`says what is not shown of ${file}`, () => {
      const { findings } = certificateView(corpusFile(file), now).inspection;
      assert.ok(
        findings.some(({ code, message }) => code === 'certificate-unreadable' && text.test(message)),
        JSON.stringify(findings),
      );
    });
  }

  for (const file of ['headerless.cer', 'number-sign.p7b', 'der-in-a-row.cer', 'utf16-be.cer', 'az-secret.json']) {
    it(`says of ${file} that nothing is missing`, () => {
      const { findings } = certificateView(corpusFile(file), now).inspection;
      assert.ok(!findings.some(({ code }) => code === 'certificate-unreadable'), JSON.stringify(findings));
    });
  }

  for (const [file, kind] of [
    ['cisco.pem', 'pem-pkcs12'],
    ['key-old.pem', 'encrypted-private-key'],
    ['request-new.pem', 'certificate-request'],
    ['quoted-pfx.txt', 'base64-pkcs12'],
    ['az-secret-pfx.json', 'base64-pkcs12'],
    ['az-secret.json', 'pem'],
    ['quoted.pem', 'pem'],
  ] as const) {
    it(`is named for what it is where a PFX was expected: ${file} is ${kind}`, () => {
      assert.equal(recognize(corpusFile(file)), kind);
    });
  }
});
