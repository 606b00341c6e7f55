// The invariants of a rotation (ARCHITECTURE.md), held against what the organization's log and state say after each script.
import assert from 'node:assert/strict';
import { type StepKind } from '../../../src/model/plan';
import { type LabBinding, type LabChange, type LabOutage, type LabState } from '../../lab/state';
import { type End, type Ran } from './drive';
import { type RandomCase } from './randomOrganization';
import { canServeSmtp, nameIn, serverIn, usersOf } from './uses';

export interface Pair {
  readonly a: string;
  readonly b: string;
}

/** A script's run between two looks at the organization. */
export interface Moment {
  readonly ran: Ran;
  readonly before: LabState;
  readonly after: LabState;
  readonly changes: readonly LabChange[];
  readonly outages: readonly LabOutage[];
}

/** What each kind may change: anything else is a touch of what is not its own. */
const mayChange: Readonly<Partial<Record<StepKind, readonly string[]>>> = {
  import: ['store.add'],
  'set-friendly-name': ['friendlyName.set'],
  'enable-services': ['service.enable', 'key.networkService', 'internalTransport.set', 'binding.set', 'requireSsl.set'],
  'restore-internal-transport-certificate': ['service.enable', 'key.networkService', 'internalTransport.set'],
  'restart-services': ['service.stop', 'service.start'],
  'recycle-iis': ['appPool.recycle', 'iis.reset'],
  'receive-connector': ['receiveConnector.set'],
  'send-connector': ['sendConnector.set'],
  'hybrid-configuration': ['hybrid.set'],
  remove: ['store.remove'],
};

/** Invariants 1, 2, 3 and 6, and that a step touches its own server and its own kind of thing. */
export function holdInvariants(moment: Moment, { a, b }: Pair, baseline: LabState): void {
  const { ran, before, after, changes, outages } = moment;
  const { kind, target } = ran.step;
  assert.deepEqual(outages, [], '2: a service had no valid certificate');
  for (const { what, server, detail } of changes) {
    assert.ok(mayChange[kind]?.includes(what), `${kind} did ${what} ${String(detail)}`);
    assert.equal(server, target.server ?? null, `${kind} touched ${String(server)}`);
    if (what === 'store.remove') {
      assert.equal(detail, a, '1: another certificate than the old one was removed');
      assert.deepEqual(usersOf(before, server ?? '', a), [], '1: it was used');
    }
  }
  if (kind === 'send-connector' && changes.length > 0) {
    const connector = after.sendConnectors.find(({ name }) => name === target.connector);
    for (const source of connector?.sourceTransportServers ?? []) {
      assert.ok(canServeSmtp(before, source, b), `3: ${source} could not use the new certificate`);
    }
  }
  if (ran.result !== null && ran.result.outcome !== 'failed') holdReadBack(ran, after, baseline);
}

/** 6: what the result says was read back is what is so; each step's success is a check that could have failed. */
function holdReadBack({ step, result }: Ran, after: LabState, baseline: LabState): void {
  assert.ok(step.after.length > 0, '6: a step without a check');
  for (const row of result?.after?.servers ?? []) {
    const real = serverIn(after, row.name);
    const told = real.store.map(({ certificate, friendlyName }) => [certificate, friendlyName ?? '']);
    same(row.certificates?.map(({ thumbprint, friendlyName }) => [thumbprint, friendlyName]).sort(), told.sort());
    same(row.internalTransport, real.internalTransport);
    same(row.internalTransport, serverIn(baseline, row.name).internalTransport);
    same(
      row.bindings?.map(({ port, host, iis, httpSys }) => [port, host, iis, httpSys].join(' ')).sort(),
      real.bindings?.map(({ port, host, iis, httpSys }) => [port, host, iis, httpSys].join(' ')).sort(),
    );
    same(
      row.receiveConnectors?.map(({ identity, tlsCertificateName }) => [identity, tlsCertificateName]),
      real.receiveConnectors?.map((one) => [`${row.name}\\${one.name}`, one.tlsCertificateName ?? '']),
    );
  }
  for (const row of result?.after?.sendConnectors ?? []) {
    const real = after.sendConnectors.find(({ name }) => name === row.name);
    assert.equal(row.tlsCertificateName, real?.tlsCertificateName ?? '');
  }
}

/** Null is not told, and claims nothing. */
function same(told: unknown, real: unknown): void {
  if (told !== null && told !== undefined) assert.deepEqual(told, real, '6: what was read back is not so');
}

