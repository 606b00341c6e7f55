// The planner, rule by rule, over small edits of the sample organization.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Found, FoundServer } from '../../src/model/found';
import type { Phase, StepKind } from '../../src/model/plan';
import { sameName } from '../../src/model/names';
import { judgeCheck } from '../../src/plan/judgeCheck';
import { plan } from '../../src/plan/plan';
import { viewOf } from '../../src/plan/view';
import {
  a,
  b,
  decided,
  facts,
  followed,
  found,
  inputs,
  installed,
  now,
  observation,
  outbound,
  planOf,
  relay,
  rotation,
  stepOf,
  stepsOf,
  thumb,
  unreached,
  wanted,
  withCertificate,
  withPolicy,
  withReceiveConnector,
  withSendConnector,
  withServer,
} from './organization';

const full = { rotation: rotation({ decisions: followed }) };

/** A server as the snapshot tells it that the configuration does not name: nothing of it was read. */
function unnamed(name: string): FoundServer {
  const [row] = found().servers;
  return { ...row!, ...unreached(row!), name, fqdn: `${name.toLowerCase()}.mydomain.com` };
}

function kindsOf(phase: Phase, server?: string): readonly StepKind[] {
  const of = planOf(full).phases.find((one) => one.phase === phase && one.server === server);
  return of?.steps.map((step) => step.kind) ?? [];
}

/** B imported, enabled and named, on one server or all. */
function cutOver(base: Found, names: readonly string[] = base.servers.map(({ name }) => name)): Found {
  return {
    ...base,
    servers: base.servers.map((row) =>
      names.some((name) => sameName(name, row.name))
        ? {
            ...row,
            certificates: [
              ...(row.certificates ?? []),
              installed(b, {
                networkServiceCanRead: true,
                assigned: ['POP', 'IMAP', 'IIS', 'SMTP'],
                friendlyName: 'www.mydomain.com - Nov26-Feb27',
              }),
            ],
            bindings: (row.bindings ?? []).map((one) =>
              one.port === 443 ? { ...one, iis: b.thumbprint, httpSys: b.thumbprint } : one,
            ),
            receiveConnectors: (row.receiveConnectors ?? []).map((one) => ({
              ...one,
              tlsCertificateName: one.tlsCertificateName === '' ? '' : b.tlsCertificateName,
            })),
          }
        : row,
    ),
  };
}

/** A gone from these servers. */
function withoutOld(base: Found, names: readonly string[]): Found {
  return names.reduce(
    (of, name) =>
      withServer(of, name, (row) => ({
        certificates: (row.certificates ?? []).filter(({ thumbprint }) => thumbprint !== a.thumbprint),
      })),
    base,
  );
}

