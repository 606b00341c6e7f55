// A configuration is read whole, with its defaults; a wrong one is never planned with.
import assert from 'node:assert/strict';
import { parseDocument } from 'yaml';
import { parseConfig } from '../../src/config/parseConfig';
import { positionOf } from '../../src/config/positions';
import { template } from '../../src/config/template';
import { config } from './marked';

describe('a configuration', () => {
  it('is filled in with every default', () => {
    const { wanted, problems } = parseConfig(config());
    assert.deepEqual(problems, []);
    assert.deepEqual(wanted?.servers[0], {
      name: 'SERVER1',
      fqdn: 'server1.mydomain.com',
      address: 'server1.mydomain.com',
      endpoints: {
        smtp: 25,
        https: 443,
        imaps: 993,
        pop3s: 995,
        submission: 0,
        smtps: 0,
        backEnd: 0,
        imap: 0,
        pop3: 0,
      },
      mode: 'session',
    });
    assert.deepEqual(wanted.certificates, [
      {
        name: 'www',
        pfx: 'certificates/www*.pfx',
        thumbprint: null,
        friendlyName: null,
        services: ['POP', 'IMAP', 'IIS', 'SMTP'],
        hostnames: ['www.mydomain.com'],
      },
    ]);
    assert.deepEqual(wanted.policy, {
      internalTransportCertificate: 'keep',
      import: 'exchange',
      iis: 'leave',
      observeDays: 0,
      queueMinutes: 10,
      replicationMinutes: 15,
      internalCertificateSeconds: 30,
    });
  });

  it('may leave out connectors and policy', () => {
    const { wanted } = parseConfig(config({ connectors: '', policy: '' }));
    assert.deepEqual(wanted?.connectors, { send: [], receive: [] });
    assert.equal(wanted.policy.observeDays, 7);
  });

  it('keeps what it says over the defaults', () => {
    const { wanted } = parseConfig(
      config({
        servers: `servers:
  - { name: SERVER1, fqdn: server1.mydomain.com, address: '::1', endpoints: { smtp: 2525, pop3s: 0 }, mode: local }
  - { name: SERVER2, fqdn: server2.mydomain.com }`,
        certificates: `certificates:
  - name: www
    thumbprint: C5 00 01 23 45 67 89 AB CD EF 01 23 45 67 89 AB CD EF 23 45
    friendlyName: null
    services: [SMTP]`,
      }),
    );
    assert.deepEqual(wanted?.servers[0]?.endpoints, {
      smtp: 2525,
      https: 443,
      imaps: 993,
      pop3s: 0,
      submission: 0,
      smtps: 0,
      backEnd: 0,
      imap: 0,
      pop3: 0,
    });
    assert.deepEqual([wanted.servers[0].address, wanted.servers[0].mode], ['::1', 'local']);
    assert.deepEqual(
      [wanted.certificates[0]?.pfx, wanted.certificates[0]?.thumbprint],
      [null, 'C500012345 6789ABCDEF 0123456789 ABCDEF2345'.replaceAll(' ', '')],
    );
  });

  it('says who looks at the endpoints: a server, by a name of any case, or this computer', () => {
    const from = (probe: string) => parseConfig(config({ probe })).wanted?.probe.from;
    assert.deepEqual(['probe: { from: server2 }', 'probe: { from: null }', 'probe: {}'].map(from), [
      'server2',
      null,
      null,
    ]);
    assert.equal(parseConfig(config({ probe: 'probe: { form: SERVER2 }' })).wanted, null);
  });

  it('is wanted with warnings and never with errors', () => {
    const warned = parseConfig(
      config({ connectors: "connectors:\n  send: [{ name: 'A\u2013B', certificate: null }]" }),
    );
    assert.deepEqual(
      warned.problems.map(({ severity }) => severity),
      ['warning'],
    );
    assert.equal(warned.wanted?.connectors.send[0]?.name, 'A\u2013B');
    assert.equal(parseConfig(config({ policy: 'policy: { observedays: 1 }' })).wanted, null);
  });

  it('may repeat itself by aliases', () => {
    const { wanted, problems } = parseConfig(
      config({
        servers: `servers:
  - name: SERVER1
    fqdn: server1.mydomain.com
    endpoints: &ports { smtp: 2525 }
  - name: SERVER2
    fqdn: server2.mydomain.com
    endpoints: *ports`,
      }),
    );
    assert.deepEqual(problems, []);
    assert.equal(wanted?.servers[1]?.endpoints.smtp, 2525);
  });

  it('reads the same with a mark of the byte order and with line ends of Windows', () => {
    assert.deepEqual(parseConfig(`\ufeff${config()}`).wanted, parseConfig(config()).wanted);
    assert.deepEqual(parseConfig(config().replaceAll('\n', '\r\n')).wanted, parseConfig(config()).wanted);
  });

  it('that is made from the template has no problem', () => {
    assert.deepEqual(parseConfig(template()).problems, []);
    const hostile = parseConfig(
      template("O'Brien: #1 \u2028", [
        { name: 'S1', fqdn: 's1.x.org' },
        { name: 'S2', fqdn: 's2.x.org' },
      ]),
    );
    assert.deepEqual(
      hostile.problems.map(({ code }) => code),
      ['control-character'],
    );
  });

  it('tells where each entry stands', () => {
    const text = config();
    const { positions } = parseConfig(text);
    assert.deepEqual(
      positions.map(({ kind, name, nameRange }) => [kind, name, text.slice(nameRange.start, nameRange.end)]),
      [
        ['server', 'SERVER1', 'SERVER1'],
        ['server', 'SERVER2', 'SERVER2'],
        ['certificate', 'www', 'www'],
        ['send-connector', 'SEND', 'SEND'],
        ['receive-connector', 'Default Frontend {server}', "'Default Frontend {server}'"],
      ],
    );
    assert.equal(positionOf(positions, 'server', 'server1'), undefined);
  });

  it('that is broken still tells where its entries stand', () => {
    const { positions, wanted } = parseConfig(`${config()}\tx`);
    assert.equal(wanted, null);
    assert.equal(positionOf(positions, 'certificate', 'www')?.kind, 'certificate');
  });
});

