// Each check, holding, failing and unknown: unknown is never success.
import assert from 'node:assert/strict';
import { endpointKinds } from '../../src/model/endpoints';
import type { Found } from '../../src/model/found';
import type { ObservationOutcome } from '../../src/model/observation';
import type { Check, Verdict } from '../../src/model/plan';
import type { Rotation } from '../../src/model/rotation';
import { judgeCheck } from '../../src/plan/judgeCheck';
import { stepId } from '../../src/plan/stepId';
import { viewOf } from '../../src/plan/view';
import {
  a,
  b,
  decided,
  found,
  installed,
  now,
  observation,
  outbound,
  rotation,
  thumb,
  unreached,
  withCertificate,
  withReceiveConnector,
  withSendConnector,
  withServer,
} from './organization';

const server = 'SERVER1';
const { thumbprint } = b;
const to = b.tlsCertificateName;

function withB(edit: Parameters<typeof installed>[1] = {}, base: Found = found()): Found {
  return withServer(base, server, (row) => withCertificate(row, installed(b, edit)));
}

function onServer(edit: Parameters<typeof withServer>[2]): Found {
  return withServer(found(), server, edit);
}

const down = onServer(unreached);
const untoldStore = onServer(() => ({ certificates: null }));
const installedCheck: Check = { check: 'certificate-installed', server, thumbprint, privateKey: true, provider: 'csp' };
const services = (...names: Extract<Check, { check: 'services-enabled' }>['services']): Check => ({
  check: 'services-enabled',
  server,
  thumbprint,
  services: names,
});
const presents: Check = { check: 'presents', server, endpoint: 'https', thumbprint };
const seen = (at: string, of: typeof a | null = b): Found => ({
  ...found(),
  observations: [observation(server, 'https', of, at)],
});
const answered = (outcome: ObservationOutcome): Found => ({
  ...found(),
  observations: [{ ...observation(server, 'https', null, now), outcome }],
});
const accepted = rotation({ decisions: decided({ [`without-probe:${server}`]: 'accept' }) });
const bind = (iis: typeof thumbprint | null, httpSys: typeof thumbprint | null): Found =>
  onServer(() => ({ bindings: [{ site: 'Default Web Site', port: 443, iis, httpSys, requireSsl: true }] }));
const binding: Check = { check: 'binding', server, port: 443, thumbprint };
/** The binding of all addresses on B, and beside it one more. */
const beside = (edit: { readonly address: string; readonly host?: string }, held: typeof thumbprint | null): Found =>
  onServer(() => ({
    bindings: [
      { site: 'Default Web Site', address: '0.0.0.0:443', host: '', iis: thumbprint, httpSys: thumbprint },
      { site: 'Default Web Site', host: '', ...edit, iis: held, httpSys: held },
    ].map((row) => ({ ...row, port: 443, requireSsl: true })),
  }));
const receive: Check = {
  check: 'receive-connector',
  server,
  connector: 'SERVER1\\Default Frontend SERVER1',
  tlsCertificateName: to,
};
const named = (value: string | null): Found =>
  onServer((row) => withReceiveConnector(row, 'SERVER1\\Default Frontend SERVER1', value));
const everywhere = (edit: Parameters<typeof installed>[1]): Found => ({
  ...found(),
  servers: found().servers.map((row) => ({ ...row, ...withCertificate(row, installed(b, edit)) })),
});
const ready: Check = { check: 'source-servers-ready', connector: outbound, thumbprint };
/** Ready wherever somebody looked; nobody looks at a server that the configuration does not name. */
const withOutsideSource = ((base: Found): Found => ({
  ...base,
  servers: [...base.servers, { ...base.servers[0]!, ...unreached(base.servers[0]!), name: 'X1' }],
  sendConnectors: (base.sendConnectors ?? []).map((one) => ({ ...one, sourceTransportServers: ['SERVER1', 'X1'] })),
}))(everywhere({ networkServiceCanRead: true }));
const sendId = stepId('send-connector', { connector: outbound }, thumbprint);
const enableId = stepId('enable-services', { server }, thumbprint);
const restart: Check = { check: 'services-restarted', server, services: ['IMAP'], thumbprint };
const recycle: Check = { check: 'services-restarted', server, services: ['IIS'], thumbprint };