describe('plan', () => {
  describe('phases of a new-name rotation', () => {
    const cases: readonly [Phase, string | undefined, readonly StepKind[]][] = [
      ['check', undefined, ['probe', 'probe', 'probe', 'probe']],
      [
        'stage',
        undefined,
        [
          ...Array<StepKind>(4).fill('back-up'),
          'convert',
          ...Array<StepKind>(4).fill('import'),
          ...Array<StepKind>(4).fill('set-friendly-name'),
        ],
      ],
      ['cutover', 'SERVER1', ['enable-services', 'restart-services', 'receive-connector', 'probe']],
      [
        'cutover',
        'SERVER2',
        ['enable-services', 'restart-services', 'receive-connector', 'receive-connector', 'probe'],
      ],
      ['organization', undefined, ['send-connector', 'hybrid-configuration']],
      ['remove', undefined, ['remove', 'remove', 'remove', 'remove', 'delete-copies']],
    ];
    for (const [phase, server, kinds] of cases) {
      it(`${phase} ${server ?? ''} has its steps in the safe order`, () => {
        assert.deepEqual(kindsOf(phase, server), kinds);
      });
    }

    it('comes in the order check, stage, cutovers by server, organization, remove', () => {
      assert.deepEqual(
        planOf(full).phases.map(({ phase, server }) => server ?? phase),
        ['check', 'stage', 'SERVER1', 'SERVER2', 'SERVER3', 'SERVER4', 'organization', 'remove'],
      );
    });

    it('is the same text for the same inputs, and step ids do not move with the order of servers', () => {
      assert.equal(JSON.stringify(planOf(full)), JSON.stringify(planOf(full)));
      const turned = planOf({
        rotation: rotation({ decisions: followed, servers: ['SERVER4', 'SERVER3', 'SERVER2', 'SERVER1'] }),
      });
      assert.deepEqual(
        stepsOf(turned)
          .map(({ id }) => id)
          .sort(),
        stepsOf(planOf(full))
          .map(({ id }) => id)
          .sort(),
      );
      assert.equal(turned.phases.find(({ phase }) => phase === 'cutover')?.server, 'SERVER4');
    });

    it('has ids that are unique, and needs that name steps of the plan that stand before', () => {
      const steps = stepsOf(planOf(full));
      const ids = steps.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      for (const [at, step] of steps.entries()) {
        for (const need of step.needs) assert.ok(ids.includes(need) && ids.indexOf(need) < at, `${step.kind} ${need}`);
      }
    });

    it('gives every step a check after it, and every change one that can fail now', () => {
      for (const step of stepsOf(planOf(full))) assert.ok(step.after.length > 0, step.kind);
    });

    it('names scripts that are valid on Windows, and none for what a person or the extension does', () => {
      for (const { script, kind } of stepsOf(planOf(full))) {
        if (kind === 'probe' || kind === 'convert') assert.equal(script, null);
        else assert.match(script ?? '', /^scripts\/[A-Za-z0-9_-]{1,96}\.ps1$/);
      }
    });
  });

  describe('server by server', () => {
    it('makes every step of a cutover need the one before, and the next server the last of this one', () => {
      const cutovers = planOf(full).phases.filter(({ phase }) => phase === 'cutover');
      const chain = cutovers.flatMap(({ steps }) => steps);
      for (const [at, step] of chain.entries()) {
        const before = chain[at - 1];
        if (before !== undefined) assert.ok(step.needs.includes(before.id), step.kind);
      }
    });

    it('lets the first server begin without a word, and the others wait for Continue', () => {
      const waits = (server: string): boolean =>
        stepOf(planOf(full), 'enable-services', server)?.before.some(
          (check) => check.check === 'decided' && check.question === 'continue:after-canary',
        ) === true;
      assert.deepEqual(['SERVER1', 'SERVER2', 'SERVER4'].map(waits), [false, true, true]);
    });

    it('believes Continue only from after the last change of the first server', () => {
      const enable = stepOf(planOf(full), 'enable-services', 'SERVER1')?.id ?? '';
      const removal = stepOf(planOf(full), 'remove', 'SERVER1')?.id ?? '';
      const said = decided({ 'continue:after-canary': 'yes' });
      const verdict = (changed: Found['changed'], decisions = said): string => {
        const of = { ...found(), changed };
        const check = { check: 'decided', question: 'continue:after-canary', answer: 'yes' } as const;
        const intent = rotation({ decisions });
        return judgeCheck(check, { view: viewOf(of), rotation: intent, now }).verdict;
      };
      // the decision is of 21:00
      assert.equal(verdict({ [enable]: '2026-11-22T21:00:01Z' }), 'unknown');
      assert.equal(verdict({ [enable]: '2026-11-22T20:59:59Z' }), 'holds');
      assert.equal(verdict({ [removal]: '2026-11-22T22:00:00Z' }), 'holds');
      // a server that was deferred then is not the one that the word was about
      const backIn = [...decided({ 'defer:SERVER1': 'yes' }), ...said, ...decided({ 'defer:SERVER1': 'no' })];
      assert.equal(verdict({ [enable]: '2026-11-22T22:00:00Z' }, backIn), 'holds');
    });

    it('makes the first server that is not deferred the canary', () => {
      const made = planOf({ rotation: rotation({ decisions: decided({ 'defer:SERVER1': 'yes' }) }) });
      assert.ok(stepOf(made, 'enable-services', 'SERVER2')?.before.every((check) => check.check !== 'decided'));
    });

    it('changes a send connector only after the last cutover, and removes only after the organization', () => {
      const made = planOf(full);
      const last = made.phases.findLast(({ phase }) => phase === 'cutover')?.steps.at(-1)?.id ?? '';
      assert.deepEqual(stepOf(made, 'send-connector')?.needs, [last]);
      assert.ok(stepOf(made, 'remove', 'SERVER1')?.needs.includes(stepOf(made, 'send-connector')?.id ?? ''));
      assert.deepEqual(stepOf(made, 'remove', 'SERVER2')?.needs, stepOf(made, 'remove', 'SERVER1')?.needs);
    });
  });

  describe('a back-up', () => {
    it('comes before the import of its server', () => {
      const made = planOf(full);
      assert.ok(stepOf(made, 'import', 'SERVER2')?.needs.includes(stepOf(made, 'back-up', 'SERVER2')?.id ?? ''));
    });

    it('must be verified before the removal', () => {
      assert.ok(
        stepOf(planOf(full), 'remove', 'SERVER1')?.before.some(
          (check) => check.check === 'backup-verified' && check.thumbprint === a.thumbprint,
        ),
      );
    });

    const locked = withServer(found(), 'SERVER2', (row) =>
      withCertificate(row, installed(a, { exportable: false, networkServiceCanRead: true })),
    );
    it('that can not be made is a question, and an accepted answer takes its place', () => {
      assert.ok(planOf({ found: locked }).questions.some(({ id }) => id === 'no-backup:SERVER2'));
      const made = planOf({
        found: locked,
        rotation: rotation({ decisions: decided({ 'no-backup:SERVER2': 'accept' }) }),
      });
      assert.equal(
        made.questions.some(({ code }) => code === 'no-backup'),
        false,
      );
      assert.equal(stepOf(made, 'back-up', 'SERVER2'), undefined);
      assert.ok(
        stepOf(made, 'remove', 'SERVER2')?.before.some(
          (check) => check.check === 'decided' && check.question === 'no-backup:SERVER2',
        ),
      );
    });
  });

  describe('an import', () => {
    const build = (
      windows: string | null,
      imports: boolean | null,
      later = true,
    ): 'original' | 'converted' | undefined => {
      const pfx = rotation().to.pfx;
      const importsOn = { windowsServer2016: imports, windowsServer2019: later, windowsServer2022: later };
      return stepOf(
        planOf({
          found: withServer(found(), 'SERVER1', () => ({ windows })),
          rotation: rotation({ to: { ...rotation().to, pfx: { ...pfx, importsOn } } }),
        }),
        'import',
        'SERVER1',
      )?.source;
    };
    const cases: readonly [string, string | null, boolean | null, 'original' | 'converted'][] = [
      ['2019', '10.0.17763', false, 'original'],
      ['2016', '10.0.14393', false, 'converted'],
      ['2012 R2', '6.3.9600', false, 'converted'],
      ['2016 with a file it opens', '10.0.14393', true, 'original'],
      ['2016 with a file nobody opened', '10.0.14393', null, 'converted'],
      ['an unknown Windows', null, false, 'converted'],
    ];
    it('reads the converted file on 2019 and later, too, where no Windows imports the original', () => {
      assert.equal(build('10.0.20348', false, false), 'converted');
    });

    for (const [title, windows, imports, source] of cases) {
      it(`reads the ${source} file on ${title}`, () => {
        assert.equal(build(windows, imports), source);
      });
    }

    it('from the converted copy needs the conversion', () => {
      const made = planOf(full);
      assert.ok(stepOf(made, 'import', 'SERVER4')?.needs.includes(stepOf(made, 'convert')?.id ?? ''));
      assert.deepEqual(stepOf(made, 'import', 'SERVER4')?.reason, { code: 'pfx-unreadable-on', windows: '2016' });
    });

    const settled: readonly [string, Parameters<typeof installed>[1], boolean][] = [
      ['with its key in a CSP', {}, true],
      ['without its key', { hasPrivateKey: false }, false],
      ['with a key nobody told of', { hasPrivateKey: null }, false],
      ['in a key storage provider', { provider: 'CNG' }, false],
      ['with a provider nobody told of', { provider: null }, false],
    ];
    for (const [title, edit, isSettled] of settled) {
      it(`${title} is ${isSettled ? 'settled' : 'open, and held by the certificate that is there'}`, () => {
        const there = withServer(found(), 'SERVER1', (row) => withCertificate(row, installed(b, edit)));
        const step = stepOf(planOf({ found: there }), 'import', 'SERVER1');
        assert.equal(step === undefined, isSettled);
        if (step !== undefined) assert.ok(step.before.some(({ check }) => check === 'certificate-absent'));
      });
    }
  });

  describe('an import whose key came into a key storage provider', () => {
    const fell = installed(b, { provider: 'CNG', networkServiceCanRead: null });
    const looks = ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'].flatMap((name) =>
      (['smtp', 'https', 'imaps', 'pop3s'] as const).map((protocol) => observation(name, protocol, a, now)),
    );
    const there: Found = {
      ...withServer(found(), 'SERVER1', (row) => ({
        ...withCertificate(row, fell),
        pop: { x509CertificateName: 'www.mydomain.com', running: false },
      })),
      observations: looks,
    };
    const guardOf = (of: Found): string => {
      const step = stepOf(planOf({ ...full, found: of }), 'take-back-import', 'SERVER1');
      const verdicts = step?.before.map((check) =>
        judgeCheck(check, { view: viewOf(of), rotation: full.rotation, now }),
      );
      return verdicts?.find(({ verdict }) => verdict !== 'holds')?.verdict ?? 'holds';
    };

    it('is taken back, and the copy is imported instead, on every server that lacks the certificate', () => {
      const made = planOf({ ...full, found: there });
      const back = stepOf(made, 'take-back-import', 'SERVER1');
      assert.equal(back?.thumbprint, b.thumbprint);
      assert.deepEqual(
        back.after.map((check) => check.check),
        ['certificate-absent'],
      );
      for (const name of ['SERVER1', 'SERVER2']) {
        const step = stepOf(made, 'import', name);
        assert.deepEqual([step?.source, step?.reason.code], ['converted', 'key-storage-provider']);
        assert.ok(step?.needs.includes(stepOf(made, 'convert')?.id ?? ''));
      }
      assert.ok(stepOf(made, 'import', 'SERVER1')?.needs.includes(back.id));
      assert.equal(stepOf(made, 'take-back-import', 'SERVER2'), undefined);
    });

    it('is still imported from the copy once it has been taken back', () => {
      const id = stepOf(planOf({ ...full, found: there }), 'take-back-import', 'SERVER1')?.id ?? '';
      const made = planOf({ ...full, found: { ...found(), changed: { [id]: now } } });
      assert.equal(stepOf(made, 'take-back-import', 'SERVER1'), undefined);
      assert.equal(stepOf(made, 'import', 'SERVER1')?.source, 'converted');
    });

    it('is taken back where nothing uses it and the old certificate serves on, not where anything does or may', () => {
      assert.equal(guardOf(there), 'holds');
      const bound = withServer(there, 'SERVER1', (row) => ({
        bindings: (row.bindings ?? []).map((one) => ({ ...one, httpSys: b.thumbprint })),
      }));
      const named = withServer(there, 'SERVER1', (row) =>
        withReceiveConnector(row, 'SERVER1\\Default Frontend SERVER1', b.tlsCertificateName),
      );
      const presenting = { ...there, observations: [observation('SERVER1', 'imaps', b, now)] };
      assert.deepEqual([bound, named, presenting].map(guardOf), ['fails', 'fails', 'fails']);
      const alone = withServer(there, 'SERVER1', () => ({ certificates: [fell] }));
      assert.equal(guardOf(alone), 'fails');
      assert.equal(guardOf(withServer(there, 'SERVER1', () => ({ internalTransport: null }))), 'unknown');
    });

    it('is not taken back by a look from before it was imported', () => {
      const id = stepOf(planOf(full), 'import', 'SERVER1')?.id ?? '';
      assert.equal(guardOf({ ...there, changed: { [id]: '2026-11-22T22:00:00Z' } }), 'unknown');
      assert.equal(guardOf({ ...there, changed: { [id]: '2026-11-22T20:00:00Z' } }), 'holds');
    });
  });

  describe('questions', () => {
    it('ask about servers that the configuration does not name, once for all, and hold the cutover till they are left', () => {
      const outside = { ...found(), servers: [...found().servers, ...['X1', 'X2'].map(unnamed)] };
      const open = planOf({ ...full, found: outside });
      assert.deepEqual(
        open.questions.map(({ id, code, answers, found: names }) => [id, code, answers, names]),
        [['outside:X1,X2', 'servers-not-in-config', ['leave'], 'X1, X2']],
      );
      const left = rotation({ decisions: [...followed, ...decided({ 'outside:X1,X2': 'leave' })] });
      const closed = planOf({ found: outside, rotation: left });
      assert.deepEqual([closed.questions, closed.phases], [[], planOf(full).phases]);
      const more = { ...outside, servers: [...outside.servers, unnamed('X3')] };
      assert.equal(planOf({ found: more, rotation: left }).questions.length, 1);
    });
    const base = planOf();
    it('are asked for the relay connector and the hybrid configuration, which the configuration does not mention', () => {
      assert.deepEqual(
        base.questions.map(({ id }) => id),
        [`follow:receive-connector:${relay}`, 'follow:hybrid'],
      );
    });

    it('are asked for a send connector that is not in the configuration', () => {
      const less = wanted({ connectors: { send: [], receive: wanted().connectors.receive } });
      assert.ok(planOf({ wanted: less }).questions.some(({ id }) => id === `follow:send-connector:${outbound}`));
    });

    it('followed become steps, and left do not', () => {
      const answered = (answer: string): readonly (string | undefined)[] =>
        stepsOf(
          planOf({ rotation: rotation({ decisions: decided({ [`follow:receive-connector:${relay}`]: answer }) }) }),
        ).map(({ target }) => target.connector);
      assert.ok(answered('follow').includes(relay));
      assert.ok(!answered('leave').includes(relay));
    });

    it('stay closed once the connector follows', () => {
      const done = withServer(found(), 'SERVER2', (row) => withReceiveConnector(row, relay, b.tlsCertificateName));
      const made = planOf({ ...full, found: done });
      assert.deepEqual(made.questions, []);
      assert.ok(made.settled.some(({ target }) => target.connector === relay));
    });

    it('leave a followed connector alone that somebody has since set to another certificate', () => {
      const third = withServer(found(), 'SERVER2', (row) => withReceiveConnector(row, relay, '<I>CN=X<S>CN=Y'));
      assert.ok(stepsOf(planOf({ ...full, found: third })).every(({ target }) => target.connector !== relay));
    });

    it('ask about a connector that should carry none and does, and never change it', () => {
      const carries = planOf({ ...full, found: withSendConnector(found(), 'SEND', a.tlsCertificateName) });
      assert.deepEqual(carries.questions[0]?.code, 'carries-certificate');
      assert.deepEqual(carries.questions[0].answers, ['leave']);
      assert.equal(stepOf(carries, 'send-connector', 'SEND'), undefined);
    });

    it('ask about a connector whose name was not told', () => {
      const untold = withServer(found(), 'SERVER2', (row) => withReceiveConnector(row, relay, null));
      assert.ok(planOf({ found: untold }).questions.some(({ code }) => code === 'old-name-unknown'));
    });

    it('of a deferred server are not asked', () => {
      const made = planOf({ rotation: rotation({ decisions: decided({ 'defer:SERVER2': 'yes' }) }) });
      assert.ok(made.questions.every(({ target }) => target.server !== 'SERVER2'));
    });
  });

  describe('a rotation of one server of several', () => {
    const one = rotation({ servers: ['SERVER1'], decisions: followed });
    const onlyFirst = cutOver(found(), ['SERVER1']);
    const verdicts = (of: Found): readonly string[] => {
      const step = stepOf(planOf({ rotation: one, found: of }), 'hybrid-configuration');
      return (step?.before ?? []).map((check) => {
        const { verdict } = judgeCheck(check, { view: viewOf(of), rotation: one, now });
        return `${'server' in check ? check.server : ''} ${verdict}`;
      });
    };

    it('changes the hybrid configuration only when the other servers have the new certificate for SMTP too', () => {
      assert.deepEqual(verdicts(onlyFirst), ['SERVER1 holds', 'SERVER2 fails', 'SERVER3 fails', 'SERVER4 fails']);
      assert.ok(verdicts(cutOver(found())).every((one) => one.endsWith('holds')));
    });

    it('waits there for a server that was not reached, and for none that has never had the old certificate', () => {
      assert.ok(verdicts(withServer(onlyFirst, 'SERVER2', unreached)).includes('SERVER2 unknown'));
      const spare = (of: Found): Found =>
        withServer(of, 'SERVER3', (row) => ({
          certificates: (row.certificates ?? []).filter(({ thumbprint }) => thumbprint !== a.thumbprint),
        }));
      const made = planOf({ rotation: one, baseline: spare(found()), found: spare(onlyFirst) });
      const asked = stepOf(made, 'hybrid-configuration')?.before.map((check) => 'server' in check && check.server);
      assert.deepEqual(asked, ['SERVER1', 'SERVER2', 'SERVER4']);
      // removed there since: it has served, and so it is waited for
      assert.ok(verdicts(spare(onlyFirst)).includes('SERVER3 fails'));
    });

    it('asks nothing about the connectors of the others, which it leaves as they are', () => {
      assert.ok(planOf({ rotation: one }).questions.every(({ target }) => target.server === undefined));
    });

    const gone = (of: Found): Found => withoutOld(of, ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4']);
    const left = stepOf(planOf({ rotation: one, found: withoutOld(onlyFirst, ['SERVER1']) }), 'other-servers');

    it('does not end while the others have the old certificate, and says which', () => {
      assert.deepEqual(left?.reason, {
        code: 'outside-of-the-rotation',
        servers: ['SERVER2', 'SERVER3', 'SERVER4'],
      });
      assert.equal(left.script, null);
      const unknown = planOf({ rotation: one, found: withServer(gone(found()), 'SERVER4', unreached) });
      assert.deepEqual(stepOf(unknown, 'other-servers')?.reason, {
        code: 'outside-of-the-rotation',
        servers: ['SERVER4'],
      });
      assert.equal(stepOf(planOf({ rotation: one, found: gone(found()) }), 'other-servers'), undefined);
    });

    it('holds no step of its own for that', () => {
      const made = planOf({ rotation: one, found: onlyFirst });
      const id = stepOf(made, 'other-servers')?.id ?? '';
      assert.ok(stepsOf(made).every(({ needs }) => !needs.includes(id)));
      assert.deepEqual(left?.needs, []);
    });

    it('says nothing of an Edge server, which no session reaches', () => {
      const edged = { ...withServer(gone(found()), 'SERVER4', unreached), edgeSubscriptions: ['server4'] };
      assert.equal(stepOf(planOf({ rotation: one, found: edged }), 'other-servers'), undefined);
    });
  });

  describe('a server that was not reached', () => {
    const down = withServer(found(), 'SERVER3', unreached);
    const made = planOf({ ...full, found: down, baseline: down });

    it('gets no change, keeps its place, and asks for a snapshot', () => {
      assert.deepEqual(
        stepsOf(made)
          .filter(({ target }) => target.server === 'SERVER3')
          .map(({ kind }) => kind),
        ['probe', 'probe'],
      );
      assert.ok(
        stepOf(made, 'take-snapshot')?.after.some((check) => check.check === 'reached' && check.server === 'SERVER3'),
      );
      assert.ok(
        made.phases
          .find(({ server }) => server === 'SERVER3')
          ?.steps.every(({ before }) => before[0]?.check === 'reached'),
      );
    });

    it('holds up the next one until it is deferred', () => {
      const held = stepOf(made, 'enable-services', 'SERVER4')?.needs ?? [];
      assert.ok(made.phases.find(({ server }) => server === 'SERVER3')?.steps.some(({ id }) => held.includes(id)));
      const deferred = planOf({
        found: down,
        baseline: down,
        rotation: rotation({ decisions: [...followed, ...decided({ 'defer:SERVER3': 'yes' })] }),
      });
      assert.deepEqual(
        deferred.phases.filter((phase) => phase.server === 'SERVER3'),
        [{ phase: 'cutover', server: 'SERVER3', deferred: true, steps: [] }],
      );
      assert.ok(stepsOf(deferred).every(({ target }) => target.server !== 'SERVER3'));
      assert.equal(stepOf(deferred, 'take-snapshot'), undefined);
    });
  });

  describe("an internal transport certificate that is not the baseline's", () => {
    const changed = cutOver(found(), ['SERVER1', 'SERVER2']);
    const made = planOf({
      ...full,
      found: withServer(changed, 'SERVER2', () => ({ internalTransport: b.thumbprint })),
    });

    it('is restored first, whatever else is open', () => {
      const [first, ...others] = stepsOf(made);
      assert.equal(first?.kind, 'restore-internal-transport-certificate');
      assert.equal(first.thumbprint, thumb('12'));
      assert.deepEqual(first.needs, []);
      for (const step of others) assert.ok(step.needs.includes(first.id), step.kind);
    });

    it('is restored even on a deferred server', () => {
      const deferred = planOf({
        found: withServer(found(), 'SERVER2', () => ({ internalTransport: b.thumbprint })),
        rotation: rotation({ decisions: decided({ 'defer:SERVER2': 'yes' }) }),
      });
      assert.equal(stepsOf(deferred)[0]?.kind, 'restore-internal-transport-certificate');
    });
  });

  describe('a baseline that does not tell the internal transport certificate of a server', () => {
    const baseline = withServer(found(), 'SERVER2', () => ({ internalTransport: null }));
    const made = planOf({ ...full, baseline });
    const holdsUp = { check: 'internal-transport', server: 'SERVER2', thumbprint: null } as const;

    it('holds the cutover of that server, and takes nothing that is found now for what it was', () => {
      const enable = stepOf(made, 'enable-services', 'SERVER2');
      assert.equal(enable?.internalTransport, null);
      assert.ok(enable.before.some((check) => check.check === 'internal-transport' && check.thumbprint === null));
      const world = { view: viewOf(found()), rotation: full.rotation, now };
      assert.deepEqual(judgeCheck(holdsUp, world), { verdict: 'unknown', why: 'not-in-the-baseline' });
      assert.ok(
        stepOf(made, 'enable-services', 'SERVER1')?.before.every((check) => !isDeepStrictEqual(check, holdsUp)),
      );
    });

    it('asks for a snapshot', () => {
      assert.ok(stepOf(made, 'take-snapshot')?.after.some((check) => isDeepStrictEqual(check, holdsUp)));
    });

    it('holds nothing where SMTP keeps its certificate', () => {
      const web = wanted({ certificates: wanted().certificates.map((one) => ({ ...one, services: ['IIS'] })) });
      const only = planOf({ ...full, baseline, wanted: web });
      assert.equal(stepOf(only, 'take-snapshot'), undefined);
      assert.ok(stepsOf(only).every(({ before }) => before.every((check) => !isDeepStrictEqual(check, holdsUp))));
    });
  });

  describe('enabling', () => {
    it("keeps the baseline's internal transport certificate and back end, and checks both after", () => {
      const step = stepOf(planOf(full), 'enable-services', 'SERVER1');
      assert.equal(step?.internalTransport, thumb('11'));
      assert.ok(step.after.some((check) => check.check === 'internal-transport' && check.thumbprint === thumb('11')));
      assert.ok(
        step.after.some((check) => check.check === 'binding' && check.port === 444 && check.thumbprint === thumb('11')),
      );
    });

    it('looks at the provider of the key before', () => {
      assert.ok(
        stepOf(planOf(full), 'enable-services', 'SERVER1')?.before.some(
          (check) => check.check === 'certificate-installed' && check.provider === 'csp',
        ),
      );
    });

    for (const [found443, requireSsl] of [
      [true, true],
      [false, false],
      [null, false],
    ] as const) {
      it(`leaves Require SSL ${requireSsl ? 'on' : 'alone'} where the baseline says ${String(found443)}`, () => {
        const baseline = withServer(found(), 'SERVER1', (row) => ({
          bindings: (row.bindings ?? []).map((one) => (one.port === 443 ? { ...one, requireSsl: found443 } : one)),
        }));
        assert.equal(stepOf(planOf({ baseline }), 'enable-services', 'SERVER1')?.requireSsl, requireSsl);
      });
    }

    it('of a wildcard certificate leaves POP and IMAP out', () => {
      const wild = facts({ ...b, subject: 'CN=*.mydomain.com', dnsNames: ['*.mydomain.com'] });
      const step = stepOf(
        planOf({ rotation: rotation({ to: { ...rotation().to, certificate: wild } }) }),
        'enable-services',
      );
      assert.deepEqual(step?.services, ['IIS', 'SMTP']);
    });
  });

  describe('POP and IMAP', () => {
    it('are restarted only where they run', () => {
      assert.deepEqual(stepOf(planOf(full), 'restart-services', 'SERVER3')?.services, ['IMAP']);
      assert.deepEqual(stepOf(planOf(full), 'restart-services', 'SERVER1')?.services, ['POP', 'IMAP']);
    });

    it('that are stopped are settled as not offered, and not looked at', () => {
      const stopped = withServer(found(), 'SERVER1', (row) => ({
        pop: { x509CertificateName: row.pop?.x509CertificateName ?? null, running: false },
        imap: { x509CertificateName: null, running: false },
      }));
      const made = planOf({ ...full, found: stopped });
      assert.equal(stepOf(made, 'restart-services', 'SERVER1'), undefined);
      assert.ok(made.settled.some(({ note, target }) => note === 'not-offered' && target.server === 'SERVER1'));
      assert.deepEqual(stepOf(made, 'probe', 'SERVER1')?.endpoints, ['smtp', 'https']);
    });

    const seen = (of: typeof a, at: string): Found => ({
      ...cutOver(found()),
      observations: [observation('SERVER1', 'imaps', of, at), observation('SERVER1', 'pop3s', of, at)],
    });
    const cases: readonly [string, Found, boolean][] = [
      ['were never looked at and never restarted', cutOver(found()), true],
      ['present the old certificate', seen(a, now), true],
      ['present the new one', seen(b, now), false],
      [
        'were restarted and not looked at since',
        { ...seen(a, '2026-11-22T20:30:00Z'), restarted: { SERVER1: '2026-11-22T20:31:00Z' } },
        false,
      ],
      [
        'still present the old one after a restart',
        { ...seen(a, now), restarted: { SERVER1: '2026-11-22T20:31:00Z' } },
        true,
      ],
    ];
    for (const [title, of, open] of cases) {
      it(`that ${title} ${open ? 'are restarted' : 'are not restarted again'}`, () => {
        assert.equal(stepOf(planOf({ ...full, found: of }), 'restart-services', 'SERVER1') !== undefined, open);
      });
    }
  });

  describe('what the configuration says not to wait for', () => {
    it('is settled and says so', () => {
      assert.deepEqual(
        planOf(full)
          .settled.filter(({ note }) => note === 'not-waited')
          .map(({ kind }) => kind),
        ['wait-for-replication', 'watch-queues', 'observe'],
      );
    });

    it('is a step where minutes or days are given', () => {
      const made = planOf({
        ...full,
        wanted: withPolicy(wanted(), { observeDays: 3, queueMinutes: 10, replicationMinutes: 5 }),
      });
      assert.equal(stepOf(made, 'observe')?.days, 3);
      assert.equal(stepOf(made, 'watch-queues', outbound)?.minutes, 10);
      assert.ok(stepOf(made, 'remove', 'SERVER1')?.needs.includes(stepOf(made, 'observe')?.id ?? ''));
    });

    for (const iis of ['recycle', 'reset'] as const) {
      it(`IIS is touched only where asked: ${iis}`, () => {
        assert.equal(stepOf(planOf(full), 'recycle-iis'), undefined);
        assert.equal(
          stepOf(planOf({ ...full, wanted: withPolicy(wanted(), { iis }) }), 'recycle-iis', 'SERVER1')?.how,
          iis,
        );
      });
    }
  });

  describe('a receive connector the configuration names', () => {
    it('and no server has is planned and held, not left out', () => {
      const typo = wanted({
        connectors: { ...wanted().connectors, receive: [{ name: 'Default Fronted {server}', certificate: 'www' }] },
      });
      assert.ok(stepOf(planOf({ wanted: typo }), 'receive-connector', 'SERVER1'));
    });

    it('and only one server has is planned there alone', () => {
      const named = wanted({
        connectors: {
          ...wanted().connectors,
          receive: [...wanted().connectors.receive, { name: 'Relay SERVER2', certificate: 'www' }],
        },
      });
      const connectors = stepsOf(planOf({ wanted: named })).map(({ target }) => target.connector);
      assert.equal(connectors.filter((name) => name?.endsWith('Relay SERVER2')).length, 1);
    });
  });

  it('asks for proof only at endpoints that this rotation changes', () => {
    const bare = wanted({ connectors: { send: [], receive: [] } });
    assert.deepEqual(stepOf(planOf({ wanted: bare }), 'probe', 'SERVER1')?.endpoints, [
      'smtp',
      'https',
      'imaps',
      'pop3s',
    ]);
    const proving = stepsOf(planOf({ wanted: bare })).find(
      (step) => step.kind === 'probe' && step.thumbprint === b.thumbprint && step.target.server === 'SERVER1',
    );
    assert.deepEqual(
      proving?.after.map((check) => (check.check === 'presents' ? check.endpoint : check.check)),
      ['https', 'imaps', 'pop3s'],
    );
  });

  it('does nothing but prove where everything is done', () => {
    const done = withSendConnector(cutOver(found()), outbound, b.tlsCertificateName);
    const gone = {
      ...done,
      hybrid: { tlsCertificateName: b.tlsCertificateName },
      servers: done.servers.map((row) => ({
        ...row,
        certificates: (row.certificates ?? []).filter(({ thumbprint }) => thumbprint !== a.thumbprint),
      })),
      observations: ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'].flatMap((name) =>
        (['smtp', 'https', 'imaps', 'pop3s'] as const).map((protocol) => observation(name, protocol, b, now)),
      ),
    };
    const made = plan({ wanted: wanted(), baseline: found(), found: gone, rotation: full.rotation, inputs });
    assert.deepEqual(stepsOf(made), []);
    assert.deepEqual(made.phases, []);
  });
});
