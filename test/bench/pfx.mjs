// Opening a PFX at 2,048, 100,000 and 600,000 iterations, PBES2 and legacy: what the iterations cost, beside openssl, .NET and node-forge.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);
const password = 'secret';
const kinds = {
  PBES2: { options: ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256'], most: 2 },
  legacy: { options: ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'], most: 3.5 },
};

/** Rows as test/run/bench.mjs prints them; each figure is the median of the runs, less the same file's at one iteration. */
export async function run() {
  const folder = mkdtempSync(path.join(tmpdir(), 'pfx-bench-'));
  try {
    const witness = buildWitness(folder);
    openssl(
      folder,
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'key.pem',
      '-out',
      'leaf.pem',
      '-subj',
      '/CN=bench',
      '-days',
      '30',
    );
    const rows = [];
    for (const [kind, { options, most }] of Object.entries(kinds)) {
      const make = (iterations) => {
        const file = path.join(folder, `${kind}-${iterations}.pfx`);
        const counted = iterations === 1 ? ['-iter', '1', '-nomaciter'] : ['-iter', String(iterations)];
        openssl(
          folder,
          'pkcs12',
          '-export',
          '-in',
          'leaf.pem',
          '-inkey',
          'key.pem',
          '-passout',
          `pass:${password}`,
          '-out',
          file,
          ...counted,
          ...options,
        );
        return file;
      };
      const least = make(1);
      for (const iterations of [2_048, 100_000, 600_000]) {
        const file = make(iterations);
        const runs = iterations === 600_000 ? 3 : 5;
        const beyond = async (open) => (await median(runs, () => open(file))) - (await median(runs, () => open(least)));
        const peer = await beyond((one) => byOpenssl(folder, one));
        const ours = await beyond(byUs);
        const what = `PFX ${kind}, ${iterations.toLocaleString('en-US')} iterations`;
        // a small count is lost in what starting openssl's process takes: only told
        const budget = iterations === 2_048 ? {} : { budget: most * peer };
        rows.push({ what, value: ours, unit: 'ms', ...budget, peer: { what: 'openssl', value: peer } });
        rows.push({
          what: `  ${what}, the others`,
          value: ours,
          unit: 'ms',
          peer: { what: '.NET', value: await beyond((one) => byDotnet(witness, one)) },
        });
        // node-forge takes some 7 s for the largest: once is enough
        const forge = iterations === 600_000 ? once(() => byForge(file)) : await beyond(byForge);
        rows.push({
          what: `  ${what}, the others`,
          value: ours,
          unit: 'ms',
          peer: { what: 'node-forge', value: forge },
        });
      }
    }
    rows.push({
      what: "PFX legacy, 600,000 iterations in the worker: the longest the caller's thread was held",
      value: await held(path.join(folder, 'legacy-600000.pfx')),
      unit: 'ms',
      budget: 10,
    });
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byUs(file) {
  const { openPfx } = require('../../out/src/pfx/openPfx.js');
  const outcome = await openPfx(new Uint8Array(readFileSync(file)), new Uint8Array(Buffer.from(password)));
  if (outcome.kind !== 'opened') throw new Error(outcome.kind);
}

/** Decrypts keys and certificates. */
function byOpenssl(folder, file) {
  openssl(folder, 'pkcs12', '-in', file, '-nodes', '-passin', `pass:${password}`);
}

/** .NET's own time, told by the witness that is started once: its process would cost more than the derivation. */
function byDotnet(witness, file) {
  const asked = { file, password };
  const took = execFileSync('dotnet', [witness, 'time'], {
    input: `${JSON.stringify(asked)}\n${JSON.stringify(asked)}\n`,
    encoding: 'utf8',
  });
  return { took: JSON.parse(took.trim().split('\n')[1]).milliseconds };
}

function byForge(file) {
  const forge = require('node-forge');
  const parsed = forge.asn1.fromDer(readFileSync(file).toString('binary'));
  forge.pkcs12.pkcs12FromAsn1(parsed, password);
}

function buildWitness(folder) {
  const project = path.resolve(import.meta.dirname, '../fixtures/pfx/dotnet');
  const out = path.join(folder, 'witness');
  execFileSync('dotnet', [
    'build',
    project,
    '-c',
    'Release',
    '-o',
    out,
    '-v',
    'q',
    '--nologo',
    `-p:BaseIntermediateOutputPath=${path.join(folder, 'obj')}/`,
  ]);
  return path.join(out, 'pfxwitness.dll');
}

/** The longest pause between two turns of this thread while the worker derives. */
async function held(file) {
  const { openInThread } = require('../../out/src/pfx/openInThread.js');
  const request = () => ({
    bytes: new Uint8Array(readFileSync(file)),
    password: new Uint8Array(Buffer.from(password)),
    now: '2026-11-22T20:14:00Z',
  });
  await openInThread(request());
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  await openInThread(request());
  clearInterval(timer);
  return longest;
}

function openssl(folder, ...args) {
  return execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 });
}

function once(work) {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Of what the work says it took, else of what it took from outside. */
async function median(count, work) {
  const taken = [];
  for (let at = 0; at < count; at++) {
    const began = performance.now();
    const told = await work();
    taken.push(told?.took ?? performance.now() - began);
  }
  return taken.sort((one, other) => one - other)[count >> 1];
}
