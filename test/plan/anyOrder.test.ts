// Random organizations, run in any allowed order with interruptions: the invariants hold and no step stays open.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextSteps } from '../../src/evidence/nextSteps';
import type { Run } from '../../src/evidence/runs';
import type { Situation } from '../../src/evidence/situation';
import type { Found } from '../../src/model/found';
import type { Plan, Step } from '../../src/model/plan';
import type { EndpointKind } from '../../src/model/wanted';
import { plan } from '../../src/plan/plan';
import { refersTo } from '../../src/plan/tlsCertificateName';
import { isEnabledForSmtp } from '../../src/plan/usable';
import {
  a,
  b,
  decided,
  followed,
  found,
  inputs,
  outbound,
  rotation,
  server as serverRow,
  stepsOf,
  wanted,
  wantedServer,
  withPolicy,
} from './organization';
import { apply, type Model, presents, snapshot, timeOf } from './simulate';

interface Shape {
  readonly servers: readonly { readonly pop: boolean; readonly imap: boolean; readonly old: boolean }[];
  readonly sources: number;
  readonly minutes: number;
  readonly isNamed: boolean;
  readonly hasHybrid: boolean;
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  servers: fc.array(fc.record({ pop: fc.boolean(), imap: fc.boolean(), old: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  }),
  sources: fc.nat(15),
  minutes: fc.constantFrom(0, 5),
  isNamed: fc.boolean(),
  hasHybrid: fc.boolean(),
});

function organizationOf({ servers, sources, hasHybrid }: Shape): Found {
  const rows = servers.map(({ pop, imap, old }, at) => ({
    ...serverRow(at + 1),
    windows: old ? '10.0.14393' : '10.0.20348',
    pop: { x509CertificateName: 'www.mydomain.com', running: pop },
    imap: { x509CertificateName: 'www.mydomain.com', running: imap },
  }));
  const named = rows.map(({ name }) => name).filter((_name, at) => ((sources >> at) & 1) === 1);
  const base = found();
  return {
    ...base,
    servers: rows,
    hybrid: { tlsCertificateName: hasHybrid ? a.tlsCertificateName : '' },
    sendConnectors: (base.sendConnectors ?? []).map((one) => ({ ...one, sourceTransportServers: named })),
  };
}

const endpoints: readonly EndpointKind[] = ['smtp', 'https', 'imaps', 'pop3s'];

/** Invariants 1 to 3, in what is really so and not in what is known. */
function holdInvariants(before: Model, step: Step, after: Model): void {
  for (const row of after.found.servers) {
    const earlier = before.found.servers.find(({ name }) => name === row.name);
    for (const endpoint of endpoints) {
      if (earlier !== undefined && presents(before, earlier, endpoint) !== null) {
        assert.ok(
          presents(after, row, endpoint) !== null,
          `${row.name} ${endpoint} presents nothing after ${step.kind}`,
        );
      }
    }
    if (step.kind === 'remove' && step.target.server === row.name) {
      assert.ok(row.internalTransport !== a.thumbprint);
      const names = [
        ...(row.receiveConnectors ?? []),
        ...(after.found.sendConnectors ?? []).filter((one) => one.sourceTransportServers?.includes(row.name) === true),
      ];
      assert.ok(
        names.every((one) => !refersTo(one.tlsCertificateName ?? '', a.tlsCertificateName)),
        'A is named and removed',
      );
      assert.ok(
        before.found.backups.some((one) => one.server === row.name && one.verified),
        'removed without a backup',
      );
    }
  }
  if (step.kind === 'send-connector') {
    const sources = after.found.sendConnectors?.find(
      ({ name }) => name === step.target.connector,
    )?.sourceTransportServers;
    for (const name of sources ?? []) {
      const row = after.found.servers.find((one) => one.name === name);
      const fresh = row?.certificates?.find((one) => one.thumbprint === b.thumbprint);
      assert.ok(fresh !== undefined && isEnabledForSmtp(fresh) === true, `${name} is a source without B`);
    }
  }
}

/** Steps a person may begin now: the bulk run's, and those that are confirmed one by one. */
function allowed(situation: Situation): readonly Step[] {
  return stepsOf(situation.plan).filter(({ id }) => nextSteps(situation, { scope: 'step', id }).length > 0);
}