describe('hostile text', () => {
  const many = 1 << 18;
  const attacks: Readonly<Record<string, string>> = {
    'brackets without end': '['.repeat(many),
    'lists in lists': '- '.repeat(many / 2),
    'anchors that multiply': Array.from({ length: 60 }, (_, at) =>
      at === 0 ? 'k0: &a0 x' : `k${at}: &a${at} [${`*a${at - 1}, `.repeat(9)}]`,
    ).join('\n'),
    'twenty thousand keys': Array.from({ length: 20_000 }, (_, at) => `k${at}: 1`).join('\n'),
    'twenty thousand wrong entries': `servers:\n${'  - 1\n'.repeat(20_000)}`,
    'twenty thousand aliases': `a: &a x\nservers:\n${'  - *a\n'.repeat(20_000)}`,
    'names that are all near to each other': `connectors:\n  send:\n${Array.from({ length: 3_000 }, (_, at) => `    - name: a${at}\n      certificate: ${'w'.repeat(70)}${at}\n`).join('')}certificates:\n${Array.from({ length: 200 }, (_, at) => `  - name: ${'w'.repeat(70)}x${at}\n`).join('')}`,
  };
  for (const [name, text] of Object.entries(attacks)) {
    it(`costs no more than a large honest file: ${name}`, () => {
      const { wanted, problems } = parseConfig(text);
      assert.equal(wanted, null);
      assert.ok(problems.length > 0 && problems.length <= 501, String(problems.length));
    });
  }
});

describe('5,000 lines', () => {
  it('are judged in less than twice the time that parsing their YAML takes', () => {
    const entry = (at: number) => `
  - name: S${at}
    fqdn: s${at}.mydomain.com
    endpoints: { smtp: 2525, https: 8443, imaps: 9993, pop3s: 9995 }
    mode: session`;
    const text = config({ servers: `servers:${Array.from({ length: 1_250 }, (_, at) => entry(at)).join('')}` });
    assert.ok(text.split('\n').length > 5_000);
    const best = (work: () => unknown) =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const start = process.cpuUsage();
          work();
          const { user, system } = process.cpuUsage(start);
          return user + system;
        }),
      );
    const yaml = best(() => parseDocument(text, { prettyErrors: false }));
    const whole = best(() => parseConfig(text));
    assert.ok(whole < 2 * yaml, `${whole} µs, the YAML alone ${yaml} µs`);
  });
});
