// `probe` as monitoring systems run it: one line of a plug-in with its exit codes, and metrics for a textfile collector.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pki, type Identity } from '../probe/pki';
import { freePort, startOpenssl, startPostfix } from '../probe/realServers';
import { says, serve, speakTls, type Script } from '../probe/scriptedServer';
import { against, command, type Printed } from './probeProcess';

const www = 'www.mydomain.com';
const byRoot = (): readonly string[] => ['--servername', www, '--ca', pki().root.certificate];
const chainOf = (leaf: Identity, ...above: readonly Identity[]): Script =>
  speakTls(leaf, pki().bundle(`monitor-${path.basename(leaf.certificate)}`, leaf, ...above));
const whole = (): Script => chainOf(pki().b, pki().r13);

/** What the guidelines ask of every line: a state that the code repeats, one line, and figures as numbers. */
function assertLine({ code, out }: Printed, state: string): void {
  const codes: Readonly<Record<string, number>> = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 };
  assert.equal(code, codes[state], out);
  assert.match(out, new RegExp(`^${state} - [^|\\n<>]+( \\| ('[^'=]+'|[a-z0-9_]+)=-?\\d+;\\d+;\\d+( .*)?)?\\n$`));
}

describe('probe as a plug-in of Nagios', () => {
  before(() => void pki());
  const plugin = (...words: readonly string[]): readonly string[] => [...words, '--format', 'nagios'];

  it('says OK, how long, by which store, and the days of each certificate of the chain', async () => {
    const printed = await against(whole(), ...plugin('{}', ...byRoot()));
    assertLine(printed, 'OK');
    assert.match(
      printed.out,
      /^OK - 127\.0\.0\.1:\d+ https: the first certificate to end has 88 days left, trusted by .*root\.pem \| days_chain_elem1=88;14;3 days_chain_elem2=899;14;3\n$/,
    );
    assert.equal(printed.error, '');
  });
  it('says OK of trust that was not judged', async () => {
    const printed = await against(whole(), ...plugin('{}', '--servername', www, '--no-trust'));
    assertLine(printed, 'OK');
    assert.match(printed.out, /trust not judged/);
  });
  it('warns by --warning-days', async () => {
    const printed = await against(
      chainOf(pki().a, pki().r12),
      ...plugin('{}', ...byRoot(), '--warning-days', '20', '--critical-days', '5'),
    );
    assertLine(printed, 'WARNING');
    assert.match(printed.out, /expires in 11 days.* \| days_chain_elem1=11;20;5/);
  });
  for (const option of ['--critical-days', '--error-days'])
    it(`is critical by ${option}`, async () => {
      const printed = await against(chainOf(pki().a, pki().r12), ...plugin('{}', ...byRoot(), option, '12'));
      assertLine(printed, 'CRITICAL');
      assert.match(printed.out, /expires in 11 days/);
    });
  it('is critical by an expired certificate, with its days below zero', async () => {
    const printed = await against(chainOf(pki().expired, pki().r12), ...plugin('{}', ...byRoot()));
    assertLine(printed, 'CRITICAL');
    assert.match(printed.out, /expired at .* \| days_chain_elem1=-[12];14;3/);
  });
  it("is critical by a root that the system's store does not hold", async () => {
    const printed = await against(whole(), ...plugin('{}', '--servername', www));
    assertLine(printed, 'CRITICAL');
    assert.match(printed.out, /not trusted by the system's store/);
  });
  it('is critical by a name that is not covered, the second of several too', async () => {
    const names = ['--servername', `${www},mail.mydomain.com`, '--no-trust'];
    const printed = await against(whole(), ...plugin('{}', ...names));
    assertLine(printed, 'CRITICAL');
    assert.match(printed.out, /does not cover mail\.mydomain\.com/);
  });
  const critical = (title: string, script: Script, reason: RegExp, ...words: readonly string[]): void =>
    void it(`is critical where ${title}`, async () => {
      const printed = await against(script, ...plugin('{}', ...words));
      assertLine(printed, 'CRITICAL');
      assert.match(printed.out, reason);
    });
  critical('STARTTLS is not offered', says('220 mail\r\n', ['250 mail\r\n']), /not offered/, '--starttls', 'smtp');
  critical(
    'STARTTLS is refused',
    says('220 mail\r\n', ['250-mail\r\n250 STARTTLS\r\n', '454 no\r\n']),
    /refused/,
    '--starttls',
    'smtp',
  );
  critical('nobody answers in time', () => undefined, /in time/, '--timeout', '0.5');
  critical('the server closes the connection', (socket) => socket.destroy(), /closed the connection/);
  critical(
    'it speaks no TLS',
    says('HTTP/1.1 400 <b>no|no</b>\r\n'),
    /does not speak https: HTTP\/1\.1 400 \\u\{3c\}b/,
  );
  it('is critical where nobody listens', async () => {
    const printed = await command(...plugin('127.0.0.1:1'));
    assertLine(printed, 'CRITICAL');
    assert.match(printed.out, /No connection: refused \(ECONNREFUSED\)\n$/);
  });
  it('gives one line and no element for names of a stranger', async () =>
    assertLine(await against(speakTls(pki().hostile), ...plugin('{}', ...byRoot())), 'CRITICAL'));
  it('names the endpoints that are wrong among several, and gives the figures of each', async () => {
    const [well, ended] = [await serve(whole()), await serve(chainOf(pki().expired, pki().r12))];
    const places = [well, ended].map(({ port }) => `127.0.0.1:${port}`);
    const printed = await command(...plugin(...places, ...byRoot()));
    await Promise.all([well.close(), ended.close()]);
    assertLine(printed, 'CRITICAL');
    assert.match(
      printed.out,
      new RegExp(`^CRITICAL - ${places[1]} https: The certificate expired .*; 1 of 2 endpoints`),
    );
    assert.match(printed.out, new RegExp(`'${places[0]} https days_chain_elem1'=88;14;3`));
  });
  it('checks a real Postfix by STARTTLS', async () => {
    const { a, r12, bundle } = pki();
    const [smtp, smtps] = [await freePort(), await freePort()];
    const stop = await startPostfix(a, bundle('monitor-postfix.pem', a, r12), smtp, smtps);
    const printed = await command(...plugin(`127.0.0.1:${smtp}`, '--starttls', 'smtp', ...byRoot()));
    await stop();
    assertLine(printed, 'WARNING');
  });

  const unknown = (title: string, reason: RegExp, ...words: readonly string[]): void =>
    void it(`is unknown, with the code 3, where ${title}`, async () => {
      const printed = await command(...plugin(...words));
      assertLine(printed, 'UNKNOWN');
      assert.match(printed.out, reason);
      assert.equal(printed.error, '');
    });
  unknown('nothing is to be checked', /nothing to check/);
  unknown('an option is not known', /option is not known/, '127.0.0.1:1', '--unknown');
  unknown('the days are none', /take days/, '127.0.0.1:1', '--warning-days', 'few');
  unknown('the file is not there', /no such file/, '/nowhere.yaml');
  unknown('the file of roots is not there', /nowhere\.pem: no such file/, '127.0.0.1:1', '--ca', '/nowhere.pem');
  unknown('the file of roots holds none', /holds no certificate/, '127.0.0.1:1', '--ca', __filename);
  const crash = (title: string, code: string, expected: string): void =>
    void it(`exits with 3 where ${title}`, async () => {
      const broken = path.join(mkdtempSync(path.join(tmpdir(), 'broken-')), 'broken.cjs');
      writeFileSync(broken, code);
      const cli = path.join(__dirname, '../../src/cli.js');
      const child = spawn(process.execPath, ['--require', broken, cli, 'probe', '127.0.0.1:1', '--format', 'nagios']);
      let out = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      const [exit] = (await once(child, 'close')) as [number];
      assert.deepEqual([exit, out], [3, expected]);
    });
  crash(
    'it crashes outside of every call',
    "const net = require('node:net'); const { connect } = net; net.connect = (...all) => { process.nextTick(() => { throw new Error('no way|out'); }); return connect(...all); };\n",
    'UNKNOWN - no way\\u{7c}out\n',
  );
  crash('it cannot print', "process.stdout.write = () => { throw new Error('no way out'); };\n", '');
});

describe('probe for the textfile collector of Prometheus', () => {
  before(() => void pki());
  const metric = /^(exchange_certificate_[a-z_]+)\{((?:[a-z]+="(?:[^"\\\n]|\\["\\])*",?)+)\} (-?\d+(?:\.\d+)?)$/;

  /** Each metric once, with HELP and TYPE before all its samples, and no series twice. */
  function samplesOf(text: string): ReadonlyMap<string, readonly string[]> {
    const samples = new Map<string, string[]>();
    const lines = text.trimEnd().split('\n');
    for (let at = 0; at < lines.length; at++) {
      const [, name] = /^# HELP (\S+) [^\\]+$/.exec(lines[at] ?? '') ?? assert.fail(lines[at]);
      assert.equal(lines[++at], `# TYPE ${name} gauge`);
      assert.ok(!samples.has(name ?? ''), `${name} twice`);
      const own: string[] = [];
      for (; metric.test(lines[at + 1] ?? ''); at++) own.push(lines[at + 1] ?? '');
      assert.ok(own.length > 0 && own.every((line) => line.startsWith(`${name}{`)), lines[at + 1]);
      assert.equal(new Set(own.map((line) => line.replace(/ \S+$/, ''))).size, own.length);
      samples.set(name ?? '', own);
    }
    return samples;
  }
  const valueOf = (line: string | undefined): number => Number(line?.split(' ').at(-1));

  it('prints the end of each certificate, trust, state and findings, and exits with 0 whatever they say', async () => {
    const { a, r12 } = pki();
    const { code, out, error } = await against(chainOf(a, r12), '{}', ...byRoot(), '--format', 'prometheus');
    assert.deepEqual([code, error], [0, '']);
    const samples = samplesOf(out);
    const ends = samples.get('exchange_certificate_not_after_timestamp_seconds') ?? [];
    assert.equal(ends.length, 2);
    assert.match(
      ends[0] ?? '',
      /protocol="https",server="",servername="www\.mydomain\.com",element="1",subject="CN=www/,
    );
    assert.ok(Math.abs(valueOf(ends[0]) * 1000 - Date.now() - 12 * 86_400_000) < 86_400_000);
    assert.deepEqual(
      ['presented', 'trusted', 'state'].map((name) => valueOf(samples.get(`exchange_certificate_${name}`)?.[0])),
      [1, 1, 1],
    );
    assert.match(samples.get('exchange_certificate_finding')?.[0] ?? '', /code="expiring",severity="warning"} 1$/);
  });
  it('prints what is not presented as that, without an end', async () => {
    const { code, out } = await command('127.0.0.1:1', '--format', 'prometheus');
    const samples = samplesOf(out);
    assert.equal(code, 0);
    assert.equal(valueOf(samples.get('exchange_certificate_presented')?.[0]), 0);
    assert.equal(valueOf(samples.get('exchange_certificate_state')?.[0]), 2);
    assert.equal(samples.get('exchange_certificate_not_after_timestamp_seconds'), undefined);
  });
  it('escapes what a stranger wrote into a name', async () => {
    const { make, r13 } = pki();
    const quoted = make('quoted', '/CN=a"b\\\\c', [`subjectAltName=DNS:${www}`], r13);
    for (const leaf of [quoted, pki().hostile])
      samplesOf((await against(speakTls(leaf), '{}', ...byRoot(), '--format', 'prometheus')).out);
  });
  it('prints each series once, where an endpoint is named twice', async () => {
    const { out } = await command('127.0.0.1:1', '127.0.0.1:1', '--format', 'prometheus');
    assert.equal(samplesOf(out).get('exchange_certificate_presented')?.length, 1);
  });
  it('prints nothing where it cannot begin, so that the last file stays', async () => {
    const { code, out } = await command('/nowhere.yaml', '--format', 'prometheus');
    assert.deepEqual([code, out], [66, '']);
  });
});