/** One whole rotation; `choices` picks steps and says where the run is cut off. Returns how many steps it took. */
function run(shape: Shape, choices: readonly number[]): number {
  const baseline = organizationOf(shape);
  const config = withPolicy(
    wanted({
      remoting: { exchange: shape.servers.map((_one, at) => `http://${wantedServer(at + 1).fqdn}/PowerShell/`) },
      servers: shape.servers.map((_one, at) => wantedServer(at + 1)),
      connectors: {
        send: shape.isNamed ? wanted().connectors.send : [],
        receive: wanted().connectors.receive,
      },
    }),
    { queueMinutes: shape.minutes, replicationMinutes: shape.minutes },
  );
  const intent = rotation({
    servers: baseline.servers.map(({ name }) => name),
    decisions: [...followed, ...decided({ [`follow:send-connector:${outbound}`]: 'follow' })],
  });
  const loaded = Object.fromEntries(
    baseline.servers.flatMap(({ name }) => [
      [`${name} imaps`, a.thumbprint],
      [`${name} pop3s`, a.thumbprint],
    ]),
  );
  let model: Model = { found: baseline, fresh: b, presented: loaded, clock: 0 };
  let known: Found = baseline;
  const runs = new Map<string, Run>();
  const plan_ = (): Plan =>
    plan({ wanted: config, baseline, found: known, rotation: intent, inputs: { ...inputs, now: timeOf(model.clock) } });

  for (let count = 0; count < 400; count += 1) {
    const made = plan_();
    if (stepsOf(made).length === 0) return count;
    const situation: Situation = { plan: made, found: known, rotation: intent, now: timeOf(model.clock), runs };
    const changed = known.servers.find(
      (row) => row.internalTransport !== baseline.servers.find(({ name }) => name === row.name)?.internalTransport,
    );
    const [first] = nextSteps(situation, { scope: 'all' });
    // nothing runs before the restore; cut off itself, it waits for a snapshot
    if (changed !== undefined && first !== undefined)
      assert.equal(first.kind, 'restore-internal-transport-certificate');
    const choice = choices[count % choices.length] ?? 0;
    const possible = changed === undefined ? allowed(situation) : [first].filter((one) => one !== undefined);
    const step = possible[choice % Math.max(1, possible.length)];
    if (step === undefined) {
      // nothing may run: only a new snapshot leads on (invariant 5)
      model = snapshot(model);
      assert.notEqual(known, model.found, 'a snapshot changed nothing and nothing may run');
      known = model.found;
      for (const [id, run] of runs) runs.set(id, { ...run, seen: true });
      continue;
    }
    const isKilled = count < 60 && choice % 5 === 0;
    const after = apply(model, step, isKilled);
    holdInvariants(model, step, after);
    model = after;
    runs.set(step.id, { at: timeOf(model.clock), outcome: isKilled ? 'unknown' : 'done', seen: false });
    if (!isKilled) known = withUnread(known, model.found, step);
  }
  assert.fail(
    `steps stay open: ${stepsOf(plan_())
      .map(({ kind, target }) => `${kind} ${JSON.stringify(target)}`)
      .join(', ')}`,
  );
}

/** A result tells of its own server alone: what a killed run left on another one is not known yet. */
function withUnread(known: Found, truth: Found, step: Step): Found {
  const { server } = step.target;
  return {
    ...truth,
    servers: truth.servers.map((row) =>
      row.name === server ? row : (known.servers.find(({ name }) => name === row.name) ?? row),
    ),
  };
}

describe('a rotation in any allowed order', () => {
  it('holds the invariants and ends without an open step, wherever it is cut off', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(
        shapes,
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 80 }),
        (shape, choices) => run(shape, choices) > 0,
      ),
      { numRuns: 100, includeErrorInReport: true },
    );
  });

  it('runs straight through the sample in as many steps as its plan has', () => {
    const sample: Shape = {
      servers: [1, 2, 3, 4].map((at) => ({ pop: at !== 3, imap: true, old: at === 4 })),
      sources: 15,
      minutes: 0,
      isNamed: true,
      hasHybrid: true,
    };
    // 41 steps at the beginning, and a look at each server after its removal
    assert.equal(run(sample, [1]), 45);
  });
});
