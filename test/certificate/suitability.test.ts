// Suitability and comparison: each finding shown by a certificate that differs from a good one in one fact.
import assert from 'node:assert/strict';
import { compareCertificates } from '../../src/model/compareCertificates';
import { suitability, type SuitabilityCode, type SuitabilityContext } from '../../src/certificate/suitability';
import type { CertificateFacts } from '../../src/model/certificate';
import type { Thumbprint } from '../../src/model/names';

const good: CertificateFacts = {
  thumbprint: 'A'.repeat(40) as Thumbprint,
  sha256: 'B'.repeat(64),
  subject: 'CN=www.mydomain.com',
  issuer: "CN=R13, O=Let's Encrypt, C=US",
  tlsCertificateName: "<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www.mydomain.com",
  serialNumber: '01',
  notBefore: '2026-11-01T00:00:00Z',
  notAfter: '2027-02-01T00:00:00Z',
  dnsNames: ['www.mydomain.com', 'autodiscover.mydomain.com'],
  ipAddresses: [],
  keyAlgorithm: 'RSA',
  keySize: 2048,
  signatureAlgorithm: 'sha256WithRSAEncryption',
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
  isCertificateAuthority: false,
  isSelfIssued: false,
};
const context: SuitabilityContext = {
  now: '2026-11-22T20:14:00Z',
  hasPrivateKey: true,
  hostnames: ['www.mydomain.com'],
  services: ['IIS', 'SMTP', 'POP', 'IMAP'],
  provider: 'Microsoft RSA SChannel Cryptographic Provider',
  replaces: null,
};
const old: CertificateFacts = { ...good, thumbprint: 'C'.repeat(40) as Thumbprint, notAfter: '2026-12-04T00:00:00Z' };

interface Case {
  readonly code: SuitabilityCode;
  readonly severity: 'error' | 'warning' | 'information';
  readonly facts?: Partial<CertificateFacts>;
  readonly context?: Partial<SuitabilityContext>;
}

const cases: readonly Case[] = [
  { code: 'no-private-key', severity: 'error', context: { hasPrivateKey: false } },
  { code: 'key-not-rsa', severity: 'error', facts: { keyAlgorithm: 'EC', keySize: 256 } },
  { code: 'key-too-small', severity: 'error', facts: { keySize: 1024 } },
  { code: 'weak-signature', severity: 'error', facts: { signatureAlgorithm: 'sha1WithRSAEncryption' } },
  { code: 'unusual-signature', severity: 'warning', facts: { signatureAlgorithm: 'rsassaPss' } },
  { code: 'no-server-auth', severity: 'error', facts: { extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] } },
  { code: 'no-client-auth', severity: 'warning', facts: { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] } },
  { code: 'no-alternative-names', severity: 'error', facts: { dnsNames: [] }, context: { hostnames: [] } },
  { code: 'hostname-missing', severity: 'error', context: { hostnames: ['mail.mydomain.com'] } },
  { code: 'wildcard-pop-imap', severity: 'warning', facts: { dnsNames: ['*.mydomain.com'] } },
  {
    code: 'wildcard-pop-imap',
    severity: 'information',
    facts: { dnsNames: ['*.mydomain.com'] },
    context: { services: null },
  },
  { code: 'expired', severity: 'error', facts: { notAfter: '2026-11-22T20:13:59Z' } },
  { code: 'not-yet-valid', severity: 'error', facts: { notBefore: '2026-11-23T00:00:00Z' } },
  { code: 'expires-soon', severity: 'warning', facts: { notAfter: '2026-12-01T00:00:00Z' } },
  { code: 'is-authority', severity: 'warning', facts: { isCertificateAuthority: true } },
  { code: 'provider-cng', severity: 'error', context: { provider: 'Microsoft Software Key Storage Provider' } },
  { code: 'provider-not-named', severity: 'information', context: { provider: null } },
  { code: 'empty-subject', severity: 'warning', facts: { subject: '' } },
  { code: 'name-long', severity: 'warning', facts: { tlsCertificateName: 'x'.repeat(201) } },
  { code: 'name-too-long', severity: 'error', facts: { tlsCertificateName: 'x'.repeat(257) } },
  { code: 'name-not-certain', severity: 'warning', facts: { uncertainNames: ['OID.2.5.4.72'] } },
  { code: 'name-ambiguous', severity: 'warning', facts: { subject: 'CN="a<S>b"' } },
  { code: 'same-name', severity: 'information', context: { replaces: old } },
  { code: 'shorter-life', severity: 'error', context: { replaces: { ...old, notAfter: good.notAfter } } },
];

describe('suitability for Exchange', () => {
  it('has nothing against a good certificate', () => assert.deepEqual(suitability(good, context), []));

  for (const { code, severity, facts, context: more } of cases) {
    it(`finds ${code} as ${severity}, and nothing else`, () => {
      const found = suitability({ ...good, ...facts }, { ...context, ...more });
      assert.deepEqual(
        found.map((finding) => [finding.code, finding.severity]),
        [[code, severity]],
      );
      assert.ok(found[0]!.message.endsWith('.') && found[0]!.remedy.endsWith('.'));
    });
  }

  it('does not hold a SHA-1 signature against a self-issued certificate', () => {
    assert.deepEqual(
      suitability({ ...good, signatureAlgorithm: 'sha1WithRSAEncryption', isSelfIssued: true }, context),
      [],
    );
  });

  it('lets any usage stand where the extension is absent or says any', () => {
    for (const extendedKeyUsage of [null, ['2.5.29.37.0']])
      assert.deepEqual(suitability({ ...good, extendedKeyUsage }, context), []);
  });

  it('says nothing of a wildcard where POP and IMAP are not wanted', () => {
    assert.deepEqual(suitability({ ...good, dnsNames: ['*.mydomain.com'] }, { ...context, services: ['IIS'] }), []);
  });
});

describe('comparing a certificate with the one it replaces', () => {
  it('finds nothing between equals', () =>
    assert.deepEqual(compareCertificates(good, { ...good, serialNumber: '02' }), []));

  it('names what is lost and what is added, fact by fact', () => {
    const fresh: CertificateFacts = {
      ...good,
      dnsNames: ['WWW.mydomain.com', 'mail.mydomain.com'],
      issuer: 'CN=R12',
      keySize: 4096,
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
      notAfter: '2027-03-01T00:00:00Z',
    };
    assert.deepEqual(compareCertificates(good, fresh), [
      { code: 'names', lost: ['autodiscover.mydomain.com'], added: ['mail.mydomain.com'] },
      { code: 'usage', lost: ['1.3.6.1.5.5.7.3.2'], added: [] },
      { code: 'issuer', from: good.issuer, to: 'CN=R12' },
      { code: 'key', from: 'RSA 2048', to: 'RSA 4096' },
      { code: 'end', from: good.notAfter, to: fresh.notAfter },
    ]);
  });
});
