// `probe` as a command of its own process: its lines, its exit codes, and what it refuses.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pki } from '../probe/pki';
import { says, serve, speakTls, type Script } from '../probe/scriptedServer';
import { against, command } from './probeProcess';

const name = (): readonly string[] => ['--servername', 'www.mydomain.com', '--ca', pki().root.certificate, '--json'];
const whole = (): Script => speakTls(pki().b, pki().bundle('cli-b.pem', pki().b, pki().r13));

describe('probe as a command', () => {
  before(() => void pki());
  it('that crashes says so in a line, and exits with none of the codes of a verdict', async () => {
    const broken = path.join(mkdtempSync(path.join(tmpdir(), 'broken-')), 'broken.cjs');
    writeFileSync(broken, "process.stdout.write = () => { throw new Error('no \\u001b[31mway out\\nat all'); };\n");
    const cli = path.join(__dirname, '../../src/cli.js');
    const child = spawn(process.execPath, ['--require', broken, cli, 'probe', '127.0.0.1:1']);
    let error = '';
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    assert.deepEqual([code, error], [70, 'exchange-certificates: no \\u{1b}[31mway out\n']);
  });

  it('prints one object a line, with the keys that are promised', async () => {
    const { code, lines, out } = await against(whole(), '{}', ...name());
    assert.equal(code, 0, out);
    const [line = {}] = lines;
    const promised = [
      'endpoint',
      'protocol',
      'outcome',
      'certificate',
      'chain',
      'tls',
      'nameMatches',
      'chainComplete',
      'findings',
      'milliseconds',
    ];
    assert.deepEqual(Object.keys(line).slice(0, promised.length), promised);
    assert.deepEqual(
      [line['outcome'], line['protocol'], line['nameMatches'], line['chainComplete'], line['findings']],
      ['presented', 'https', true, true, []],
    );
    assert.equal((line['chain'] as string[]).length, 2);
    assert.deepEqual(Object.keys(line['certificate'] as object), [
      'thumbprint',
      'sha256',
      'subject',
      'issuer',
      'tlsCertificateName',
      'serialNumber',
      'notBefore',
      'notAfter',
      'dnsNames',
      'keyAlgorithm',
      'keySize',
      'hasPrivateKey',
      'friendlyName',
    ]);
  });
  it('speaks STARTTLS where it is told to', async () => {
    const { code, lines } = await against(
      says('220 mail\r\n', ['250-mail\r\n250 STARTTLS\r\n', '220 go\r\n'], whole()),
      '{}',
      '--starttls',
      'smtp',
      ...name(),
    );
    assert.deepEqual([code, lines[0]?.['protocol'], lines[0]?.['outcome']], [0, 'smtp', 'presented']);
  });
  it('exits with 1 for a certificate that expires soon', async () =>
    assert.equal(
      (await against(speakTls(pki().a, pki().bundle('cli-a.pem', pki().a, pki().r12)), '{}', ...name())).code,
      1,
    ));
  const soon = (): Script => speakTls(pki().a, pki().bundle('cli-a.pem', pki().a, pki().r12));
  it('by the days that are given: 12 left are all well below 10', async () =>
    assert.equal((await against(soon(), '{}', '--warning-days', '10', ...name())).code, 0));
  it('by the days that are given: 12 left are an error below 13, and exit with 2', async () => {
    const { code, lines } = await against(soon(), '{}', '--warning-days', '20', '--error-days', '13', ...name());
    assert.deepEqual(
      (lines[0]?.['findings'] as { code: string; severity: string }[]).map(({ code, severity }) => [code, severity]),
      [['expiring', 'error']],
    );
    assert.equal(code, 2);
  });
  it('exits with 2 for an expired one', async () =>
    assert.equal((await against(speakTls(pki().expired), '{}', ...name())).code, 2));
  it('exits with 2 for a name that is not covered', async () =>
    assert.equal((await against(whole(), '{}', '--servername', 'other.mydomain.com', '--no-trust', '--json')).code, 2));
  it('exits with 3 where nobody listens', async () => {
    const { code, lines } = await command('127.0.0.1:1', '--json');
    assert.deepEqual([code, lines[0]?.['outcome'], lines[0]?.['certificate']], [3, 'unreachable', null]);
  });
  it('exits with 3 where time runs out', async () => {
    const { code, lines } = await against(() => undefined, '{}', '--timeout', '0.5', ...name());
    assert.deepEqual([code, lines[0]?.['outcome']], [3, 'timeout']);
  });
  it('looks at every endpoint of a configuration, and says that nodes differ', async () => {
    const [one, other] = [await serve(whole()), await serve(speakTls(pki().expired))];
    const file = path.join(pki().folder, 'exchange-certificates.yaml');
    const servers = [one, other].map(
      ({ port }, at) =>
        `  - { name: SERVER${at}, fqdn: server${at}.mydomain.com, address: 127.0.0.1, endpoints: { smtp: 0, https: ${port}, imaps: 0, pop3s: 0 } }\n`,
    );
    writeFileSync(
      file,
      `organization: Contoso\nremoting:\n  exchange: [http://server0.mydomain.com/PowerShell/]\nservers:\n${servers.join('')}certificates:\n  - { name: www, pfx: '*.pfx', services: [IIS], hostnames: [www.mydomain.com] }\n`,
    );
    const { code, lines, error } = await command(file, '--no-trust', '--json');
    await Promise.all([one.close(), other.close()]);
    assert.equal(error, '');
    assert.equal(code, 2);
    assert.deepEqual(lines.map((line) => [line['server'], line['servername']].join(' ')).toSorted(), [
      'SERVER0 www.mydomain.com',
      'SERVER1 www.mydomain.com',
    ]);
    // printed as they come: the last one was compared with all before it
    const differs = lines.map((line) => (line['findings'] as { code: string }[]).map(({ code: one }) => one));
    assert.deepEqual(
      differs.map((codes) => codes.includes('nodes-differ')),
      [false, true],
    );
  });
  it('exits with 2 where another certificate is presented than the one the configuration names', async () => {
    const server = await serve(whole());
    const file = path.join(pki().folder, 'by-thumbprint.yaml');
    const certificate = `thumbprint: ${'C'.repeat(40)}, services: [IIS], hostnames: [www.mydomain.com]`;
    writeFileSync(
      file,
      `organization: Contoso\nremoting:\n  exchange: [http://server0.mydomain.com/PowerShell/]\nservers:\n  - { name: SERVER0, fqdn: server0.mydomain.com, address: 127.0.0.1, endpoints: { smtp: 0, https: ${server.port}, imaps: 0, pop3s: 0 } }\ncertificates:\n  - { name: www, ${certificate} }\nprobe: { from: SERVER0 }\n`,
    );
    const { code, lines, error } = await command(file, '--no-trust', '--json');
    await server.close();
    assert.deepEqual(
      [code, (lines[0]?.['findings'] as { code: string }[]).map((finding) => finding.code)],
      [2, ['third-certificate']],
    );
    assert.match(error, /by-thumbprint\.yaml: probe\.from counts in the editor/);
  });
  it('documents its exit codes', async () => {
    const { code, out } = await command('--help');
    assert.equal(code, 0);
    assert.match(out, /exit codes: 0 all well, 1 .*, 2 .*\n3 .*, 64 usage, 66 no such file/);
  });
  it('looks at an IPv6 address in brackets', async () => {
    const server = await serve(whole(), '::1');
    const { code, lines } = await command(`[::1]:${server.port}`, ...name());
    await server.close();
    assert.deepEqual([code, lines[0]?.['endpoint'], lines[0]?.['outcome']], [0, `[::1]:${server.port}`, 'presented']);
  });
  it('prints hostile names for people without control characters', async () => {
    const { out } = await against(speakTls(pki().hostile), '{}', '--servername', 'www.mydomain.com');
    assert.match(out, /<img src=x/);
    assert.ok([...Buffer.from(out)].every((byte) => byte >= 32 || byte === 10));
  });
  it('prints one line for one endpoint, whatever a name holds', async () => {
    const { out } = await against(speakTls(pki().hostile), '{}', ...name());
    assert.equal(out.trimEnd().split('\n').length, 1);
  });
  const usage = (...words: string[]): void =>
    void it(`refuses ${words.join(' ') || 'nothing at all'}`, async () =>
      assert.equal((await command(...words)).code, 64));
  usage();
  usage('127.0.0.1:1', '--starttls', 'ldap');
  usage('127.0.0.1:1', '--timeout', '0');
  usage('127.0.0.1:1', '--timeout', 'soon');
  usage('127.0.0.1:1', '--warning-days', '-1');
  usage('127.0.0.1:1', '--error-days', 'few');
  usage('127.0.0.1:1', '--unknown');
  it('says where a file is none', async () => assert.equal((await command('/nowhere.yaml')).code, 66));
});