describe('a check', () => {
  const cases: readonly [Verdict['verdict'], string, Check, Found, Rotation?][] = [
    ['holds', 'reached', { check: 'reached', server }, found()],
    ['fails', 'not reached', { check: 'reached', server }, down],
    ['unknown', 'a server nobody told of', { check: 'reached', server: 'SERVER9' }, found()],
    ['holds', 'a snapshot taken since', { check: 'snapshot-taken', after: '2026-11-22T20:00:00Z' }, found()],
    ['fails', 'no snapshot taken since', { check: 'snapshot-taken', after: now }, found()],
    ['holds', 'installed with key and CSP', installedCheck, withB()],
    ['fails', 'not installed', installedCheck, found()],
    ['fails', 'installed without its key', installedCheck, withB({ hasPrivateKey: false })],
    ['unknown', 'installed, key not told', installedCheck, withB({ hasPrivateKey: null })],
    ['fails', 'key in a KSP', installedCheck, withB({ provider: 'CNG' })],
    [
      'fails',
      'key in a KSP by its long name',
      installedCheck,
      withB({ provider: 'Microsoft Software Key Storage Provider' }),
    ],
    ['unknown', 'provider not told', installedCheck, withB({ provider: null })],
    ['unknown', 'store not told', installedCheck, untoldStore],
    ['unknown', 'installed on a server that is down', installedCheck, down],
    ['holds', 'absent', { check: 'certificate-absent', server, thumbprint }, found()],
    ['fails', 'not absent', { check: 'certificate-absent', server, thumbprint }, withB()],
    ['unknown', 'absent from a store not told', { check: 'certificate-absent', server, thumbprint }, untoldStore],
    ['holds', 'friendly name', { check: 'friendly-name', server, thumbprint, name: 'x' }, withB({ friendlyName: 'x' })],
    [
      'fails',
      'another friendly name',
      { check: 'friendly-name', server, thumbprint, name: 'x' },
      withB({ friendlyName: 'y' }),
    ],
    ['unknown', 'friendly name not told', { check: 'friendly-name', server, thumbprint, name: 'x' }, withB()],
    [
      'holds',
      'backup verified',
      { check: 'backup-verified', server, thumbprint },
      { ...found(), backups: [{ server: 'server1', thumbprint, verified: true, at: now }] },
    ],
    [
      'fails',
      'backup not verified',
      { check: 'backup-verified', server, thumbprint },
      { ...found(), backups: [{ server, thumbprint, verified: false, at: now }] },
    ],
    [
      'fails',
      'backup of another server',
      { check: 'backup-verified', server, thumbprint },
      { ...found(), backups: [{ server: 'SERVER2', thumbprint, verified: true, at: now }] },
    ],
    ['holds', 'copy there', { check: 'copy-present', thumbprint }, { ...found(), copies: [thumbprint] }],
    ['fails', 'no copy', { check: 'copy-present', thumbprint }, found()],
    ['holds', 'nothing left', { check: 'copies-deleted' }, found()],
    ['fails', 'a copy left', { check: 'copies-deleted' }, { ...found(), copies: [thumbprint] }],
    ['holds', 'services told', services('IIS', 'SMTP'), withB({ services: ['IIS', 'SMTP', 'POP'] })],
    ['fails', 'services told without one', services('SMTP'), withB({ services: ['IIS'] })],
    ['holds', 'SMTP by the key’s ACL', services('SMTP'), withB({ networkServiceCanRead: true })],
    ['fails', 'SMTP, key not readable', services('SMTP'), withB({ networkServiceCanRead: false })],
    ['unknown', 'SMTP, ACL not told', services('SMTP'), withB({ networkServiceCanRead: null })],
    ['holds', 'POP assigned', services('POP'), withB({ assigned: ['POP'] })],
    ['unknown', 'POP not told', services('POP'), withB()],
    ['holds', 'IMAP presented', services('IMAP'), { ...withB(), observations: [observation(server, 'imaps', b, now)] }],
    [
      'unknown',
      'IMAP presents another',
      services('IMAP'),
      { ...withB(), observations: [observation(server, 'imaps', a, now)] },
    ],
    ['fails', 'IIS on another', services('IIS'), withB()],
    ['fails', 'one of two services', services('SMTP', 'IIS'), withB({ networkServiceCanRead: true })],
    ['holds', 'bound', binding, bind(thumbprint, thumbprint)],
    ['fails', 'bound in IIS alone', binding, bind(thumbprint, a.thumbprint)],
    ['fails', 'bound in HTTP.sys alone', binding, bind(a.thumbprint, thumbprint)],
    ['unknown', 'bound, HTTP.sys not told', binding, bind(thumbprint, null)],
    [
      'fails',
      'the server’s own address left on the old one',
      binding,
      beside({ address: '127.0.0.1:443' }, a.thumbprint),
    ],
    ['holds', 'the server’s own address on a third', binding, beside({ address: '127.0.0.1:443' }, thumb('77'))],
    ['holds', 'the server’s own address on it, too', binding, beside({ address: '127.0.0.1:443' }, thumbprint)],
    ['fails', 'a name left on the old one', binding, beside({ address: 'mail.x:443', host: 'mail.x' }, a.thumbprint)],
    ['holds', 'a name on a third', binding, beside({ address: 'mail.x:443', host: 'mail.x' }, thumb('77'))],
    ['unknown', 'a name, not told', binding, beside({ address: 'mail.x:443', host: 'mail.x' }, null)],
    ['fails', 'no binding of the port', binding, onServer(() => ({ bindings: [] }))],
    ['unknown', 'bindings not told', binding, onServer(() => ({ bindings: null }))],
    ['holds', 'internal transport', { check: 'internal-transport', server, thumbprint: thumb('11') }, found()],
    ['fails', 'another internal transport', { check: 'internal-transport', server, thumbprint }, found()],
    [
      'unknown',
      'internal transport not told',
      { check: 'internal-transport', server, thumbprint },
      onServer(() => ({ internalTransport: null })),
    ],
    ['holds', 'receive connector set', receive, named(to)],
    ['holds', 'receive connector set with small tags', receive, named(to.replace('<I>', '<i>').replace('<S>', '<s>'))],
    ['fails', 'receive connector set in other letters', receive, named(to.toUpperCase())],
    ['fails', 'receive connector not set', receive, found()],
    ['fails', 'receive connector not there', { ...receive, connector: 'SERVER1\\Nothing' }, found()],
    ['unknown', 'receive connector not told', receive, named(null)],
    [
      'holds',
      'send connector set',
      { check: 'send-connector', connector: outbound, tlsCertificateName: to },
      withSendConnector(found(), outbound, to),
    ],
    [
      'fails',
      'send connector not set',
      { check: 'send-connector', connector: outbound, tlsCertificateName: to },
      found(),
    ],
    [
      'unknown',
      'send connectors not told',
      { check: 'send-connector', connector: outbound, tlsCertificateName: to },
      { ...found(), sendConnectors: null },
    ],
    [
      'holds',
      'hybrid set',
      { check: 'hybrid-configuration', tlsCertificateName: to },
      { ...found(), hybrid: { tlsCertificateName: to } },
    ],
    [
      'unknown',
      'hybrid not told',
      { check: 'hybrid-configuration', tlsCertificateName: to },
      { ...found(), hybrid: null },
    ],
    ['holds', 'all source servers ready', ready, everywhere({ networkServiceCanRead: true })],
    ['unknown', 'a source server that the configuration does not name', ready, withOutsideSource],
    ['fails', 'one source server without it', ready, withB({ networkServiceCanRead: true })],
    [
      'unknown',
      'one source server down',
      ready,
      withServer(everywhere({ networkServiceCanRead: true }), 'SERVER3', unreached),
    ],
    [
      'unknown',
      'a source server nobody told of',
      ready,
      {
        ...everywhere({ networkServiceCanRead: true }),
        sendConnectors: (found().sendConnectors ?? []).map((one) => ({ ...one, sourceTransportServers: ['OTHER'] })),
      },
    ],
    [
      'holds',
      'a source that is an Edge subscription',
      ready,
      {
        ...everywhere({ networkServiceCanRead: true }),
        edgeSubscriptions: ['EDGE1'],
        sendConnectors: (found().sendConnectors ?? []).map((one) => ({
          ...one,
          sourceTransportServers: ['SERVER1', 'EDGE1'],
        })),
      },
    ],
    ['holds', 'presented', presents, seen(now)],
    ['fails', 'another presented', presents, seen(now, a)],
    ['fails', 'nothing presented', presents, seen(now, null)],
    ['holds', 'nobody answered, and that was accepted', presents, seen(now, null), accepted],
    ['fails', 'another presented, whatever was accepted', presents, seen(now, a), accepted],
    ['unknown', 'never looked at, whatever was accepted', presents, found(), accepted],
    ['fails', 'a handshake that failed, whatever was accepted', presents, answered('handshake-failed'), accepted],
    ['fails', 'a connection closed, whatever was accepted', presents, answered('closed'), accepted],
    [
      'unknown',
      'nobody answered before the last change',
      presents,
      { ...seen('2026-11-22T20:30:00Z', null), changed: { [enableId]: now } },
      accepted,
    ],
    ['unknown', 'never looked at', presents, found()],
    [
      'unknown',
      'looked at before the last change',
      presents,
      { ...seen('2026-11-22T20:30:00Z'), changed: { [enableId]: now } },
    ],
    ['holds', 'looked at as the last change ended', presents, { ...seen(now), changed: { [enableId]: now } }],
    [
      'unknown',
      'looked at before the removal',
      presents,
      { ...seen('2026-11-22T20:30:00Z'), changed: { [stepId('remove', { server }, a.thumbprint)]: now } },
    ],
    ['holds', 'observed', { check: 'observed', server, endpoint: 'https' }, seen(now, null)],
    ['unknown', 'not observed', { check: 'observed', server, endpoint: 'smtp' }, seen(now)],
    ['holds', 'IMAP presents it', restart, { ...found(), observations: [observation(server, 'imaps', b, now)] }],
    ['holds', 'IMAP stopped', restart, onServer(() => ({ imap: { x509CertificateName: null, running: false } }))],
    [
      'unknown',
      'IMAP not told to run',
      restart,
      onServer(() => ({ imap: { x509CertificateName: null, running: null } })),
    ],
    ['fails', 'IMAP never restarted', restart, found()],
    ['holds', 'IMAP restarted, not seen yet', restart, { ...found(), restarted: { SERVER1: now } }],
    [
      'fails',
      'IMAP restarted before the enabling',
      restart,
      { ...found(), restarted: { SERVER1: '2026-11-22T20:30:00Z' }, changed: { [enableId]: now } },
    ],
    [
      'holds',
      'IMAP restarted, then nobody answered',
      restart,
      {
        ...found(),
        restarted: { SERVER1: '2026-11-22T20:30:00Z' },
        observations: [observation(server, 'imaps', null, now)],
      },
    ],
    ['fails', 'IIS not recycled', recycle, found()],
    [
      'holds',
      'IIS recycled',
      recycle,
      { ...found(), changed: { [stepId('recycle-iis', { server }, thumbprint)]: now } },
    ],
    [
      'holds',
      'watched',
      { check: 'watched', name: outbound, minutes: 10 },
      { ...found(), watched: { [outbound]: now } },
    ],
    ['unknown', 'not watched', { check: 'watched', name: outbound, minutes: 10 }, found()],
    [
      'unknown',
      'watched before the last change',
      { check: 'watched', name: outbound, minutes: 10 },
      { ...found(), watched: { [outbound]: '2026-11-22T20:30:00Z' }, changed: { [sendId]: now } },
    ],
    [
      'unknown',
      'replicated before the last change',
      { check: 'watched', name: 'replication', minutes: 1 },
      { ...found(), watched: { replication: '2026-11-22T20:30:00Z' }, changed: { [sendId]: now } },
    ],
    ['holds', 'two days passed', { check: 'days-passed', days: 2, since: '2026-11-20T21:00:00Z' }, found()],
    ['fails', 'a second less', { check: 'days-passed', days: 2, since: '2026-11-20T21:00:01Z' }, found()],
    ['unknown', 'days since nobody knows when', { check: 'days-passed', days: 2, since: null }, found()],
    [
      'holds',
      'decided',
      { check: 'decided', question: 'q', answer: 'yes' },
      found(),
      rotation({ decisions: decided({ q: 'yes' }) }),
    ],
    [
      'fails',
      'decided otherwise',
      { check: 'decided', question: 'q', answer: 'yes' },
      found(),
      rotation({ decisions: decided({ q: 'no' }) }),
    ],
    [
      'fails',
      'taken back',
      { check: 'decided', question: 'q', answer: 'yes' },
      found(),
      rotation({ decisions: [...decided({ q: 'yes' }), ...decided({ q: 'no' })] }),
    ],
    ['fails', 'not decided', { check: 'decided', question: 'q', answer: 'yes' }, found()],
    ['fails', 'used', { check: 'unused', server, thumbprint: a.thumbprint, endpoints: endpointKinds }, found()],
    ['unknown', 'perhaps used', { check: 'unused', server, thumbprint: a.thumbprint, endpoints: endpointKinds }, down],
    [
      'holds',
      'unused',
      { check: 'unused', server, thumbprint: thumb('5'), endpoints: endpointKinds },
      { ...found(), observations: [observation(server, 'imaps', b, now), observation(server, 'pop3s', b, now)] },
    ],
  ];
  for (const [verdict, title, check, of, decisions] of cases) {
    it(`${check.check} ${verdict === 'unknown' ? 'is unknown' : verdict}: ${title}`, () => {
      const made = judgeCheck(check, { view: viewOf(of), rotation: decisions ?? rotation(), now });
      assert.equal(made.verdict, verdict, JSON.stringify(made));
    });
  }
});
