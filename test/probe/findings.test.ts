// What observations mean: a line for each finding, at its edges.
import assert from 'node:assert/strict';
import type { CertificateFacts } from '../../src/model/certificate';
import { parseThumbprint, type Thumbprint } from '../../src/model/names';
import type { Observation } from '../../src/model/observation';
import type { Wanted, WantedServer } from '../../src/model/wanted';
import { configTargets, stillWanted, wantedThumbprint } from '../../src/probe/configTargets';
import { usualThresholds } from '../../src/model/expiry';
import type { Expectation, ProbeFinding } from '../../src/probe/finding';
import { compareNodes, judge } from '../../src/probe/findings';
import { wordsOf } from '../../src/probe/findingWords';

const print = (digit: string): Thumbprint => parseThumbprint(digit.repeat(40)) ?? assert.fail();
const [a, b, c] = [print('A'), print('B'), print('C')];
const facts: CertificateFacts = {
  thumbprint: b,
  sha256: '',
  subject: 'CN=www.mydomain.com',
  issuer: 'CN=R13',
  tlsCertificateName: '',
  serialNumber: '01',
  notBefore: '2026-11-01T00:00:00Z',
  notAfter: '2027-01-30T00:00:00Z',
  dnsNames: ['www.mydomain.com'],
  ipAddresses: [],
  keyAlgorithm: 'RSA',
  keySize: 2048,
  signatureAlgorithm: '',
  extendedKeyUsage: null,
  isCertificateAuthority: false,
  isSelfIssued: false,
};
const good: Observation = {
  server: 'SERVER1',
  endpoint: { protocol: 'smtp', host: '127.0.0.11', port: 25, servername: 'www.mydomain.com' },
  at: '2026-11-22T20:14:00Z',
  outcome: 'presented',
  certificate: facts,
  chain: [b],
  chainInOrder: true,
  chainComplete: true,
  tls: { version: 'TLSv1.2', cipher: '' },
  nameMatches: true,
  ocspStapled: false,
  banner: null,
  detail: null,
  milliseconds: 1,
};
const expectation: Expectation = { planned: b, old: a, now: '2026-11-22T20:14:00Z', thresholds: usualThresholds };
const withThumbprint = (thumbprint: Thumbprint, more: Partial<Observation> = {}): Observation => ({
  ...good,
  ...more,
  certificate: { ...facts, thumbprint },
});

