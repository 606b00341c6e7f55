// The look from elsewhere, by its real script: SERVER2 looks, and brings back what a look of our own would have seen.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { believe } from '../../src/evidence/believe';
import { readResult } from '../../src/folder/readResult';
import type { Endpoint, Observation, ObservationOutcome, Protocol } from '../../src/model/observation';
import type { StepResult } from '../../src/model/result';
import type { Wanted } from '../../src/model/wanted';
import { renderProbeScript } from '../../src/powershell/probeScript';
import { renderSession } from '../../src/powershell/renderSession';
import { scriptHash } from '../../src/powershell/scriptHash';
import { observationsFrom } from '../../src/probe/observationsFrom';
import { probeEndpoint } from '../../src/probe/probeEndpoint';
import { parseSnapshot, readRows } from '../../src/snapshot/parseSnapshot';
import { openBed, type Bed } from '../lab/bed';
import { pki } from '../probe/pki';
import { freePort, startOpenssl } from '../probe/realServers';
import { says, serve, speakTls, type Script } from '../probe/scriptedServer';
import { gateContext } from './gateContext';

const www = 'www.mydomain.com';
const run = '0123456789abcdef';

describe('a look from SERVER2', function () {
  this.timeout(60_000);
  let bed: Bed;
  let folder: string;

  before(async () => {
    pki();
    bed = await openBed();
    folder = await mkdtemp(path.join(tmpdir(), 'look-from-'));
    await mkdir(path.join(folder, 'scripts'));
    await writeFile(path.join(folder, 'scripts/session.ps1'), renderSession());
  });
  after(async () => {
    await bed.close();
    await rm(folder, { recursive: true });
  });

  const wanted: Wanted = {
    ...gateContext('server1.mydomain.com').wanted,
    servers: [1, 2].map((number) => ({
      ...gateContext('').wanted.servers[0]!,
      name: `SERVER${number}`,
      fqdn: `server${number}.mydomain.com`,
    })),
  };

  /** Runs the script; its result is taken in by the rules of every other result. */
  async function result(endpoints: readonly Endpoint[], milliseconds = 10_000): Promise<StepResult> {
    const text = renderProbeScript(wanted, { from: 'server2', endpoints, milliseconds });
    await rm(path.join(folder, 'results'), { recursive: true, force: true });
    const file = path.join(folder, 'scripts/look.ps1');
    await writeFile(file, text);
    const ran = await bed.run({ file, kind: 'workstation', parameters: { Run: run } });
    const [name = assert.fail(JSON.stringify(ran))] = await readdir(path.join(folder, 'results'));
    const read = readResult(name, await readFile(path.join(folder, 'results', name), 'utf8'), {
      readRows,
      parseSnapshot,
    });
    const belief = believe('value' in read ? read.value : assert.fail(JSON.stringify(read)), {
      ...{ step: 'probe', run, script: scriptHash(text), server: null },
    });
    return 'believed' in belief ? belief.believed : assert.fail(belief.why);
  }

  async function looks(endpoints: readonly Endpoint[], milliseconds?: number): Promise<readonly Observation[]> {
    const { outcome, error, after: told } = await result(endpoints, milliseconds);
    assert.equal(outcome, 'done', JSON.stringify(error));
    return observationsFrom(
      told?.looked ?? assert.fail('nothing was told'),
      endpoints.map((endpoint) => ({ server: 'SERVER1', endpoint })),
    );
  }

  /** The look at a server of our own. */
  async function look(protocol: Protocol, script: Script, milliseconds?: number): Promise<Observation> {
    const server = await serve(script);
    try {
      const [seen] = await looks([{ protocol, host: '127.0.0.1', port: server.port, servername: www }], milliseconds);
      return seen ?? assert.fail('nothing was told');
    } finally {
      await server.close();
    }
  }

  it("sees every endpoint of the organization as this computer does, in the configuration's order", async () => {
    const { servers } = await bed.lab.state();
    const endpoints = servers.slice(0, 3).flatMap(({ address, ports }) =>
      (['smtp', 'https', 'imaps', 'pop3s'] as const).map((protocol): Endpoint => ({
        ...{ protocol, host: address ?? '', port: ports?.[protocol] ?? 0, servername: www },
      })),
    );
    const seen = await looks(endpoints);
    const here = await Promise.all(endpoints.map((endpoint) => probeEndpoint(endpoint)));
    const what = ({
      endpoint,
      outcome,
      certificate,
      chain,
      chainComplete,
      nameMatches,
      banner,
    }: Observation): unknown => [
      ...[endpoint, outcome, certificate, chain, chainComplete, nameMatches],
      // The lab says the time in it.
      banner?.slice(0, 20),
    ];
    assert.deepEqual(seen.map(what), here.map(what));
    assert.deepEqual(new Set(seen.map(({ outcome }) => outcome)), new Set(['presented', 'unreachable']));
    assert.ok(
      seen.every(
        ({ from, at, outcome, tls }) =>
          from === 'SERVER2' && at !== '' && (outcome !== 'presented' || tls?.version === 'TLSv1.2'),
      ),
    );
    assert.match(seen.find(({ tls }) => tls)?.tls?.cipher ?? '', /Aes/);
  });

  const upToTls = (reply: string, last?: Script): Script =>
    says('220 mail\r\n', ['250-mail\r\n250 STARTTLS\r\n', reply], last);
  const ends = (title: string, protocol: Protocol, script: Script, outcome: ObservationOutcome, detail: RegExp): void =>
    void it(`${title}: ${outcome}`, async () => {
      const seen = await look(protocol, script);
      assert.equal(seen.outcome, outcome, JSON.stringify(seen));
      assert.match(seen.detail ?? '', detail);
      assert.equal(seen.certificate, null);
    });

  ends(
    'no STARTTLS in EHLO',
    'smtp',
    says('220 mail\r\n', ['250-STARTTLS\r\n250 XSTARTTLS\r\n']),
    'starttls-not-offered',
    /250 XSTARTTLS/,
  );
  ends('STARTTLS refused', 'smtp', upToTls('454 not now\r\n'), 'starttls-refused', /^454 not now$/);
  ends(
    'bytes injected behind the STARTTLS reply',
    'smtp',
    upToTls('220 go\r\n250 evil\r\n'),
    'injected-before-tls',
    /./,
  );
  ends('a door closed by greeting', 'smtp', says('554 go away\r\n'), 'closed', /554 go away/);
  ends(
    'no STARTTLS among the capabilities',
    'imap',
    says('* OK hi\r\n', ['* CAPABILITY IMAP4 XSTARTTLS\r\na1 OK\r\n']),
    'starttls-not-offered',
    /XSTARTTLS/,
  );
  ends(
    'STLS refused',
    'pop3',
    says('+OK hi\r\n', ['+OK\r\nSTLS\r\n.\r\n', '-ERR no\r\n']),
    'starttls-refused',
    /-ERR no/,
  );
  ends('another protocol', 'pop3', says('* OK hi\r\n'), 'not-this-protocol', /\* OK hi/);
  ends(
    'a line without an end',
    'smtp',
    (socket) => socket.write('220 '.padEnd(20_000, 'x')),
    'not-this-protocol',
    /line-too-long/,
  );
  ends('a connection closed in the midst of a line', 'imap', (socket) => socket.end('* O'), 'closed', /^\* O$/);
  ends(
    'TLS refused by an alert',
    'https',
    (socket) => socket.write(Buffer.from([21, 3, 3, 0, 2, 2, 40])),
    'handshake-failed',
    /./,
  );

  it('goes on in TLS by STARTTLS, STLS and at once, and reads the chain', async () => {
    const { b, r13, bundle } = pki();
    const tls = speakTls(b, bundle('from-b.pem', b, r13));
    const dialogues: readonly [Protocol, Script][] = [
      ['smtp', upToTls('220 go\r\n', tls)],
      ['imap', says('* OK hi\r\n', ['* CAPABILITY STARTTLS\r\na1 OK\r\n', 'a2 OK\r\n'], tls)],
      ['pop3', says('+OK hi\r\n', ['+OK\r\nSTLS\r\n.\r\n', '+OK go\r\n'], tls)],
      ['https', tls],
    ];
    for (const [protocol, script] of dialogues) {
      const seen = await look(protocol, script);
      assert.deepEqual(
        [seen.outcome, seen.chain.length, seen.chainComplete, seen.chainInOrder, seen.nameMatches],
        ['presented', 2, true, null, true],
        JSON.stringify(seen),
      );
    }
  });

  it('trusts no certificate and needs none to be right: expired, for another name, of hostile text', async () => {
    for (const identity of [pki().expired, pki().elliptic, pki().hostile])
      assert.equal((await look('https', speakTls(identity))).outcome, 'presented');
  });

  it('ends where nobody speaks, within its time', async () => {
    const seen = await look('smtp', () => undefined, 500);
    assert.deepEqual([seen.outcome, seen.detail], ['timeout', 'ETIMEDOUT']);
    assert.ok(seen.milliseconds < 10_000, String(seen.milliseconds));
  });

  it('says which version it could not try where TLS failed: of TLS 1.3 alone', async () => {
    const port = await freePort();
    const stop = await startOpenssl(port, pki().a, '-tls1_3');
    const [seen] = await looks([{ protocol: 'https', host: '127.0.0.1', port, servername: www }]);
    await stop();
    assert.deepEqual([seen?.outcome, seen?.untried], ['handshake-failed', ['TLSv1.3']]);
  });

  it('tells nothing where the server that looks cannot be reached, and says so', async () => {
    await bed.lab.call('fault.set', { server: 'SERVER2', down: true });
    const {
      outcome,
      error,
      after: told,
    } = await result([{ protocol: 'https', host: '127.0.0.1', port: 1, servername: www }]);
    await bed.lab.call('fault.set', { server: 'SERVER2', down: false });
    assert.deepEqual([outcome, told], ['failed', null]);
    assert.match(error?.message ?? '', /server2\.mydomain\.com could not be reached/);
  });

  it('leaves no session open, and no socket', async () => {
    let open = 0;
    const server = await serve((socket) => {
      open += 1;
      socket.once('close', () => (open -= 1)).resume();
    });
    const endpoint: Endpoint = { protocol: 'https', host: '127.0.0.1', port: server.port, servername: www };
    await looks(Array<Endpoint>(20).fill(endpoint), 200);
    for (const socket of server.sockets)
      if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
    assert.deepEqual([server.sockets.length, open], [20, 0]);
    await server.close();
  });
});
