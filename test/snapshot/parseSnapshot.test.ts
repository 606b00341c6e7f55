// A snapshot is read with nothing trusted: what is malformed is unknown, and said.
import assert from 'node:assert/strict';
import { foundFrom } from '../../src/snapshot/foundFrom';
import { parseSnapshot, readRows } from '../../src/snapshot/parseSnapshot';
import { opensslCertificate, snapshot, textWith } from './raw';

const thumbprint = 'C5000AC8BC98C46E70FFAB1CCAB897D606112345';

describe('a snapshot', () => {
  it('without a fault is read as it is written', () => {
    const { snapshot: read, problems } = parseSnapshot(JSON.stringify(snapshot()));
    assert.deepEqual(problems, []);
    assert.deepEqual(read, snapshot());
  });

  it('with the mark that Windows PowerShell writes is read', () => {
    assert.notEqual(parseSnapshot(`\ufeff${JSON.stringify(snapshot())}`).snapshot, null);
  });

  it('has a certificate’s names as its server printed them, and what its bytes let expect where that differs', () => {
    const printed = { issuer: 'CN=printed', subject: 'OID.2.5.4.97=x' };
    const text = textWith({ 'servers.0.certificates.0': { ...opensslCertificate(), ...printed } });
    const [one] = foundFrom(parseSnapshot(text).snapshot!).servers[0]!.certificates!;
    assert.equal(one?.facts?.tlsCertificateName, '<I>CN=printed<S>OID.2.5.4.97=x');
    assert.equal(one.expectedName, '<I>CN=www.mydomain.com<S>CN=www.mydomain.com');
  });

  it('leaves out what is unknown: a server that did not answer', () => {
    const gone = { name: 'SERVER3', fqdn: 'server3.mydomain.com', reached: { exchange: false, server: false } };
    const { snapshot: read, problems } = parseSnapshot(textWith({ 'servers.2': gone }));
    const row = read?.servers[2];
    assert.deepEqual(problems, []);
    assert.deepEqual([row?.certificates, row?.pop, row?.bindings, row?.reached.problem], [null, null, null, null]);
  });

  it('keeps what it does not know out', () => {
    const { snapshot: read } = parseSnapshot(textWith({ 'servers.0.password': 'x', new: 1 }));
    assert.ok(!JSON.stringify(read).includes('password'));
  });

  it('has its thumbprints and times in one form', () => {
    const { snapshot: read } = parseSnapshot(
      textWith({
        'servers.0.internalTransport': `\u200e${thumbprint.toLowerCase()} `,
        taken: '2026-11-22T20:14:00.1234567Z',
      }),
    );
    assert.equal(read?.servers[0]?.internalTransport, thumbprint);
    assert.equal(read.taken, '2026-11-22T20:14:00Z');
  });

  it('that names a server twice is believed once', () => {
    const again = { ...snapshot().servers[0], name: 'server1', exchange: 'other' };
    const { snapshot: read, problems } = parseSnapshot(textWith({ 'servers.4': again }));
    assert.deepEqual([read?.servers.length, read?.servers[0]?.exchange], [4, '15.2.1748.10']);
    assert.deepEqual(problems, [{ where: 'server1', code: 'repeated', detail: 'servers' }]);
  });
});

