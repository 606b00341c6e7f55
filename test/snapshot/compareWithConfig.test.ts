// What was found is held against the configuration: facts are told as facts, and the unknown as unknown.
import assert from 'node:assert/strict';
import type { Found } from '../../src/model/found';
import type { Wanted } from '../../src/model/wanted';
import { compareWithConfig } from '../../src/snapshot/compareWithConfig';
import * as sample from '../plan/organization';

const { a, b, found, outbound, wanted, withEveryServer, withReceiveConnector, withSendConnector, withServer } = sample;
const frontend = 'SERVER1\\Default Frontend SERVER1';
const connectors = (edit: Partial<Wanted['connectors']>) => wanted({ connectors: { ...wanted().connectors, ...edit } });
const send = (name: string, certificate: string | null = 'www') => connectors({ send: [{ name, certificate }] });
const receive = (name: string, certificate: string | null = 'www') => connectors({ receive: [{ name, certificate }] });

/** Differences as `code subject`; the relay connector is the sample's own and left out. */
function told(is: Found, wants: Wanted = wanted()): readonly string[] {
  return compareWithConfig(wants, is)
    .filter(({ code, subject }) => !(code === 'not-in-config' && subject.kind === 'receive-connector'))
    .map(({ code, severity, subject }) => {
      const where = subject.kind === 'receive-connector' ? subject.identity : 'name' in subject ? subject.name : '';
      return `${severity} ${code} ${where}`.trim();
    });
}

describe('the sample organization', () => {
  it('is as the configuration wants it', () => assert.deepEqual(told(found()), []));

  it('has one reference that the configuration does not mention', () => {
    const [only, ...others] = compareWithConfig(wanted(), found());
    assert.deepEqual(others, []);
    assert.deepEqual(only, {
      code: 'not-in-config',
      severity: 'warning',
      subject: { kind: 'receive-connector', name: null, server: 'SERVER2', identity: 'SERVER2\\Relay SERVER2' },
      found: a.tlsCertificateName,
      certificate: 'www',
    });
  });
});

describe('a difference', () => {
  const noOne = (name: string) => withServer(found(), name, sample.unreached);
  const cases: readonly [claim: string, is: Found, wants: Wanted, expected: readonly string[]][] = [
    ['another organization', found({ organization: 'Fabrikam' }), wanted(), ['error organization-differs']],
    [
      'a server that is not there',
      found({ servers: found().servers.slice(0, 3) }),
      wanted(),
      ['error server-not-found SERVER4'],
    ],
    [
      'a server that the configuration does not name',
      found(),
      wanted({ servers: wanted().servers.slice(0, 3) }),
      ['information server-not-in-config SERVER4'],
    ],
    [
      'a server that was not reached, and nothing more of it',
      noOne('SERVER1'),
      wanted(),
      ['warning server-not-reached SERVER1'],
    ],
    [
      'a store that was not told',
      withServer(found(), 'SERVER1', () => ({ certificates: null })),
      wanted(),
      ['warning certificates-not-told SERVER1'],
    ],
    [
      'another full name',
      withServer(found(), 'SERVER1', () => ({ fqdn: 'server1.other.com' })),
      wanted(),
      ['warning fqdn-differs SERVER1'],
    ],
    [
      'a connector that must carry none and does',
      withSendConnector(found(), 'SEND', a.tlsCertificateName),
      wanted(),
      ['warning carries-certificate SEND'],
    ],
    [
      'a connector that carries none',
      withServer(found(), 'SERVER1', (row) => withReceiveConnector(row, frontend, '')),
      wanted(),
      [`warning carries-no-certificate ${frontend}`],
    ],
    [
      'a connector that was not told',
      withServer(found(), 'SERVER1', (row) => withReceiveConnector(row, frontend, null)),
      wanted(),
      [`warning name-not-told ${frontend}`],
    ],
    [
      'a connector that carries a certificate of no entry',
      withSendConnector(found(), outbound, '<I>CN=X<S>CN=y'),
      wanted(),
      [`warning carries-another ${outbound}`],
    ],
    [
      'a send connector that matches nothing',
      found(),
      send('SEMD'),
      ['error connector-not-found SEMD', `warning not-in-config ${outbound}`],
    ],
    [
      'send connectors that were not told',
      found({ sendConnectors: null }),
      wanted(),
      [`warning name-not-told ${outbound}`, 'warning name-not-told SEND'],
    ],
    [
      'a receive connector that is on one server only',
      found(),
      receive('Relay {server}'),
      ['SERVER1', 'SERVER3', 'SERVER4'].map((name) => `information connector-not-found ${name}\\Relay ${name}`),
    ],
    [
      'a certificate that is nowhere',
      found(),
      wanted({
        certificates: [{ ...wanted().certificates[0]!, thumbprint: b.thumbprint, pfx: null }],
        connectors: { send: [], receive: [] },
      }),
      ['warning certificate-not-installed www'],
    ],
    [
      'a certificate that had ended',
      found({ taken: '2027-01-01T00:00:00Z' }),
      wanted(),
      ['error certificate-expired www'],
    ],
  ];
  for (const [claim, is, wants, expected] of cases) it(claim, () => assert.deepEqual(told(is, wants), expected));
});

describe('no difference', () => {
  it('is a name whose tags are in lower case', () => {
    const name = a.tlsCertificateName.replace('<I>', '<i>').replace('<S>', '<s>');
    assert.deepEqual(told(withSendConnector(found(), outbound, name)), []);
  });

  it('is an old certificate that ended while a newer one is there', () => {
    const both = withEveryServer(found({ taken: '2027-01-01T00:00:00Z' }), (row) =>
      sample.withCertificate(row, sample.installed(b)),
    );
    assert.deepEqual(told(both), []);
  });

  it('is told of another certificate while a store is unknown', () => {
    const unknown = withServer(found(), 'SERVER3', sample.unreached);
    assert.deepEqual(told(withSendConnector(unknown, outbound, '<I>CN=X<S>CN=y')), [
      'warning server-not-reached SERVER3',
    ]);
  });
});

describe('a connector that is not found', () => {
  const candidatesOf = (wants: Wanted) => {
    const difference = compareWithConfig(wants, found()).find(({ code }) => code === 'connector-not-found');
    assert.ok(difference?.code === 'connector-not-found');
    return difference.candidates;
  };

  it('names the characters by which alone it differs', () => {
    assert.deepEqual(candidatesOf(send(outbound.replace(' - ', ' \u2013 '))), [
      { name: outbound, odd: [{ codePoint: 'U+2013', name: 'EN DASH', instead: '-' }] },
    ]);
  });

  it('names the nearest as the configuration would spell it', () => {
    assert.deepEqual(candidatesOf(receive('Defualt Frontend {server}')), [
      { name: 'Default Frontend {server}', odd: [] },
    ]);
  });

  it('names a twin that differs by blanks', () => {
    assert.deepEqual(candidatesOf(receive('Default  Frontend {server}')), [
      { name: 'Default Frontend {server}', odd: [] },
    ]);
  });

  it('names none where none is near', () => assert.deepEqual(candidatesOf(send('Completely different')), []));
});
