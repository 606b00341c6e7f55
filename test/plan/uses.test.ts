// The guard of removal: one line for each thing that uses a certificate, and one for each that may.
import assert from 'node:assert/strict';
import type { Found, FoundServer } from '../../src/model/found';
import type { EndpointKind } from '../../src/model/wanted';
import { judgeCheck } from '../../src/plan/judgeCheck';
import { type Looks, usesOf } from '../../src/plan/uses';
import { viewOf } from '../../src/plan/view';
import {
  a,
  b,
  facts,
  found,
  installed,
  now,
  observation,
  outbound,
  planOf,
  rotation,
  stepOf,
  thumb,
  wanted,
  withCertificate,
  withReceiveConnector,
  withSendConnector,
  withServer,
} from './organization';

/** SERVER1 when A has nothing left to do there. */
function free(edit: (row: FoundServer) => Partial<FoundServer> = () => ({})): Found {
  const base: Found = {
    ...withSendConnector(found(), outbound, b.tlsCertificateName),
    hybrid: { tlsCertificateName: b.tlsCertificateName },
    observations: [observation('SERVER1', 'imaps', b, now), observation('SERVER1', 'pop3s', b, now)],
  };
  const cut = withServer(base, 'SERVER1', (row) => ({
    ...withCertificate(row, installed(b, { networkServiceCanRead: true })),
    ...withReceiveConnector(row, 'SERVER1\\Default Frontend SERVER1', b.tlsCertificateName),
    bindings: (row.bindings ?? []).map((one) =>
      one.port === 443 ? { ...one, iis: b.thumbprint, httpSys: b.thumbprint } : one,
    ),
  }));
  return withServer(cut, 'SERVER1', edit);
}

/** SERVER1 where A has an attribute of which no record tells how Windows prints it. */
function unsure(): Found {
  const names = { tlsCertificateName: '<I>CN=R12<S>CN=a, OID.2.5.4.72=b', uncertainNames: ['OID.2.5.4.72'] };
  return free((row) => ({
    certificates: (row.certificates ?? []).map((one) =>
      one.thumbprint === a.thumbprint && one.facts !== null ? { ...one, facts: { ...one.facts, ...names } } : one,
    ),
  }));
}

function without(base: Found, protocol: string): Found {
  return { ...base, observations: base.observations.filter(({ endpoint }) => endpoint.protocol !== protocol) };
}

/** A send connector that names A, with those source servers. */
function from(sourceTransportServers: readonly string[] | null): Found {
  const named = withSendConnector(free(), outbound, a.tlsCertificateName);
  return {
    ...named,
    sendConnectors: named.sendConnectors!.map((one) =>
      one.name === outbound ? { ...one, sourceTransportServers } : one,
    ),
  };
}

const stoppedPop = { x509CertificateName: 'www.mydomain.com', running: false };

const all: Looks = { endpoints: ['imaps', 'pop3s'], unseen: () => false, since: null, instead: null };

