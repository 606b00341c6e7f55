// One certificate: facts beyond those the PFX corpus holds against .NET.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { ipText, readAlternativeNames } from '../../src/certificate/alternativeNames';
import { readCertificateFile } from '../../src/certificate/certificateFile';
import { readDer } from '../../src/certificate/der';
import { readTime } from '../../src/certificate/derValues';
import { certificateDetails } from '../../src/certificate/details';
import { pemBlockAt, pemBlocks } from '../../src/certificate/pem';
import { readPublicKey } from '../../src/certificate/publicKey';
import { readCertificate } from '../../src/certificate/readCertificate';
import type { CertificateFacts } from '../../src/model/certificate';
import { element, integer, oid, sequence } from '../../src/pfx/derWriter';
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

  it('tells a key under the identifier of X.500 as RSA', () => {
    const key = sequence(integer(0x800001), integer(3));
    const info = sequence(sequence(oid('2.5.8.1.1'), integer(24)), element(3, new Uint8Array(1), key));
    assert.deepEqual(readPublicKey(readDer(info)), { keyAlgorithm: 'RSA', keySize: 24 });
  });

  it('reads a DNS name that holds UTF-8, as real ones do', () => {
    const names = sequence(element(0x82, Buffer.from('bücher.example')), element(0x82, Buffer.from('b\xfc', 'latin1')));
    assert.deepEqual(
      readAlternativeNames(readDer(names)).map(({ value }) => value),
      ['bücher.example', 'bü'],
    );
  });

  for (const text of ['260230000000Z', '261301000000Z', '260101240000Z', '260101000060Z']) {
    it(`does not make another day of ${text}, which does not exist`, () =>
      assert.equal(readTime(readDer(element(0x17, Buffer.from(text)))), undefined));
  }

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

describe('the details of a certificate', () => {
  it('hold what openssl prints', () => {
    const { subjectKeyIdentifier, authorityKeyIdentifier, alternativeNames, keyUsage } = certificateDetails(der);
    const printed = openssl('-ext', 'subjectKeyIdentifier,authorityKeyIdentifier').replaceAll(':', '');
    assert.ok(subjectKeyIdentifier !== null && printed.includes(subjectKeyIdentifier));
    assert.ok(authorityKeyIdentifier !== null && printed.includes(authorityKeyIdentifier));
    assert.deepEqual(
      alternativeNames.map(({ kind }) => kind),
      ['dns', 'dns', 'dns', 'ip', 'ip'],
    );
    assert.equal(keyUsage, null);
  });

  it('hold the usage and path length of an authority', () => {
    const authorities = readCertificateFile(corpusFile('pkcs7.pfx')).certificates.map((certificate) =>
      certificateDetails(certificate.der),
    );
    assert.deepEqual(
      authorities.map(({ keyUsage, pathLength }) => [keyUsage, pathLength]),
      [
        [null, 0],
        [['keyCertSign', 'cRLSign'], null],
      ],
    );
  });
});

describe('a file of certificates', () => {
  const found = (name: string) => {
    const { kind, certificates, problems } = readCertificateFile(corpusFile(name));
    return [kind, certificates.map(({ facts: { subject } }) => subject), problems.length];
  };

  it('is read as DER, as PEM in two encodings, and as PKCS#7', () => {
    assert.deepEqual(found('certificate.pfx'), ['der', ['CN=www.mydomain.com'], 0]);
    assert.deepEqual(found('pem.pfx'), ['pem', ['CN=www.mydomain.com'], 0]);
    assert.deepEqual(found('utf16.pfx'), ['pem', ['CN=www.mydomain.com'], 0]);
    assert.deepEqual(found('pkcs7.pfx'), [
      'pkcs7',
      ["CN=R13, O=Let's Encrypt, C=US", 'CN=Lab Root X1, O="Lab Root, Inc.", C=US'],
      0,
    ]);
  });

  it('names what it does not show', () => {
    assert.deepEqual(found('page.pfx'), ['none', [], 0]);
    assert.deepEqual(found('pkcs8.pfx'), ['der', [], 1]);
    const { problems } = readCertificateFile(
      Buffer.from('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'),
    );
    assert.deepEqual(problems, [
      'A block PRIVATE KEY is not shown: it is a private key, for all to read who can read the file.',
    ]);
  });
});