describe('a malformed part', () => {
  /** The edit, the part that is unknown because of it, and where that is said. */
  const cases: readonly [claim: string, edits: Readonly<Record<string, unknown>>, where: string][] = [
    ['text for a number of yes and no', { 'servers.0.pop.running': 'yes' }, 'servers[0].pop.running'],
    [
      'a thumbprint of 39 digits',
      { 'servers.1.internalTransport': thumbprint.slice(1) },
      'servers[1].internalTransport',
    ],
    [
      'one text where a list is due',
      { 'servers.0.certificates.0.services': 'IIS, SMTP' },
      'servers[0].certificates[0].services',
    ],
    [
      'a certificate without thumbprint hides how many there are',
      { 'servers.0.certificates.1.thumbprint': null },
      'servers[0].certificates',
    ],
    ['a connector without identity', { 'servers.2.receiveConnectors.0.identity': '' }, 'servers[2].receiveConnectors'],
    ['a connector that is a text', { 'sendConnectors.1': 'SEND' }, 'sendConnectors'],
    ['a port that is none', { 'servers.0.bindings.0.port': 70_000 }, 'servers[0].bindings'],
    ['a date in the words of a culture', { 'servers.0.clock': '22.11.2026 20:14' }, 'servers[0].clock'],
    ['a day that is none', { 'servers.0.clock': '2026-99-22T20:14:00Z' }, 'servers[0].clock'],
    ['a name without end', { 'hybrid.tlsCertificateName': 'x'.repeat(5_000) }, 'hybrid.tlsCertificateName'],
    [
      'bytes that are no base64, and too many',
      { 'servers.0.certificates.0.rawData': '!'.repeat(200_000) },
      'servers[0].certificates[0].rawData',
    ],
    ['a list without end', { federation: Array.from({ length: 30_000 }, () => thumbprint) }, 'federation'],
  ];
  for (const [claim, edits, where] of cases) {
    it(`is unknown, not none: ${claim}`, () => {
      const { snapshot: read, problems } = parseSnapshot(textWith(edits));
      assert.deepEqual(
        problems.map((problem) => [problem.where, problem.code]),
        [[where, 'malformed']],
      );
      const keys = where.split(/[.[\]]+/).filter((key) => key !== '');
      const part = keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], read);
      assert.equal(part, null);
      assert.deepEqual(read?.problems, problems);
    });
  }

  it('beside another leaves both unknown and the rest as it is', () => {
    const { snapshot: read, problems } = parseSnapshot(textWith({ auth: 'x', 'servers.3.imap': 7 }));
    assert.deepEqual(problems.map(({ where }) => where).sort(), ['auth', 'servers[3].imap']);
    assert.deepEqual(read?.servers[3]?.pop, snapshot().servers[3]?.pop);
  });

  it('twice in a list, each with another wrong part in it, makes that list unknown and no more', () => {
    const row = { identity: {}, bindings: [{}] };
    const { snapshot: read, problems } = parseSnapshot(
      textWith({ 'servers.0.receiveConnectors': [row, row], 'servers.1.receiveConnectors': [row, row, row] }),
    );
    assert.deepEqual(
      problems.map(({ where }) => where),
      ['servers[0].receiveConnectors', 'servers[1].receiveConnectors'],
    );
    assert.equal(read?.servers[0]?.receiveConnectors, null);
    assert.deepEqual(read.servers[0].certificates, snapshot().servers[0]?.certificates);
    assert.equal(read.servers.length, snapshot().servers.length);
  });

  it('in every row of a list that holds lists makes that list unknown, however many rows there are', () => {
    const certificate = { thumbprint: {}, services: [{}], assigned: [{}] };
    const { snapshot: read, problems } = parseSnapshot(
      textWith({ 'servers.0.certificates': Array.from({ length: 50 }, () => certificate) }),
    );
    assert.deepEqual(
      problems.map(({ where }) => where),
      ['servers[0].certificates'],
    );
    assert.equal(read?.servers[0]?.certificates, null);
  });

  it('two hundred thousand times is refused in a word, and never overflows', () => {
    const list = Array.from({ length: 19_999 }, () => 0);
    const row = { certificates: list, receiveConnectors: list, bindings: list, httpSys: list };
    const text = textWith({ servers: Array.from({ length: 4 }, (_, at) => ({ ...snapshot().servers[at], ...row })) });
    const { snapshot: read, problems } = parseSnapshot(text);
    assert.equal(read, null);
    assert.deepEqual(problems, [{ where: '', code: 'malformed', detail: 'too-many-problems' }]);
    assert.equal(readRows((JSON.parse(text) as { servers: unknown }).servers).value, null);
  });

  const refused: readonly [claim: string, text: string][] = [
    ['no JSON', 'Get-ExchangeServer : Access denied'],
    ['half a file', JSON.stringify(snapshot()).slice(0, 500)],
    ['a list', '[]'],
    ['null', 'null'],
    ['another version', textWith({ version: 2 })],
    ['no time', textWith({ taken: null })],
    ['servers without names', textWith({ 'servers.0.name': null })],
    ['no word whether a server was reached', textWith({ 'servers.0.reached': null })],
    ['nesting without end', '['.repeat(100_000)],
  ];
  for (const [claim, text] of refused) {
    it(`of the outline refuses the whole: ${claim}`, () => {
      const { snapshot: read, problems } = parseSnapshot(text);
      assert.equal(read, null);
      assert.equal(problems.length, 1);
    });
  }
});

describe('the rows of a result', () => {
  it('say nothing of what they leave out', () => {
    assert.deepEqual(readRows({ federation: [thumbprint.toLowerCase()], other: 1 }).value, {
      federation: [thumbprint],
    });
  });

  it('make unknown what is malformed', () => {
    const { value, problems } = readRows({ auth: { current: 'x', previous: null, next: null } });
    assert.deepEqual(value, { auth: { current: null, previous: null, next: null } });
    assert.equal(problems[0]?.where, 'auth.current');
  });

  it('are none where they are no rows', () => assert.equal(readRows('x').value, null));
});

describe('what is found in a snapshot', () => {
  const real = opensslCertificate();
  const firstOf = (edits: Readonly<Record<string, unknown>>) => {
    const { snapshot: read } = parseSnapshot(textWith(edits));
    assert.ok(read);
    return foundFrom(read).servers[0]?.certificates?.[0];
  };

  it('are the facts of each certificate, read from its bytes', () => {
    const first = firstOf({
      'servers.0.certificates.0.rawData': real.rawData,
      'servers.0.certificates.0.thumbprint': real.thumbprint,
    });
    assert.equal(first?.facts?.thumbprint, real.thumbprint);
    assert.deepEqual(first.facts.dnsNames, ['www.mydomain.com']);
  });

  it('are no facts of a certificate whose bytes are another', () => {
    assert.equal(firstOf({ 'servers.0.certificates.0.rawData': real.rawData })?.facts, null);
  });

  it('are no facts of bytes that are no certificate', () => {
    assert.equal(firstOf({ 'servers.0.certificates.0.rawData': 'AAAA' })?.facts, null);
  });

  it('has no evidence of its own', () => {
    const found = foundFrom(snapshot());
    assert.deepEqual([found.observations, found.backups, found.copies, found.changed], [[], [], [], {}]);
    assert.ok(!('problems' in found));
  });
});