describe('probe and trust', () => {
  it('says in words and in JSON whether a chain was trusted, and by which store', async () => {
    const { out } = await against(whole(), '{}', ...byRoot());
    assert.match(out, /88 days left, TLSv1\.3, trusted by .*root\.pem\)\n$/);
    const { lines } = await against(whole(), '{}', ...byRoot(), '--json');
    assert.equal((lines[0]?.['trust'] as { trusted: boolean }).trusted, true);
    const [leaf] = lines[0]?.['elements'] as Record<string, unknown>[];
    assert.deepEqual(
      [leaf?.['days'], leaf?.['signatureAlgorithm'], leaf?.['extendedKeyUsage']],
      [88, 'sha256WithRSAEncryption', null],
    );
  });
  it('exits with 2 where a chain is not trusted, and with 0 where trust is not judged, which it says', async () => {
    assert.equal((await against(whole(), '{}', '--servername', www)).code, 2);
    const { code, out } = await against(whole(), '{}', '--servername', www, '--no-trust');
    assert.equal(code, 0);
    assert.match(out, /trust not judged/);
  });
  it('takes the roots that probe.ca of the configuration names, from beside it', async () => {
    const { b, r13, folder, bundle } = pki();
    const port = await freePort();
    const stop = await startOpenssl(port, b, '-cert_chain', bundle('monitor-ca.pem', r13));
    const file = path.join(folder, 'with-ca.yaml');
    const config = (ca: string): string =>
      `organization: Contoso\nremoting:\n  exchange: [http://server0.mydomain.com/PowerShell/]\nservers:\n  - { name: SERVER0, fqdn: server0.mydomain.com, address: 127.0.0.1, endpoints: { smtp: 0, https: ${port}, imaps: 0, pop3s: 0 } }\ncertificates:\n  - { name: www, pfx: '*.pfx', services: [IIS], hostnames: [${www}] }\nprobe: { ca: ${ca} }\n`;
    writeFileSync(file, config('root.pem'));
    const trusted = await command(file, '--json');
    writeFileSync(file, config('none.pem'));
    const missing = await command(file);
    const elsewhere: string[] = [];
    for (const place of [String.raw`'\\stranger\share\root.pem'`, '//stranger/share/root.pem', "'C:/root.pem'"]) {
      writeFileSync(file, config(place));
      elsewhere.push((await command(file)).error);
    }
    await stop();
    for (const error of elsewhere) assert.match(error, /probe\.ca is a path relative to the configuration/);
    assert.deepEqual([trusted.code, trusted.lines[0]?.['findings']], [0, []]);
    assert.equal(missing.code, 66);
    assert.match(missing.error, /none\.pem: no such file/);
  });
  const refused = (...words: readonly string[]): void =>
    void it(`refuses ${words.join(' ')}`, async () => assert.equal((await command('127.0.0.1:1', ...words)).code, 64));
  refused('--ca', 'root.pem', '--no-trust');
  refused('-4', '-6');
  refused('--error-days', '1', '--critical-days', '2');
  refused('--format', 'xml');
  refused('--json', '--format', 'nagios2');
  refused('--servername', 'a,,b');
  it('checks addresses of IPv6 only by -6', async () => {
    const server = await serve(whole(), '::1');
    const place = `[::1]:${server.port}`;
    const [six, four] = [await command(place, '-6', ...byRoot(), '--json'), await command(place, '-4', '--json')];
    await server.close();
    assert.deepEqual([six.lines[0]?.['outcome'], four.lines[0]?.['outcome']], ['presented', 'unreachable']);
  });
});