describe('an observation is judged', () => {
  const judged = (
    title: string,
    observation: Observation,
    expected: readonly string[],
    more: Partial<Expectation> = {},
  ): void =>
    void it(title, () =>
      assert.deepEqual(
        judge(observation, { ...expectation, ...more }).map(({ code, severity }) => `${severity} ${code}`),
        expected,
      ),
    );

  judged('as planned', good, ['information as-planned']);
  judged('still the old one', withThumbprint(a), ['error still-old']);
  judged('neither the one nor the other', withThumbprint(c), ['error third-certificate']);
  judged(
    'not the one of the configuration, where nothing is replaced',
    withThumbprint(c),
    ['error third-certificate'],
    {
      old: null,
    },
  );
  judged('without a plan, all well: nothing is said', good, [], { planned: null });
  judged('valid in its last second', good, ['information as-planned', 'error expiring'], {
    now: '2027-01-30T00:00:00Z',
  });
  judged('expired a second later', good, ['information as-planned', 'error expired'], { now: '2027-01-30T00:00:01Z' });
  judged('valid in its first second', good, ['information as-planned'], { now: '2026-11-01T00:00:00Z' });
  judged('not valid a second before', good, ['information as-planned', 'error not-yet-valid'], {
    now: '2026-10-31T23:59:59Z',
  });
  judged('14 days before its end: not yet expiring', good, ['information as-planned'], { now: '2027-01-16T00:00:00Z' });
  judged('a second later: expiring', good, ['information as-planned', 'warning expiring'], {
    now: '2027-01-16T00:00:01Z',
  });
  judged('3 days before its end: still a warning', good, ['information as-planned', 'warning expiring'], {
    now: '2027-01-27T00:00:00Z',
  });
  judged('less: an error', good, ['information as-planned', 'error expiring'], { now: '2027-01-27T00:00:01Z' });
  judged('by thresholds that are set', good, ['information as-planned', 'warning expiring'], {
    thresholds: { warningDays: 90, errorDays: 0 },
  });
  judged('with a name that is not covered', { ...good, nameMatches: false }, [
    'information as-planned',
    'error name-not-covered',
  ]);
  judged('with a chain that lacks something', { ...good, chainComplete: false }, [
    'information as-planned',
    'warning chain-incomplete',
  ]);
  judged('with a chain that nobody knows of: nothing is said', { ...good, chainComplete: null, chainInOrder: null }, [
    'information as-planned',
  ]);
  judged('with a chain out of order', { ...good, chainInOrder: false }, [
    'information as-planned',
    'information chain-out-of-order',
  ]);
  const [mail, autodiscover] = ['www.mydomain.com', 'autodiscover.mydomain.com'];
  judged(
    'with a further name of the configuration that is not covered',
    { ...good, endpoint: { ...good.endpoint, servername: mail, furtherNames: [autodiscover] } },
    ['information as-planned', 'error name-not-covered'],
  );
  judged('by TLS 1.0', { ...good, tls: { version: 'TLSv1', cipher: '' } }, ['information as-planned', 'error old-tls']);
  judged('by TLS 1.1', { ...good, tls: { version: 'TLSv1.1', cipher: '' } }, [
    'information as-planned',
    'error old-tls',
  ]);
  judged(
    'with an issuer that ends before the leaf',
    { ...good, issuers: [{ ...facts, notAfter: '2026-11-30T00:00:00Z' }] },
    ['information as-planned', 'warning issuer-expiring'],
  );
  const trust = (trusted: boolean, reason: string | null): Pick<Observation, 'trust'> => ({
    trust: { store: 'roots.pem', trusted, reason },
  });
  judged('with a chain that is not trusted', { ...good, ...trust(false, 'SELF_SIGNED_CERT_IN_CHAIN') }, [
    'information as-planned',
    'error not-trusted',
  ]);
  judged(
    'with a missing issuer that the store has: only a note',
    { ...good, chainComplete: false, ...trust(true, null) },
    ['information as-planned', 'information chain-incomplete'],
  );
  judged('self-signed, where trust was not judged', { ...good, selfSigned: true }, [
    'information as-planned',
    'warning self-signed',
  ]);
  judged('self-signed and in the store', { ...good, selfSigned: true, ...trust(true, null) }, [
    'information as-planned',
    'information self-signed',
  ]);
  judged(
    "self-signed at the back end, as Exchange's setup makes it",
    { ...good, selfSigned: true, endpoint: { ...good.endpoint, kind: 'backEnd' } },
    ['information as-planned', 'information self-signed'],
  );
  judged('with a certificate that cannot be read', { ...good, certificate: null }, ['error certificate-unreadable']);
  judged('by its outcome alone where nothing was proven', { ...good, outcome: 'handshake-failed' }, [
    'error handshake-failed',
  ]);

  it('a missing STARTTLS with the event to look for, not as a time-out (docs/facts-exchange.md#starttls-missing)', () => {
    const [finding] = judge(
      { ...good, outcome: 'starttls-not-offered', certificate: null, detail: '250 SIZE' },
      expectation,
    );
    const { message, remedy } = wordsOf(finding ?? assert.fail());
    assert.match(message, /STARTTLS is not offered: 250 SIZE/);
    assert.match(remedy ?? '', /event 12014/);
  });
  it('a refused connection in words, with the code to look up', () => {
    const [finding] = judge({ ...good, outcome: 'unreachable', detail: 'ECONNREFUSED' }, expectation);
    assert.equal(wordsOf(finding ?? assert.fail()).message, 'No connection: refused (ECONNREFUSED).');
  });
  it('a failed handshake with the versions that could not be tried', () => {
    const [finding] = judge({ ...good, outcome: 'handshake-failed', untried: ['TLSv1.3'], detail: 'no' }, expectation);
    assert.match(wordsOf(finding ?? assert.fail()).message, /^TLS failed: no\. \(Not tried, .*: TLSv1\.3\.\)$/);
  });
  it('a missing STLS without an event of SMTP', () => {
    const endpoint = { ...good.endpoint, protocol: 'pop3' } as const;
    const [finding] = judge({ ...good, endpoint, outcome: 'starttls-not-offered' }, expectation);
    assert.doesNotMatch(wordsOf(finding ?? assert.fail()).remedy ?? '', /12014/);
  });
});

