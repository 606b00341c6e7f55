// How long at a time the real host is held while it checks thousands of endpoints and shows them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCertificate } from './probe/certificate.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const servers = 500;
const kinds = ['smtp', 'submission', 'https', 'imap', 'imaps', 'pop3s'];

export async function run() {
  const folder = mkdtempSync(path.join(tmpdir(), 'endpoints-bench-'));
  const { certificate, key } = makeCertificate(folder);
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'probe/delayedServers.mjs'), certificate, key, '0'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  try {
    const [line] = await once(child.stdout, 'data');
    writeFileSync(path.join(folder, 'exchange-certificates.yaml'), configuration(JSON.parse(line)));
    const held = path.join(folder, 'held.json');
    const { runInHost } = require(path.join(root, 'out/test/editor/hostRunner.js'));
    const code = await runInHost({
      workspace: folder,
      extension: root,
      tests: path.join(root, 'out/test/bench/endpoints/inHost.js'),
      environment: { HELD: held },
      minutes: 4,
      artifacts: path.join(root, 'test/.artifacts/bench'),
    });
    if (code !== 0) throw new Error(`the host ended with ${code}`);
    const { presented, seconds, longest } = JSON.parse(readFileSync(held, 'utf8'));
    const all = servers * kinds.length;
    if (presented !== all) throw new Error(`only ${presented} of ${all} endpoints presented a certificate`);
    return [
      {
        what: `checking ${all} endpoints and showing them in tree, Problems and status bar: the host held at a time, in ${seconds.toFixed(1)} s in all`,
        value: longest,
        unit: 'ms',
        budget: 50,
      },
    ];
  } finally {
    child.stdin.end();
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each server has an address of its own on loopback; the certificate ends soon, so that each endpoint is a problem. */
function configuration(ports) {
  const endpoints = kinds.map((kind) => `${kind}: ${ports[kind]}`).join(', ');
  const entries = Array.from({ length: servers }, (_, at) => {
    const address = `127.2.${Math.floor(at / 250)}.${1 + (at % 250)}`;
    return `  - { name: S${at}, fqdn: s${at}.mydomain.com, address: ${address}, endpoints: { ${endpoints} } }\n`;
  });
  const certificate = 'name: www, pfx: a.pfx, services: [IIS, SMTP, IMAP, POP], hostnames: [www.mydomain.com]';
  return `organization: Contoso\nremoting:\n  exchange: [http://s0.mydomain.com/PowerShell/]\nservers:\n${entries.join('')}certificates:\n  - { ${certificate} }\n`;
}
