// Looks at real servers, with `openssl s_client` as second witness.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Observation, Protocol } from '../../src/model/observation';
import { probeEndpoint } from '../../src/probe/probeEndpoint';
import { pki, type Identity, type Pki } from './pki';
import { freePort, startDovecot, startExim, startNginx, startOpenssl, startPostfix, type Stop } from './realServers';
import { witness } from './witness';

const www = 'www.mydomain.com';

/** Looks, and holds openssl to see the same thumbprints, dates and version. */
async function agreed(protocol: Protocol, port: number, servername = www): Promise<Observation> {
  const endpoint = { protocol, host: '127.0.0.1', port, servername };
  const seen = await probeEndpoint(endpoint);
  const told = await witness(endpoint);
  assert.deepEqual(seen.chain, told.chain, JSON.stringify(seen));
  assert.equal(Date.parse(seen.certificate?.notBefore ?? ''), told.notBefore);
  assert.equal(Date.parse(seen.certificate?.notAfter ?? ''), told.notAfter);
  if (seen.tls) assert.equal(seen.tls.version, told.version);
  return seen;
}

describe('a look at real servers', function () {
  const stops: Stop[] = [];
  const port: Record<string, number> = {};
  let certificates: Pki;
  before(async () => {
    certificates = pki();
    const { a, b, elliptic, r12, r13, bundle } = certificates;
    const names = ['smtp', 'smtps', 'imap', 'imaps', 'pop3', 'pop3s', 'https', 'exim smtp', 'exim smtps'];
    for (const name of names) port[name] = await freePort();
    const { smtp = 0, smtps = 0, imap = 0, imaps = 0, pop3 = 0, pop3s = 0, https = 0 } = port;
    const whole = bundle('a-whole.pem', a, r12);
    // One that does not start must not leave the others running.
    const starts = await Promise.allSettled([
      startPostfix(a, whole, smtp, smtps),
      startExim(b, bundle('b-exim.pem', b, r13), port['exim smtp'] ?? 0, port['exim smtps'] ?? 0),
      startDovecot(a, whole, { imap, imaps, pop3, pop3s }),
      startNginx(https, {
        [www]: { identity: b, chain: bundle('b-whole.pem', b, r13) },
        'server1.mydomain.com': { identity: elliptic, chain: bundle('e-whole.pem', elliptic, r13) },
      }),
    ]);
    stops.push(...starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : [])));
    for (const start of starts) if (start.status === 'rejected') throw start.reason;
  });
  after(async () => {
    for (const stop of stops) await stop();
  });

  for (const [protocol, name, at] of [
    ['smtp', 'Postfix', 'smtp'],
    ['smtps', 'Postfix', 'smtps'],
    ['smtp', 'exim', 'exim smtp'],
    ['smtps', 'exim', 'exim smtps'],
    ['imap', 'Dovecot', 'imap'],
    ['imaps', 'Dovecot', 'imaps'],
    ['pop3', 'Dovecot', 'pop3'],
    ['pop3s', 'Dovecot', 'pop3s'],
    ['https', 'nginx', 'https'],
  ] as const)
    it(`${name} presents its certificate by ${protocol}, as openssl sees it`, async () => {
      const seen = await agreed(protocol, port[at] ?? 0);
      assert.deepEqual(
        [seen.outcome, seen.nameMatches, seen.chainComplete, seen.chainInOrder, seen.chain.length],
        ['presented', true, true, true, 2],
      );
    });
  it('Postfix says its own name in its greeting', async () =>
    assert.match((await agreed('smtp', port['smtp'] ?? 0)).banner ?? '', /^220 mail\.mydomain\.com ESMTP/));
  it('nginx presents another certificate by another name', async () => {
    const seen = await agreed('https', port['https'] ?? 0, 'server1.mydomain.com');
    assert.deepEqual(
      [seen.certificate?.dnsNames, seen.certificate?.keyAlgorithm, seen.nameMatches],
      [['server1.mydomain.com'], 'EC', true],
    );
  });
  it('nginx presents its first certificate by an unknown name, which does not match', async () =>
    assert.equal((await agreed('https', port['https'] ?? 0, 'other.mydomain.com')).nameMatches, false));
  it('Dovecot on its port of TLS answers no SMTP', async () =>
    assert.equal(
      (await probeEndpoint({ protocol: 'smtp', host: '127.0.0.1', port: port['imap'] ?? 0, servername: www })).outcome,
      'not-this-protocol',
    ));
});