describe('a finding says what to do', () => {
  const failure = { severity: 'error', detail: null, protocol: 'smtp', untried: [] } as const;
  const [presented, planned] = [a, b];
  const dates = { notAfter: facts.notAfter, notBefore: facts.notBefore };
  const serving = { severity: 'error', subject: 'CN=R13', message: 'It is weak.', remedy: 'Have it issued.' } as const;
  /** One of each: a new one without a line here does not compile. */
  const all: { readonly [Code in ProbeFinding['code']]: Omit<Extract<ProbeFinding, { code: Code }>, 'code'> } = {
    'starttls-not-offered': failure,
    'starttls-refused': failure,
    'injected-before-tls': failure,
    timeout: failure,
    closed: failure,
    'not-this-protocol': failure,
    'handshake-failed': failure,
    unreachable: failure,
    'as-planned': { severity: 'information' },
    'still-old': { severity: 'error', presented, planned },
    'third-certificate': { severity: 'error', presented, planned, old: null },
    'certificate-unreadable': { severity: 'error' },
    expired: { severity: 'error', ...dates },
    'not-yet-valid': { severity: 'error', ...dates },
    expiring: { severity: 'warning', ...dates, days: 1 },
    'name-not-covered': { severity: 'error', servername: 'a', dnsNames: [] },
    'key-too-small': serving,
    'weak-signature': serving,
    'unusual-signature': serving,
    'no-server-auth': serving,
    'is-authority': { ...serving, subject: null },
    'self-signed': { severity: 'error', subject: 'CN=SERVER1', trusted: false },
    'not-trusted': { severity: 'error', store: "the system's store", reason: 'SELF_SIGNED_CERT_IN_CHAIN' },
    'chain-incomplete': { severity: 'warning', issuer: 'CN=R13' },
    'chain-extra': { severity: 'information', count: 1 },
    'chain-not-read': { severity: 'warning', sent: 30, read: 20 },
    'issuer-expired': { severity: 'error', subject: 'CN=R13', ...dates },
    'issuer-not-yet-valid': { severity: 'error', subject: 'CN=R13', ...dates },
    'issuer-expiring': { severity: 'warning', subject: 'CN=R13', ...dates, days: 5 },
    'old-tls': { severity: 'error', version: 'TLSv1' },
    'chain-out-of-order': { severity: 'information' },
    'nodes-differ': { severity: 'warning', nodes: [] },
  };
  for (const [code, data] of Object.entries(all))
    it(`where it is ${code}${code === 'as-planned' ? ': nothing' : ''}`, () => {
      const { message, remedy } = wordsOf({ code, ...data } as ProbeFinding);
      assert.match(message, /^[A-Z].*[.)]$/);
      if (code === 'as-planned') assert.equal(remedy, null);
      else assert.match(remedy ?? '', /^[A-Z].{8,}\.$/s);
    });
});

describe('nodes are compared', () => {
  const differ = (...observations: Observation[]): number => compareNodes(observations).size;
  it('and differ where one presents another certificate', () =>
    assert.equal(differ(good, withThumbprint(a, { server: 'SERVER2' })), 2));
  it('and are alike where all present one', () => assert.equal(differ(good, { ...good, server: 'SERVER2' }), 0));
  it('by protocol: SMTP may have another one than IMAP', () =>
    assert.equal(differ(good, withThumbprint(a, { endpoint: { ...good.endpoint, protocol: 'imap' } })), 0));
  it('by name: another name may have another one', () =>
    assert.equal(differ(good, withThumbprint(a, { endpoint: { ...good.endpoint, servername: 'b' } })), 0));
  it('by what was proven alone', () =>
    assert.equal(differ(good, withThumbprint(a, { outcome: 'handshake-failed' })), 0));
  it('and each is named', () =>
    assert.match(
      wordsOf([...compareNodes([good, withThumbprint(a, { server: 'SERVER2' })]).values()][0] ?? assert.fail()).message,
      /: B{40} by SERVER1; A{40} by SERVER2\.$/,
    ));
  it('and the certificate of most comes first, with the first of many names', () => {
    const many = Array.from({ length: 6 }, (_, at) => withThumbprint(a, { server: `S${at}` }));
    const finding = compareNodes([good, ...many]).get(good) ?? assert.fail();
    assert.match(wordsOf(finding).message, /: A{40} by S0, S1, S2, S3 and 2 more; B{40} by SERVER1\.$/);
  });
  it('and a node that is no server of a configuration is named by its address and port', () =>
    assert.match(
      wordsOf([...compareNodes([good, withThumbprint(a, { server: null })]).values()][0] ?? assert.fail()).message,
      /A{40} by 127\.0\.0\.11:25\.$/,
    ));
});