/** 4: after a step has stopped, what still runs changes nothing on its server and begins no further one. */
export function holdStopped(end: End, later: readonly Moment[], earlier: readonly Moment[]): void {
  if (end.end !== 'stopped') return;
  const begun = new Set(earlier.filter(({ changes }) => changes.length > 0).map(({ ran }) => ran.step.target.server));
  const { server } = end.step.target;
  for (const { ran, changes } of later) {
    if (changes.length === 0) continue;
    const { target } = ran.step;
    assert.ok(server !== undefined && target.server !== undefined, `4: ${ran.step.kind} after ${end.step.kind} failed`);
    assert.ok(target.server !== server && begun.has(target.server), `4: ${ran.step.kind} of ${target.server}`);
  }
}

/** The end reached: A is gone, nothing names it, and all that was not A's is as before. */
export function holdEnd(baseline: LabState, state: LabState, { a, b }: Pair): void {
  const [oldName, newName] = [nameIn(baseline, a), nameIn(baseline, b)];
  const { certificates, ...organization } = state;
  assert.ok(Object.keys(certificates).length > 0);
  const text = JSON.stringify(organization);
  assert.ok(!text.includes(a), 'A is somewhere');
  assert.ok(!text.includes(JSON.stringify(oldName).slice(1, -1)), 'A is named somewhere');
  const moves = baseline.settings?.secondBinding !== 'leaves';
  /** What Enable binds of the front end, whatever was there: what answers on every address, and by the setting what has no name. */
  const isBound = ({ site, port, host = '', ip = '' }: LabBinding): boolean =>
    site === 'Default Web Site' && port === 443 && host === '' && (moves || ip === '' || ip === '*');
  const asOld = (name: string | null | undefined): string | null => (name === newName ? oldName : (name ?? null));
  for (const before of baseline.servers) {
    const now = serverIn(state, before.name);
    // Import-PfxCertificate brings the file's issuers along, without keys
    const stored = (server: typeof now): readonly string[] =>
      server.store
        .filter(({ certificate, hasPrivateKey }) => certificate !== a && certificate !== b && hasPrivateKey !== false)
        .map(({ certificate }) => certificate);
    assert.deepEqual(stored(now), stored(before));
    assert.deepEqual(
      [now.internalTransport, now.services, now.pop?.x509CertificateName, now.imap?.x509CertificateName],
      [before.internalTransport, before.services, before.pop?.x509CertificateName, before.imap?.x509CertificateName],
    );
    assert.deepEqual(
      now.bindings?.map(({ port, httpSys, iis, requireSsl }) => [port, httpSys, iis, requireSsl]),
      before.bindings?.map((one) => [
        one.port,
        one.httpSys === a || isBound(one) ? b : one.httpSys,
        one.iis === a || isBound(one) ? b : one.iis,
        one.requireSsl,
      ]),
    );
    for (const one of before.receiveConnectors ?? []) {
      if (one.name.startsWith('Default Frontend')) continue;
      const then = now.receiveConnectors?.find(({ name }) => name === one.name);
      assert.equal(asOld(then?.tlsCertificateName), one.tlsCertificateName ?? null, one.name);
    }
  }
}

/** Whether each step that is still open is so for a reason that is right in the organization as it is. */
export function holdRefusals(end: End, state: LabState, { a, b }: Pair, { person }: RandomCase): void {
  if (end.end === 'no-open-step') return;
  if (end.end === 'stopped') {
    const { kind, target } = end.step;
    assert.equal(kind, 'back-up', `${kind} stopped: ${JSON.stringify(end.state)}`);
    const entry = serverIn(state, target.server ?? '').store.find(({ certificate }) => certificate === a);
    assert.equal(entry?.exportable, false);
    return;
  }
  const open = new Set(end.held.map(({ step }) => step.id));
  for (const { step, state: held } of end.held) {
    const server = step.target.server ?? '';
    const why = `${step.kind} ${server}: ${JSON.stringify(held)}`;
    if ('question' in held) assert.equal(leaves(person, held.question), true, why);
    else if ('needs' in held) assert.ok(open.has(held.needs), why);
    else if ('because' in held) assert.ok(open.has(held.because), why);
    else if ('check' in held) assert.ok(isRight(held.check.check, server, step.target.connector), why);
    else assert.fail(why);
  }
  function isRight(check: string, server: string, connector: string | undefined): boolean {
    if (check === 'unused') return usersOf(state, server, a).length > 0;
    if (check === 'certificate-absent') return state.servers.some((one) => usersOf(state, one.name, a).length > 0);
    if (check !== 'source-servers-ready') return false;
    const sources = state.sendConnectors.find(({ name }) => name === connector)?.sourceTransportServers ?? [];
    return sources.some((source) => !canServeSmtp(state, source, b));
  }
}

function leaves(person: RandomCase['person'], question: string): boolean {
  const code = question.startsWith('no-backup') ? 'no-backup' : 'follow-hybrid';
  const asked = {
    id: question,
    code,
    target: {},
    answers: code === 'no-backup' ? ['accept'] : ['follow', 'leave'],
    found: null,
  } as const;
  return person.answer(asked) === undefined;
}
