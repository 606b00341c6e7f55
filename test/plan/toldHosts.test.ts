// Where a rotation connects: only to names that Exchange reported in the baseline, whatever the configuration says now.
import assert from 'node:assert/strict';
import { refusalSentence } from '../../src/folder/words/reasons';
import type { Wanted } from '../../src/model/wanted';
import { found, planOf, rotation, stepsOf, wanted, wantedServer, withServer } from './organization';

const servers = [1, 2, 3, 4].map(wantedServer);
const remoting = (...hosts: readonly string[]): Partial<Wanted> => ({
  remoting: { exchange: hosts.map((host) => `http://${host}/PowerShell/`) },
});
const fqdn = (name: string): Partial<Wanted> => ({
  servers: servers.map((one, at) => (at === 1 ? { ...one, fqdn: name } : one)),
});

function refused(edit: Partial<Wanted>, baseline = found()): readonly string[] {
  const made = planOf({ wanted: wanted(edit), baseline });
  assert.ok(made.refusals.length === 0 || stepsOf(made).length === 0, 'a refused plan has no step');
  return made.refusals.map(({ code, where, detail }) => `${code} ${where} ${detail ?? ''}`);
}

describe('a rotation is refused', () => {
  const address = (host: string): string => `host-not-in-baseline remoting.exchange ${host}`;
  const cases: readonly [string, Partial<Wanted>, readonly string[]][] = [
    [
      'where one letter of an Exchange address differs',
      remoting('server1.mydomain.com', 'server2.mydomaln.com'),
      [address('SERVER2.MYDOMALN.COM')],
    ],
    ['where one letter of a full name differs', fqdn('server2.mydomaln.com'), ['server2.mydomaln.com']],
    ['where a server has the full name of another', fqdn('server3.mydomain.com'), ['server3.mydomain.com']],
    ['where an Exchange address is an alias', remoting('mail.contoso.com'), [address('MAIL.CONTOSO.COM')]],
    ['where an Exchange address is an IP address', remoting('10.0.0.5'), [address('10.0.0.5')]],
    ['where an Exchange address is an IPv6 address', remoting('[::1]'), [address('[::1]')]],
    ['where a bare name is of no server', remoting('server9'), [address('SERVER9')]],
    [
      'where a name goes on behind that of a server',
      remoting('server1.mydomain.com.evil.example'),
      [address('SERVER1.MYDOMAIN.COM.EVIL.EXAMPLE')],
    ],
    [
      'where the host hides behind a server’s name as the user',
      remoting('server1.mydomain.com@evil.example'),
      [address('EVIL.EXAMPLE')],
    ],
    [
      'where a server was added that the baseline does not know',
      { servers: [...servers, { ...wantedServer(5), fqdn: 'server5.mydomain.com' }] },
      ['host-not-in-baseline SERVER5 server5.mydomain.com'],
    ],
  ];
  for (const [title, edit, expected] of cases) {
    it(title, () => {
      const full = expected.map((one) => (one.includes(' ') ? one : `host-not-in-baseline SERVER2 ${one}`));
      assert.deepEqual(refused(edit), full);
    });
  }

  it('where Exchange did not report the full name of a server', () => {
    const untold = withServer(found(), 'SERVER2', () => ({ fqdn: '' }));
    assert.deepEqual(refused(remoting('server1.mydomain.com'), untold), [
      'host-not-in-baseline SERVER2 server2.mydomain.com',
    ]);
  });

  it('in words that name the server, the host and what to do', () => {
    const [refusal] = planOf({ wanted: wanted(fqdn('server2.mydomaln.com')), rotation: rotation() }).refusals;
    assert.ok(refusal !== undefined);
    const said = refusalSentence(refusal);
    for (const part of [/^SERVER2: /, /server2\.mydomaln\.com/, /begin a new rotation/]) assert.match(said, part);
  });
});

describe('a rotation goes on', () => {
  const cases: readonly [string, Partial<Wanted>][] = [
    ['by the names that Exchange reported', {}],
    ['where they differ in case alone', { ...fqdn('Server2.MyDomain.COM'), ...remoting('SERVER1.mydomain.com') }],
    ['where they end with the root’s dot', { ...remoting('server1.mydomain.com.') }],
    ['by a server’s name without its domain', remoting('server1', 'SERVER2')],
    [
      'where a probe goes to another address, which gets no secret',
      { servers: servers.map((one) => ({ ...one, address: '192.0.2.7' })) },
    ],
  ];
  for (const [title, edit] of cases) {
    it(title, () => assert.deepEqual(refused(edit), []));
  }

  it('by the address of a server that Exchange reported and the configuration does not list', () => {
    const servers_ = servers.slice(0, 3);
    const made = planOf({
      wanted: wanted({ servers: servers_, ...remoting('server4.mydomain.com') }),
      rotation: rotation({ servers: ['SERVER1', 'SERVER2', 'SERVER3'] }),
    });
    assert.deepEqual(made.refusals, []);
  });
});