describe('the endpoints of a configuration', () => {
  const server = {
    name: 'SERVER1',
    fqdn: 'server1.mydomain.com',
    address: '127.0.0.11',
    mode: 'session',
    endpoints: {
      smtp: 2525,
      https: 0,
      imaps: 9993,
      pop3s: 9995,
      submission: 0,
      smtps: 0,
      backEnd: 0,
      imap: 0,
      pop3: 0,
    },
  } as const;
  const certificate = {
    name: 'www',
    pfx: null,
    thumbprint: b,
    friendlyName: null,
    services: ['SMTP', 'IMAP'],
    hostnames: ['www.mydomain.com', 'autodiscover.mydomain.com'],
  } as const;
  const wanted: Pick<Wanted, 'servers' | 'certificates'> = { servers: [server], certificates: [certificate] };
  it('have every host name of the certificate, the first to be sent', () =>
    assert.deepEqual(
      configTargets(wanted).map(({ endpoint: { protocol, furtherNames } }) => [protocol, furtherNames]),
      [
        ['smtp', ['autodiscover.mydomain.com']],
        ['imaps', ['autodiscover.mydomain.com']],
        ['pop3s', undefined],
      ],
    ));
  it("are those with a port, at the server's address, with the service's name", () =>
    assert.deepEqual(
      configTargets(wanted).map(({ server: name, endpoint: { protocol, host, port, servername } }) =>
        [name, protocol, host, port, servername].join(' '),
      ),
      [
        'SERVER1 smtp 127.0.0.11 2525 www.mydomain.com',
        'SERVER1 imaps 127.0.0.11 9993 www.mydomain.com',
        'SERVER1 pop3s 127.0.0.11 9995 server1.mydomain.com',
      ],
    ));
  it('are by choice 587, 465, 143, 110 and the back end on 444, whose name is the server itself', () => {
    const endpoints = {
      ...server.endpoints,
      ...{ smtp: 0, imaps: 0, pop3s: 0, submission: 587, smtps: 465, backEnd: 444, imap: 143, pop3: 110 },
    };
    assert.deepEqual(
      configTargets({ ...wanted, servers: [{ ...server, endpoints }] }).map(
        ({ endpoint: { kind, protocol, port, servername } }) => [kind, protocol, port, servername],
      ),
      [
        ['submission', 'smtp', 587, 'www.mydomain.com'],
        [undefined, 'smtps', 465, 'www.mydomain.com'],
        ['backEnd', 'https', 444, 'server1.mydomain.com'],
        [undefined, 'imap', 143, 'www.mydomain.com'],
        [undefined, 'pop3', 110, 'server1.mydomain.com'],
      ],
    );
  });
  it('are no longer told of once the configuration names another port, another address, or the server no more', () => {
    const seen = configTargets(wanted).map((target) => ({ ...good, ...target }));
    const portsLeft = (changed: Partial<WantedServer>): readonly number[] =>
      stillWanted(seen, { ...wanted, servers: [{ ...server, ...changed }] }).map(({ endpoint }) => endpoint.port);
    assert.deepEqual(portsLeft({}), [2525, 9993, 9995]);
    assert.deepEqual(portsLeft({ endpoints: { ...server.endpoints, smtp: 25 } }), [9993, 9995]);
    assert.deepEqual(portsLeft({ address: '127.0.0.12' }), []);
    assert.deepEqual(portsLeft({ name: 'SERVER9' }), []);
  });
  it('are wanted to present the certificate that is named by its thumbprint, by service', () =>
    assert.deepEqual(
      (['smtp', 'submission', 'imaps', 'https', 'backEnd'] as const).map((kind) => wantedThumbprint(wanted, kind)),
      [b, b, b, null, null],
    ));
});