describe('what uses a certificate', () => {
  it('is nothing where every place was told and none names it', () => {
    assert.deepEqual(usesOf(free(), 'SERVER1', a.thumbprint), []);
  });

  it('is no send connector whose source servers are all other servers or Edge subscriptions', () => {
    const edge = { ...from(['server2', 'EDGE1']), edgeSubscriptions: ['Edge1'] };
    assert.deepEqual(usesOf(edge, 'SERVER1', a.thumbprint), []);
  });

  const cases: readonly [string, string, boolean, Found][] = [
    ['OAuth now', 'auth current', true, { ...free(), auth: { current: a.thumbprint, previous: null, next: null } }],
    [
      'OAuth before',
      'auth previous',
      true,
      { ...free(), auth: { current: thumb('2'), previous: a.thumbprint, next: null } },
    ],
    ['OAuth next', 'auth next', true, { ...free(), auth: { current: thumb('2'), previous: null, next: a.thumbprint } }],
    ['OAuth, not told', 'auth current', false, { ...free(), auth: null }],
    ['federation', 'federation ', true, { ...free(), federation: [a.thumbprint] }],
    ['federation, not told', 'federation ', false, { ...free(), federation: null }],
    ['the internal transport', 'internal-transport SERVER1', true, free(() => ({ internalTransport: a.thumbprint }))],
    [
      'the internal transport of another server',
      'internal-transport SERVER3',
      true,
      withServer(free(), 'SERVER3', () => ({ internalTransport: a.thumbprint })),
    ],
    [
      'the internal transport, not told',
      'internal-transport SERVER1',
      false,
      free(() => ({ internalTransport: null })),
    ],
    ['bindings, not told', 'binding ', false, free(() => ({ bindings: null }))],
    ...([443, 444] as const).flatMap((port): [string, string, boolean, Found][] => {
      const bind = (edit: object): Found =>
        free((row) => ({
          bindings: (row.bindings ?? []).map((one) => (one.port === port ? { ...one, ...edit } : one)),
        }));
      return [
        [`IIS on ${String(port)}`, `binding ${String(port)}`, true, bind({ iis: a.thumbprint })],
        [`HTTP.sys on ${String(port)}`, `binding ${String(port)}`, true, bind({ httpSys: a.thumbprint })],
        [`IIS on ${String(port)}, not told`, `binding ${String(port)}`, false, bind({ iis: null })],
        [`HTTP.sys on ${String(port)}, not told`, `binding ${String(port)}`, false, bind({ httpSys: null })],
      ];
    }),
    [
      'HTTP.sys on another address of a port that Exchange has too',
      'binding 10.0.0.5:443',
      true,
      free((row) => ({
        bindings: [
          ...(row.bindings ?? []),
          {
            site: '',
            address: '10.0.0.5:443',
            port: 443,
            iis: a.thumbprint,
            httpSys: a.thumbprint,
            requireSsl: null,
          },
        ],
      })),
    ],
    [
      'a receive connector',
      'receive-connector SERVER1\\Default Frontend SERVER1',
      true,
      free((row) => withReceiveConnector(row, 'SERVER1\\Default Frontend SERVER1', a.tlsCertificateName)),
    ],
    [
      'a receive connector with tags in small letters',
      'receive-connector SERVER1\\Default Frontend SERVER1',
      true,
      free((row) =>
        withReceiveConnector(
          row,
          'SERVER1\\Default Frontend SERVER1',
          a.tlsCertificateName.replace('<I>', '<i>').replace('<S>', '<s>'),
        ),
      ),
    ],
    [
      'a receive connector, not told',
      'receive-connector SERVER1\\Default Frontend SERVER1',
      false,
      free((row) => withReceiveConnector(row, 'SERVER1\\Default Frontend SERVER1', null)),
    ],
    ['receive connectors, not told', 'receive-connector ', false, free(() => ({ receiveConnectors: null }))],
    ['a send connector', `send-connector ${outbound}`, true, withSendConnector(free(), outbound, a.tlsCertificateName)],
    [
      'a send connector that may hold its name, which is not certain',
      `send-connector ${outbound}`,
      false,
      withSendConnector(unsure(), outbound, '<I>CN=R12<S>CN=a, role=b'),
    ],
    ['a send connector, not told', `send-connector ${outbound}`, false, withSendConnector(free(), outbound, null)],
    ...(
      [['server1.mydomain.com'], ['mydomain.com/Configuration/Servers/SERVER1'], ['OLDSERVER'], [], null] as const
    ).map((sourceTransportServers): [string, string, boolean, Found] => [
      `a send connector whose source servers are ${JSON.stringify(sourceTransportServers)}`,
      `send-connector ${outbound}`,
      false,
      from(sourceTransportServers),
    ]),
    ['send connectors, not told', 'send-connector ', false, { ...free(), sendConnectors: null }],
    ['the hybrid configuration', 'hybrid ', true, { ...free(), hybrid: { tlsCertificateName: a.tlsCertificateName } }],
    ['the hybrid configuration, not told', 'hybrid ', false, { ...free(), hybrid: null }],
    [
      'IMAP that presents it',
      'imap ',
      true,
      {
        ...without(free(), 'imaps'),
        observations: [...without(free(), 'imaps').observations, observation('SERVER1', 'imaps', a, now)],
      },
    ],
    ['IMAP that runs and was never looked at', 'imap ', false, without(free(), 'imaps')],
    [
      'POP that runs and could not be looked at',
      'pop ',
      false,
      {
        ...without(free(), 'pop3s'),
        observations: [...without(free(), 'pop3s').observations, observation('SERVER1', 'pop3s', null, now)],
      },
    ],
    [
      'POP, not told whether it runs',
      'pop ',
      false,
      free((row) => ({ pop: { x509CertificateName: row.pop?.x509CertificateName ?? null, running: null } })),
    ],
    ['POP, not told', 'pop ', false, free(() => ({ pop: null }))],
    [
      'stopped POP whose best match it is',
      'pop ',
      true,
      free((row) => ({
        pop: stoppedPop,
        certificates: (row.certificates ?? []).filter((one) => one.thumbprint !== b.thumbprint),
      })),
    ],
    [
      'stopped POP whose name is not told',
      'pop ',
      false,
      free(() => ({ pop: { ...stoppedPop, x509CertificateName: null } })),
    ],
    [
      'a name only it covers, where a connector selects by host name',
      'receive-connector SERVER1\\Client Frontend SERVER1',
      true,
      free((row) =>
        withCertificate(row, installed(facts({ ...a, dnsNames: ['www.mydomain.com', 'mail.mydomain.com'] }))),
      ),
    ],
    [
      'what Exchange itself says',
      'services IIS',
      true,
      free((row) => withCertificate(row, installed(a, { services: ['IIS', 'SMTP'] }))),
    ],
    [
      'being self-signed',
      'self-signed ',
      true,
      free((row) => withCertificate(row, installed(facts({ ...a, isSelfIssued: true })))),
    ],
    [
      'the management service',
      'management-service ',
      true,
      free((row) => withCertificate(row, installed(a, { friendlyName: 'WMSVC' }))),
    ],
    ['being unreadable', 'certificate ', false, free((row) => withCertificate(row, { ...installed(a), facts: null }))],
    ['a store that was not told', 'certificate SERVER1', false, free(() => ({ certificates: null }))],
    [
      'a server that did not answer',
      'server SERVER1',
      false,
      free(() => ({ reached: { exchange: true, server: false, problem: null } })),
    ],
  ];
  for (const [title, use, certain, of] of cases) {
    it(`${certain ? 'is' : 'may be'} ${title}`, () => {
      const uses = usesOf(of, 'SERVER1', a.thumbprint);
      assert.ok(
        uses.some((one) => `${one.code} ${one.what}` === use && one.certain === certain),
        JSON.stringify(uses),
      );
    });
  }

  const notUses: readonly [string, Found][] = [
    [
      'a send connector of other source servers',
      {
        ...free(),
        sendConnectors: (withSendConnector(free(), outbound, a.tlsCertificateName).sendConnectors ?? []).map((one) => ({
          ...one,
          sourceTransportServers: ['SERVER2'],
        })),
      },
    ],
    ['stopped POP with a newer match', free(() => ({ pop: stoppedPop }))],
    [
      'a connector whose name a newer certificate has as well',
      free((row) => ({
        ...withCertificate(
          row,
          installed(facts({ ...a, thumbprint: thumb('7'), notAfter: '2027-06-01T00:00:00Z' }), {
            networkServiceCanRead: true,
          }),
        ),
        ...withReceiveConnector(row, 'SERVER1\\Default Frontend SERVER1', a.tlsCertificateName),
      })),
    ],
  ];
  for (const [title, of] of notUses) {
    it(`is not ${title}`, () => {
      assert.deepEqual(usesOf(of, 'SERVER1', a.thumbprint), []);
    });
  }

  it('is judged by name where a mail service was not reached and that was accepted, else may be it', () => {
    const silent: Found = { ...free(), observations: [observation('SERVER1', 'imaps', null, now)] };
    const codes = (unseen: boolean): readonly string[] =>
      usesOf(silent, 'SERVER1', a.thumbprint, { ...all, unseen: () => unseen }).map(({ code }) => code);
    assert.deepEqual(codes(false), ['pop', 'imap']);
    // POP was never looked at: that is not accepted
    assert.deepEqual(codes(true), ['pop']);
  });

  describe('that runs behind an endpoint which is left out', () => {
    const looks = (...endpoints: readonly EndpointKind[]): Looks => ({ ...all, endpoints });
    const codes = (of: Found, given: Looks): readonly string[] =>
      usesOf(of, 'SERVER1', a.thumbprint, given).map(({ code }) => code);
    const unlooked = without(free(), 'pop3s');

    it('is judged by its name, and is none where a newer certificate has that', () => {
      assert.deepEqual(codes(unlooked, looks('imaps')), []);
      const alone = withServer(unlooked, 'SERVER1', (row) => ({
        certificates: (row.certificates ?? []).filter(({ thumbprint }) => thumbprint !== b.thumbprint),
      }));
      assert.ok(codes(alone, looks('imaps')).includes('pop'));
      const unnamed = withServer(unlooked, 'SERVER1', () => ({ pop: { x509CertificateName: null, running: true } }));
      assert.deepEqual(codes(unnamed, looks('imaps')), ['pop']);
    });

    it('is not judged by an old look at that endpoint', () => {
      const before = { ...unlooked, observations: [...unlooked.observations, observation('SERVER1', 'pop3s', a, now)] };
      assert.deepEqual(codes(before, looks('imaps')), []);
    });

    it('is told by a look at the one with STARTTLS', () => {
      const seen = (of: typeof a | null): Found => ({
        ...unlooked,
        observations: [...unlooked.observations, observation('SERVER1', 'pop3', of, now)],
      });
      assert.deepEqual(codes(seen(a), looks('imaps', 'pop3')), ['pop']);
      assert.deepEqual(codes(seen(b), looks('imaps', 'pop3')), []);
      assert.deepEqual(codes(seen(null), looks('imaps', 'pop3')), ['pop']);
      assert.deepEqual(codes(unlooked, looks('imaps', 'pop3')), ['pop']);
    });

    it('is not waited for by the removal', () => {
      const out = wanted().servers.map((one) => ({ ...one, endpoints: { ...one.endpoints, pop3s: 0 } }));
      const guard = stepOf(planOf({ wanted: wanted({ servers: out }) }), 'remove', 'SERVER1')?.before.find(
        ({ check }) => check === 'unused',
      );
      assert.ok(guard !== undefined);
      assert.equal(judgeCheck(guard, { view: viewOf(unlooked), rotation: rotation(), now }).verdict, 'holds');
    });
  });

  it('is a connector whose newer match is not enabled for SMTP', () => {
    const heirless = free((row) => ({
      ...withCertificate(
        row,
        installed(facts({ ...a, thumbprint: thumb('7'), notAfter: '2027-06-01T00:00:00Z' }), {
          networkServiceCanRead: false,
        }),
      ),
      ...withReceiveConnector(row, 'SERVER1\\Default Frontend SERVER1', a.tlsCertificateName),
    }));
    assert.equal(usesOf(heirless, 'SERVER1', a.thumbprint)[0]?.code, 'receive-connector');
  });
});
