// The lab: how fast a script runs in a fresh session, an organization is built, listeners stand, and whether memory stays.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);

/** As many lines as a step's script has, of what such a script does; no remote session. */
const script = [
  "$ErrorActionPreference = 'Stop'",
  '$seen = New-Object -TypeName Collections.ArrayList',
  ...Array.from({ length: 12 }, (_none, at) => [
    `$one = Get-ExchangeServer -Identity 'SERVER${(at % 4) + 1}'`,
    `if ($one.Name -ne 'SERVER${(at % 4) + 1}') { throw 'another server' }`,
    `$null = $seen.Add([ordered]@{ name = $one.Name; at = ${at} })`,
  ]).flat(),
  '$text = ConvertTo-Json -InputObject @($seen) -Depth 4',
  "if ($text.Length -eq 0) { throw 'nothing' }",
].join('\n');

/** Rows as test/run/bench.mjs prints them. */
export async function run() {
  const { EngineProcess } = require('../../out/test/lab/engineProcess.js');
  const { labProgram } = require('../../out/test/lab/labProgram.js');
  const { sampleOrganization } = require('../../out/test/lab/sample.js');
  // one process for all, as the client would begin a fresh one every so many runs
  const engine = new EngineProcess(labProgram());
  const place = await engine.ask('organization.new', { state: sampleOrganization() });
  const work = { ...place, kind: 'managementShell', server: 'SERVER1' };
  const runOne = async (text) => {
    const { outcome, errors } = await engine.ask('run', { ...work, script: text });
    if (outcome !== 'completed') throw new Error(JSON.stringify(errors));
  };
  const build = async () => {
    const made = await engine.ask('organization.new', { state: withServers(sampleOrganization(), 6) });
    await engine.ask('organization.drop', made);
  };
  const resident = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${engine.child.pid}/status`, 'utf8'))?.[1]) / 1024;
  try {
    await times(100, () => runOne(script));
    const forty = median(await times(60, () => runOne(script)));
    const one = median(await times(60, () => runOne('1')));
    const built = median((await times(30, build)).slice(5));
    await times(1000, () => runOne(script));
    const before = resident();
    await times(1000, () => runOne(script));
    // the first on a machine makes the keys of the pool, which takes half a minute
    await listeners(sampleOrganization());
    return [
      {
        what: 'lab: a script of 40 lines in a fresh management shell',
        value: forty,
        unit: 'ms',
        budget: 25,
        peer: { what: 'a script of one number', value: one },
      },
      { what: 'lab: an organization of 6 servers', value: built, unit: 'ms', budget: 50 },
      { what: 'lab: memory, what runs 1,001 to 2,000 add to it', value: resident() - before, unit: 'MiB', budget: 50 },
      {
        what: 'lab: the listeners of 40 servers, six protocols each, stand',
        value: await listeners(sampleOrganization()),
        unit: 'ms',
        budget: 2000,
      },
    ];
  } finally {
    await engine.close();
  }
}

/** The sample with its first server many times over, each at its own address with all its ports. */
function withServers(state, count) {
  const [first] = state.servers;
  const servers = Array.from({ length: count }, (_none, at) => ({
    ...JSON.parse(
      JSON.stringify(first)
        .replaceAll('SERVER1', `SERVER${at + 1}`)
        .replaceAll('server1', `server${at + 1}`),
    ),
    address: `127.0.0.${11 + at}`,
    ports: { ...first.ports, submission: 2587, backend: 8444 },
  }));
  const selves = servers.map(({ name }) => [
    `self-${name}`,
    { subject: `CN=${name}`, days: [-700, 1100], dnsNames: [name, `${name.toLowerCase()}.mydomain.com`] },
  ]);
  const others = servers.map(({ name }) => [`wmsvc-${name}`, { subject: `CN=WMSvc-SHA2-${name}`, days: [-700, 2950] }]);
  return { ...state, certificates: { ...state.certificates, ...Object.fromEntries([...selves, ...others]) }, servers };
}

/** From starting the process to all its listeners. */
async function listeners(sample) {
  const { startLab } = require('../../out/test/lab/organization.js');
  const data = mkdtempSync(path.join(tmpdir(), 'lab-bench-'));
  try {
    const began = performance.now();
    const lab = await startLab({ data, loopback: '127.19.1', state: withServers(sample, 40) });
    const took = performance.now() - began;
    await lab.stop();
    return took;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function times(count, work) {
  const taken = [];
  for (let at = 0; at < count; at += 1) {
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  return taken;
}

function median(taken) {
  return [...taken].sort((one, other) => one - other)[Math.floor(taken.length / 2)];
}
