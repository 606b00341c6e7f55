// How near the probes of a large organization come to what round trips and concurrency allow.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCertificate } from './probe/certificate.mjs';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const require = createRequire(import.meta.url);

export const name = 'probe';

const servers = 500;
const roundTrip = 50;
const concurrency = 32;
/** Round trips: one to connect, one to the greeting, one for each command, one for TLS 1.3. */
const kinds = [
  { port: 'smtp', protocol: 'smtp', trips: 5 },
  { port: 'submission', protocol: 'smtp', trips: 5 },
  { port: 'imap', protocol: 'imap', trips: 5 },
  { port: 'https', protocol: 'https', trips: 2 },
  { port: 'imaps', protocol: 'imaps', trips: 2 },
  { port: 'pop3s', protocol: 'pop3s', trips: 2 },
];

export async function run() {
  const folder = mkdtempSync(path.join(tmpdir(), 'probe-bench-'));
  const { key, certificate } = makeCertificate(folder);
  const child = spawn(
    process.execPath,
    [path.join(here, 'probe/delayedServers.mjs'), certificate, key, String(roundTrip)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  try {
    const [line] = await once(child.stdout, 'data');
    const endpoints = everyEndpoint(JSON.parse(line));
    const ours = await probes(endpoints);
    const peer = await openssl(endpoints.slice(0, 100));
    return [
      {
        what: `probing ${servers} servers × ${kinds.length} endpoints at ${roundTrip} ms, times what round trips and ${concurrency} at once allow (aim 1.1)`,
        value: ours,
        unit: '×',
        budget: 1.3,
        peer: { what: 'openssl s_client over 100 of them', value: peer },
      },
    ];
  } finally {
    child.stdin.end();
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each server has an address of its own on loopback, since looks at one host are bounded too. */
function everyEndpoint(ports) {
  return Array.from({ length: servers }, (_, at) => `127.1.${Math.floor(at / 250)}.${1 + (at % 250)}`).flatMap((host) =>
    kinds.map(({ port, protocol, trips }) => ({
      protocol,
      host,
      port: ports[port],
      servername: 'www.mydomain.com',
      trips,
    })),
  );
}

function bound(endpoints) {
  return (endpoints.reduce((sum, { trips }) => sum + trips, 0) * roundTrip) / concurrency;
}

async function probes(endpoints) {
  const { probeAll } = require('../../out/src/probe/probeAll.js');
  const began = performance.now();
  let presented = 0;
  const targets = endpoints.map(({ trips: _, ...endpoint }) => ({ server: null, endpoint }));
  await probeAll(targets, { concurrency }, ({ outcome }) => (presented += outcome === 'presented' ? 1 : 0));
  if (presented !== endpoints.length)
    throw new Error(`only ${presented} of ${endpoints.length} endpoints presented a certificate`);
  return (performance.now() - began) / bound(endpoints);
}

async function openssl(endpoints) {
  const began = performance.now();
  const left = [...endpoints];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const { protocol, host, port, servername } = next;
      const begin = protocol.endsWith('s') ? [] : ['-starttls', protocol];
      const client = spawn(
        'openssl',
        ['s_client', '-connect', `${host}:${port}`, '-servername', servername, ...begin],
        { stdio: ['ignore', 'ignore', 'ignore'] },
      );
      await once(client, 'exit');
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return (performance.now() - began) / bound(endpoints);
}
