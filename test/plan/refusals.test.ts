// Every reason for which there is no plan, recognised and without a step.
import assert from 'node:assert/strict';
import type { PlanInputs } from '../../src/plan/plan';
import { a, b, decided, facts, found, planOf, rotation, thumb, wanted, wantedServer, withServer } from './organization';
import type { CertificateFacts } from '../../src/model/certificate';
import type { Plan, Refusal } from '../../src/model/plan';

function toFresh(edit: Partial<CertificateFacts>): Partial<PlanInputs> {
  return { rotation: rotation({ to: { ...rotation().to, certificate: facts({ ...b, ...edit }) } }) };
}

const sameName = { issuer: a.issuer, tlsCertificateName: a.tlsCertificateName };
const www = wanted().certificates[0]!;

describe('refusals', () => {
  const cases: [Refusal['code'], string, Partial<PlanInputs>, Plan['class']?][] = [
    ['same-name', 'issuer and subject are the same', toFresh(sameName), 'same-name'],
    [
      'same-name',
      'they differ in case alone, which transport may not tell apart',
      toFresh({ tlsCertificateName: a.tlsCertificateName.toUpperCase() }),
      'same-name',
    ],
    [
      'shorter-life',
      'the new one has the same name and ends first',
      toFresh({ ...sameName, notAfter: '2026-11-30T00:00:00Z' }),
      'shorter-life',
    ],
    [
      'local-mode',
      'a server is set to local',
      { wanted: wanted({ servers: [1, 2, 3, 4].map((index) => ({ ...wantedServer(index), mode: 'local' })) }) },
    ],
    ['edge', 'a server is an Edge server', { found: withServer(found(), 'SERVER2', () => ({ roles: ['Edge'] })) }],
    [
      'edge',
      'a server that answered no session is subscribed as an Edge server',
      { found: { ...withServer(found(), 'SERVER2', () => ({ roles: null })), edgeSubscriptions: ['server2'] } },
    ],
    [
      'unknown-server',
      'the rotation names a server the configuration has not',
      { rotation: rotation({ servers: ['SERVER9'] }) },
    ],
    [
      'unknown-certificate',
      'the certificate entry is gone',
      { rotation: rotation({ config: { path: 'x', certificate: 'old' } }) },
    ],
    [
      'no-snapshot-of-server',
      'the snapshot does not tell of a server',
      { found: { ...found(), servers: found().servers.slice(1) } },
    ],
    [
      'no-snapshot-of-server',
      'the baseline does not tell of a server',
      { baseline: { ...found(), servers: found().servers.slice(1) } },
    ],
    [
      'old-certificate-not-found',
      'no server has the old certificate',
      { rotation: rotation({ from: { thumbprint: thumb('9') } }) },
    ],
    ['same-certificate', 'old and new are one', { rotation: rotation({ from: { thumbprint: b.thumbprint } }) }],
    ['empty-subject', 'a connector would name an empty subject', toFresh({ subject: '' })],
    [
      'name-too-long',
      'a connector could not hold the name',
      toFresh({ tlsCertificateName: `<I>${'x'.repeat(260)}<S>CN=y` }),
    ],
    [
      'hostname-not-covered',
      'a required host is missing',
      { wanted: wanted({ certificates: [{ ...www, hostnames: ['mail.mydomain.com'] }] }) },
    ],
    ['expired', 'the new certificate has ended', toFresh({ notAfter: '2026-11-22T21:00:00Z' })],
    ['key-not-rsa', 'the new certificate has an elliptic curve key', toFresh({ keyAlgorithm: 'EC', keySize: 256 })],
    ['key-not-rsa', 'the key of the new certificate is of a sort nobody knows', toFresh({ keyAlgorithm: 'unknown' })],
    ['not-yet-valid', 'the new certificate has not begun', toFresh({ notBefore: '2026-11-23T00:00:00Z' })],
    [
      'protected-certificate',
      'the old one signs for OAuth',
      { baseline: { ...found(), auth: { current: a.thumbprint, previous: null, next: null } } },
    ],
    [
      'protected-certificate',
      'the old one is the next one for OAuth',
      { baseline: { ...found(), auth: { current: thumb('2'), previous: null, next: a.thumbprint } } },
    ],
    [
      'protected-certificate',
      'the old one is the federation’s',
      { baseline: { ...found(), federation: [a.thumbprint] } },
    ],
  ];
  const escape = 'Default\u001b[31m {server}';
  const named = withServer(found(), 'SERVER1', (row) => ({
    receiveConnectors: (row.receiveConnectors ?? []).map((one) => ({ ...one, identity: `${one.identity}\u001b` })),
  }));
  cases.push(
    [
      'unusable-text',
      'a connector of the configuration has a control character in its name',
      { wanted: wanted({ connectors: { send: [], receive: [{ name: escape, certificate: 'www' }] } }) },
    ],
    [
      'unusable-text',
      'a connector that shall follow has one',
      {
        found: named,
        rotation: rotation({
          decisions: decided({ 'follow:receive-connector:SERVER1\\Default Frontend SERVER1\u001b': 'follow' }),
        }),
      },
    ],
  );
  for (const [code, title, edit, kind] of cases) {
    it(`${code}: ${title}`, () => {
      const made = planOf(edit);
      assert.ok(
        made.refusals.some((one) => one.code === code),
        JSON.stringify(made.refusals),
      );
      assert.deepEqual([made.phases, made.settled, made.questions], [[], [], []]);
      if (kind !== undefined) assert.equal(made.class, kind);
    });
  }

  it('are none for the sample, which is a new name', () => {
    const made = planOf();
    assert.deepEqual(made.refusals, []);
    assert.equal(made.class, 'new-name');
  });

  it('are not made of a length that is predicted and not certain', () => {
    const made = planOf(
      toFresh({ tlsCertificateName: `<I>${'x'.repeat(260)}<S>CN=y`, uncertainNames: ['OID.2.5.4.72'] }),
    );
    assert.deepEqual(made.refusals, []);
  });

  it('let a certificate without a subject go where no connector is to name it', () => {
    const bare = found();
    const unnamed = {
      ...bare,
      sendConnectors: [],
      hybrid: { tlsCertificateName: '' },
      servers: bare.servers.map((row) => ({ ...row, receiveConnectors: [] })),
    };
    const made = planOf({
      ...toFresh({ subject: '' }),
      wanted: wanted({ connectors: { send: [], receive: [] } }),
      baseline: unnamed,
      found: unnamed,
    });
    assert.deepEqual(made.refusals, []);
  });
});
