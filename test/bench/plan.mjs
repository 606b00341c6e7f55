// Planning: how the time grows with the organization, and how long the largest one takes.
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);

/** Rows as test/run/bench.mjs prints them. */
export async function run() {
  const { plan } = require('../../out/src/plan/plan.js');
  const { renderJson } = require('../../out/src/folder/renderJson.js');
  const sample = require('../../out/test/plan/organization.js');

  const small = inputsOf(sample, 50, 1000, 500);
  const large = inputsOf(sample, 500, 10_000, 5000);
  const one = median(() => plan(small()));
  const ten = median(() => plan(large()));
  const copied = median(() => structuredClone(large().found));
  const written = median(() => renderJson(plan(large())));
  return [
    {
      what: 'planning 500 servers, 10,000 certificates, 5,000 connectors',
      value: ten,
      unit: 'ms',
      budget: 250,
      peer: { what: 'structuredClone of what was found', value: copied },
    },
    { what: 'planning ten times the organization', value: ten / one, unit: 'times', budget: 15 },
    { what: 'the same, with plan.json written', value: written, unit: 'ms' },
  ];
}

/** Fresh values each time, so that nothing is remembered from the run before. */
function inputsOf(sample, servers, certificates, connectors) {
  const names = Array.from({ length: servers }, (_one, at) => `SERVER${at + 1}`);
  const rows = names.map((name, at) => {
    const row = sample.server(at + 1);
    const others = Array.from({ length: certificates / servers - 2 }, (_one, index) =>
      sample.installed(sample.facts({ thumbprint: `${at}-${index}`.padStart(40, '0'), subject: `CN=other${index}` })),
    );
    const more = Array.from({ length: connectors / servers / 2 - 2 }, (_one, index) => ({
      ...row.receiveConnectors[1],
      identity: `${name}\\Relay ${index}`,
    }));
    return {
      ...row,
      certificates: [...row.certificates, ...others],
      receiveConnectors: [...row.receiveConnectors, ...more],
    };
  });
  const send = Array.from({ length: connectors / 2 }, (_one, index) => ({
    ...sample.found().sendConnectors[1],
    name: `Outbound ${index}`,
    sourceTransportServers: [names[index % servers]],
  }));
  const base = sample.wanted();
  const wanted = {
    ...base,
    servers: names.map((_name, at) => sample.wantedServer(at + 1)),
    connectors: { ...base.connectors, send: send.map(({ name }) => ({ name, certificate: 'www' })) },
    policy: { ...base.policy, observeDays: 7 },
  };
  const fresh = () => ({ ...sample.found(), servers: [...rows], sendConnectors: [...send] });
  return () => ({
    wanted,
    baseline: fresh(),
    found: fresh(),
    rotation: sample.rotation({ servers: names, decisions: sample.followed }),
    inputs: sample.inputs,
  });
}

/** Milliseconds; the median of seven runs after two that warm up. */
function median(work) {
  const times = Array.from({ length: 9 }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  }).slice(2);
  return times.sort((one, other) => one - other)[3];
}
