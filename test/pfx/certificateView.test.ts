// The view of files without keys: every encoding shows its certificates, and what is none is told.
import assert from 'node:assert/strict';
import { certificateView } from '../../src/pfx/certificateView';
import { corpusFile, utf8 } from './corpus';

const now = '2026-11-22T20:14:00Z';

describe('a file of certificates', () => {
  for (const file of ['pem.pfx', 'certificate.pfx', 'pkcs7.pfx', 'utf16.pfx']) {
    it(`shows ${file}`, () => {
      const { inspection, facts, details, providers } = certificateView(corpusFile(file), now);
      assert.equal(inspection.outcome, 'opened');
      assert.ok(inspection.certificates.length > 0);
      assert.equal(facts.length, inspection.certificates.length);
      assert.equal(details.length, facts.length);
      assert.equal(providers.length, facts.length);
    });
  }

  it('tells of each block that it does not show', () => {
    const whole = Buffer.from(corpusFile('pem.pfx')).toString('latin1');
    const { inspection } = certificateView(
      utf8(`${whole}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`),
      now,
    );
    assert.equal(inspection.outcome, 'opened');
    assert.ok(inspection.findings.some(({ message }) => message.startsWith('Not a certificate')));
  });

  for (const [what, bytes] of [
    ['nothing', new Uint8Array()],
    ['text', utf8('hello')],
    ['a PFX', corpusFile('openssl-default.pfx')],
  ] as const) {
    it(`does not open ${what}`, () => {
      const { inspection } = certificateView(bytes, now);
      assert.equal(inspection.outcome, 'damaged');
      assert.equal(inspection.certificates.length, 0);
    });
  }
});