describe('a look at openssl s_server', () => {
  /** Looks at a server with `settings` and compares the named fields. */
  const presents = (
    title: string,
    choose: (all: Pki) => readonly [Identity, ...string[]],
    expected: Partial<Observation>,
  ): void =>
    void it(title, async () => {
      const port = await freePort();
      const stop = await startOpenssl(port, ...choose(pki()));
      try {
        const seen = await agreed('https', port);
        assert.deepEqual(
          Object.fromEntries(Object.keys(expected).map((key) => [key, seen[key as keyof Observation]])),
          expected,
        );
      } finally {
        await stop();
      }
    });
  const presented = { outcome: 'presented', nameMatches: true } as const;
  const chain = (all: Pki): string[] => ['-cert_chain', all.bundle('s-chain.pem', all.r12)];

  for (const version of ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'])
    presents(
      `of ${version} alone`,
      (all) => [
        all.a,
        `-${version.replace('TLSv', 'tls').replace('.', '_')}`,
        '-cipher',
        'DEFAULT@SECLEVEL=0',
        ...chain(all),
      ],
      { ...presented, chainInOrder: true, chainComplete: true },
    );
  for (const suite of ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'])
    presents(`of ${suite} alone, its chain read on the wire`, (all) => [all.a, '-ciphersuites', suite, ...chain(all)], {
      ...presented,
      chainInOrder: true,
      tls: { version: 'TLSv1.3', cipher: suite },
    });
  presents('that asks for another group first', (all) => [all.a, '-groups', 'P-521', ...chain(all)], {
    ...presented,
    chainInOrder: true,
  });
  presents('with a leaf alone', (all) => [all.a], { ...presented, chainInOrder: true, chainComplete: false });
  presents('with the root too', (all) => [all.a, '-cert_chain', all.bundle('s-root.pem', all.r12, all.root)], {
    ...presented,
    chainInOrder: true,
    chainComplete: true,
  });
  presents('with a chain out of order', (all) => [all.a, '-cert_chain', all.bundle('s-order.pem', all.root, all.r12)], {
    ...presented,
    chainInOrder: false,
    chainComplete: true,
  });
  presents(
    'with the chain of another certificate',
    (all) => [all.a, '-cert_chain', all.bundle('s-other.pem', all.r13)],
    { ...presented, chainInOrder: true, chainComplete: false, stray: 1 },
  );
  presents('with an expired certificate', (all) => [all.expired, ...chain(all)], { ...presented, chainComplete: true });
  presents('with a certificate for another name', (all) => [all.elliptic], {
    outcome: 'presented',
    nameMatches: false,
  });
  presents('that asks for a client certificate', (all) => [all.a, '-verify', '1', ...chain(all)], presented);
  presents(
    'that demands a client certificate, by TLS 1.2',
    (all) => [all.a, '-Verify', '1', '-tls1_2', ...chain(all)],
    { outcome: 'handshake-failed', detail: 'alert 40 handshake_failure', chainComplete: true },
  );
  presents('that demands a client certificate, by TLS 1.3', (all) => [all.a, '-Verify', '1', ...chain(all)], presented);

  it('says whether an OCSP response was stapled', async () => {
    const port = await freePort();
    const { a, folder } = pki();
    const response = `${folder}/ocsp.der`;
    // OCSPResponse with the status tryLater (RFC 6960 section 4.2.1): enough to be sent.
    writeFileSync(response, Buffer.from('30030a0103', 'hex'));
    const stop = await startOpenssl(port, a, '-status_file', response);
    const seen = await probeEndpoint({ protocol: 'https', host: '127.0.0.1', port, servername: www });
    await stop();
    assert.deepEqual([seen.outcome, seen.ocspStapled], ['presented', true]);
  });
});
