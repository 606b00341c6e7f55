// One certificate: facts beyond those the PFX corpus holds against .NET.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { ipText } from '../../src/certificate/alternativeNames';
import { pemBlockAt, pemBlocks } from '../../src/certificate/pem';
import { readCertificate } from '../../src/certificate/readCertificate';
import type { CertificateFacts } from '../../src/model/certificate';
import { corpusFile } from '../pfx/corpus';

const der = corpusFile('certificate.pfx');

function facts(bytes: Uint8Array): CertificateFacts {
  const read = readCertificate(bytes);
  if ('problem' in read) throw new Error(read.where);
  return read;
}

function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', ['x509', '-inform', 'DER', '-noout', ...args], { input: der }).toString();
}

describe('reading a certificate', () => {
  it('gives the thumbprints openssl gives', () => {
    const fingerprint = (digest: string) => openssl('-fingerprint', digest).replace(/.*=|[:\n]/g, '');
    assert.equal(facts(der).thumbprint, fingerprint('-sha1'));
    assert.equal(facts(der).sha256, fingerprint('-sha256'));
  });

  it('reads DNS names and addresses in the order of the extension', () => {
    assert.deepEqual(facts(der).dnsNames, ['www.mydomain.com', 'autodiscover.mydomain.com', 'xn--mller-kva.example']);
    assert.deepEqual(facts(der).ipAddresses, ['192.0.2.1', '2001:db8::1']);
  });

  it('reads usage, signature and kind', () => {
    const { extendedKeyUsage, signatureAlgorithm, isCertificateAuthority, isSelfIssued, keyAlgorithm, keySize } =
      facts(der);
    assert.deepEqual(extendedKeyUsage, ['1.3.6.1.5.5.7.3.1']);
    assert.equal(signatureAlgorithm, 'sha256WithRSAEncryption');
    assert.deepEqual([isCertificateAuthority, isSelfIssued, keyAlgorithm, keySize], [false, false, 'RSA', 2048]);
  });

  it('leaves bytes behind the certificate out of the thumbprint', () => {
    assert.equal(facts(Buffer.concat([der, Buffer.from('more')])).thumbprint, facts(der).thumbprint);
  });

  it('says where a cut certificate ends, at whatever byte', () => {
    for (let end = 0; end < der.length; end++) {
      const read = readCertificate(der.slice(0, end));
      assert.ok('problem' in read && /at byte \d+$/.test(read.where), String(end));
    }
  });

  for (const [bytes, text] of [
    ['c0000201', '192.0.2.1'],
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['20010000000000010000000000000001', '2001:0:0:1::1'],
    ['c00002', '#C00002'],
  ] as const) {
    it(`writes the address ${bytes} as ${text}`, () => assert.equal(ipText(Buffer.from(bytes, 'hex')), text));
  }
});

describe('PEM', () => {
  const text = `before\r\n${Buffer.from(corpusFile('pem.pfx')).toString().trim()}\n-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\nafter`;

  it('finds each block with its label, and bytes only where they are base64', () => {
    assert.deepEqual(
      pemBlocks(text).map(({ label, der: bytes }) => [label, bytes !== undefined]),
      [
        ['CERTIFICATE', true],
        ['RSA PRIVATE KEY', false],
      ],
    );
  });

  it('finds the block the cursor is in, and none outside', () => {
    assert.equal(facts(pemBlockAt(text, text.indexOf('MII'))!.der!).thumbprint, facts(der).thumbprint);
    assert.equal(pemBlockAt(text, 0), undefined);
  });

  it('does not take a block of one label closed by another', () => {
    assert.deepEqual(pemBlocks('-----BEGIN A-----\nAAAA\n-----END B-----'), []);
  });
});
