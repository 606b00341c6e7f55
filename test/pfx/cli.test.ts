// The command: the object of `inspect --json`, exit codes, the password on standard input, and `convert`.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Inspection } from '../../src/model/inspection';
import { corpusFolder } from './corpus';

const cli = path.resolve(__dirname, '../../src/cli.js');
const file = (name: string) => path.join(corpusFolder, 'files', name);

function run(
  args: readonly string[],
  input = '',
): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { input, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

function inspect(name: string, password: string): { readonly code: number | null; readonly printed: Inspection } {
  const { code, out } = run(['inspect', file(name), '--password-stdin', '--json'], password);
  return { code, printed: JSON.parse(out) as Inspection };
}

describe('inspect', () => {
  it('prints one object with all keys, in their order', () => {
    const { code, printed } = inspect('openssl-default.pfx', 'secret');
    assert.equal(code, 0);
    assert.deepEqual(Object.keys(printed), [
      'outcome',
      'message',
      'certificates',
      'privateKeys',
      'encryption',
      'mac',
      'importsOn',
      'findings',
    ]);
    assert.deepEqual(Object.keys(printed.certificates[0]!), [
      ...[
        'thumbprint',
        'sha256',
        'subject',
        'issuer',
        'tlsCertificateName',
        'serialNumber',
        'notBefore',
        'notAfter',
        'dnsNames',
      ],
      ...['keyAlgorithm', 'keySize', 'hasPrivateKey', 'friendlyName'],
    ]);
    assert.deepEqual(printed.encryption[0], {
      part: 'certificates',
      algorithm: 'AES-256-CBC',
      hash: 'SHA-256',
      iterations: 2048,
    });
    assert.deepEqual(printed.mac, { algorithm: 'HMAC-SHA-256', iterations: 2048 });
    assert.deepEqual(printed.importsOn, { windowsServer2016: false, windowsServer2019: true, windowsServer2022: true });
    assert.ok(
      printed.findings.some(({ message }) => message === 'Imports on Windows Server 2016: no, because AES-256.'),
    );
    for (const finding of printed.findings) {
      assert.deepEqual(Object.keys(finding), ['code', 'severity', 'message', 'remedy']);
    }
  });

  it('prints the parts of a file without encryption in the same shape, and nothing known where the version is another', () => {
    const bare = inspect('bare.pfx', '').printed;
    assert.deepEqual(
      bare.encryption.map((part) => JSON.stringify(part)),
      ['certificates', 'key'].map((part) => JSON.stringify({ part, algorithm: 'none', hash: null, iterations: null })),
    );
    const { importsOn } = inspect('version-4.pfx', 'secret').printed;
    assert.deepEqual(importsOn, { windowsServer2016: false, windowsServer2019: null, windowsServer2022: null });
  });

  for (const [name, password, outcome, code] of [
    ['openssl-default.pfx', 'secret', 'opened', 0],
    ['openssl-default.pfx', 'wrong', 'wrong-password', 2],
    ['pem.pfx', '', 'not-pkcs12', 3],
    ['truncated.pfx', 'secret', 'damaged', 4],
    ['unsupported-mac.pfx', 'secret', 'unsupported', 5],
    ['iterations-mac.pfx', 'secret', 'refused', 6],
  ] as const) {
    it(`exits ${code} for ${outcome}, with all keys there`, () => {
      const { code: exit, printed } = inspect(name, password);
      assert.deepEqual([exit, printed.outcome, Object.keys(printed).length], [code, outcome, 8]);
    });
  }

  it('takes the password as UTF-8 and trims nothing', () => {
    assert.equal(inspect('password-spaces.pfx', ' "$x`y\' ').code, 0);
    assert.equal(inspect('password-unicode.pfx', 'pässwörd-€-漢').code, 0);
    const { code, printed } = inspect('openssl-default.pfx', 'secret\n');
    assert.equal(code, 2);
    assert.match(printed.message, /ends in a line break/);
  });

  it('tries the empty password when none is announced, and reads no input', () => {
    assert.equal(run(['inspect', file('empty-password.pfx')], 'secret').code, 0);
    assert.equal(run(['inspect', file('openssl-default.pfx')], 'secret').code, 2);
  });

  it('exits 64 for wrong usage and 66 for no such file', () => {
    for (const args of [
      [],
      ['bogus'],
      ['constructor'],
      ['inspect'],
      ['inspect', 'a', 'b'],
      ['inspect', '--bogus', 'a'],
    ])
      assert.equal(run(args).code, 64, args.join(' '));
    assert.equal(run(['inspect', file('not-there.pfx'), '--json']).code, 66);
  });

  it('refuses a file that is too large before it reads it, whatever it is', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'pfx-cli-'));
    try {
      const large = path.join(folder, 'large.pfx');
      // sparse: four gigabytes that no process could hold
      writeFileSync(large, '0');
      truncateSync(large, 4e9);
      const { code, out } = run(['inspect', large, '--json']);
      assert.equal(code, 6);
      assert.match((JSON.parse(out) as Inspection).message, /4,000,000,000 bytes, more than the limit/);
      assert.equal(run(['convert', large, '--to', path.join(folder, 'new.pfx')]).code, 6);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('prints names as text for a terminal, control characters as escapes', () => {
    const { out } = run(['inspect', file('odd-names.pfx'), '--password-stdin'], 'secret');
    assert.ok(
      out.includes('E=a@b.c, CN=mail.contoso.com, OU=" #1", O="Müller & ""Söhne"", Ltd.", S=West Midlands, C=GB'),
    );
    assert.ok(!/[\0-\x09\x0b-\x1f]/.test(out));
  });
});

describe('convert', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'pfx-cli-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const secretFile = (text: string): string => {
    const held = path.join(folder, 'held');
    writeFileSync(held, text, { mode: 0o600 });
    return held;
  };

  it('writes a new file for this user alone, which inspect finds importable on Windows Server 2016', () => {
    const target = path.join(folder, 'new.pfx');
    assert.equal(
      run(['convert', file('openssl-default.pfx'), '--to', target, '--password-stdin', '--csp'], 'secret').code,
      0,
    );
    assert.equal(statSync(target).mode & 0o777, 0o600);
    const { out } = run(['inspect', target, '--password-stdin', '--json'], 'secret');
    assert.equal((JSON.parse(out) as Inspection).importsOn.windowsServer2016, true);
  });

  it('takes every choice: another password, a friendly name, the provider, no root, the other way and the count', () => {
    const target = path.join(folder, 'chosen.pfx');
    const choices = ['--friendly-name', 'new – Ü', '--csp', '--drop-root', '--modern', '--iterations', '5000'];
    const args = [cli, 'convert', file('openssl-legacy.pfx'), '--to', target, '--password-stdin', ...choices];
    const { status } = spawnSync(process.execPath, [...args, '--new-password-fd', '3'], {
      input: 'secret',
      stdio: ['pipe', 'pipe', 'pipe', openSync(secretFile('another pässwörd'), 'r')],
    });
    assert.equal(status, 0);
    assert.equal(run(['inspect', target, '--password-stdin'], 'secret').code, 2);
    const { out } = run(['inspect', target, '--password-stdin', '--json'], 'another pässwörd');
    const { certificates, encryption, findings } = JSON.parse(out) as Inspection;
    assert.deepEqual(
      certificates.map(({ subject, friendlyName }) => [subject, friendlyName]),
      [
        ['CN=www.mydomain.com', 'new – Ü'],
        ["CN=R13, O=Let's Encrypt, C=US", null],
      ],
    );
    assert.deepEqual([encryption[0]?.algorithm, encryption[0]?.iterations], ['AES-256-CBC', 5_000]);
    assert.ok(!findings.some(({ code }) => code === 'provider-not-named'));
  });

  for (const choice of [
    ['--iterations', '1999'],
    ['--iterations', '10001'],
    ['--new-password-fd', '1'],
    ['--new-password-fd', '77'],
  ]) {
    it(`refuses ${choice.join(' ')} and writes nothing`, () => {
      const target = path.join(folder, 'none.pfx');
      assert.equal(
        run(['convert', file('openssl-default.pfx'), '--to', target, '--password-stdin', ...choice], 'secret').code,
        64,
      );
      assert.ok(!existsSync(target));
    });
  }

  it('never writes over a file', () => {
    const target = path.join(folder, 'there.pfx');
    writeFileSync(target, 'kept');
    assert.equal(run(['convert', file('openssl-default.pfx'), '--to', target, '--password-stdin'], 'secret').code, 73);
    assert.equal(statSync(target).size, 4);
  });

  it('writes nothing when the password is wrong', () => {
    const target = path.join(folder, 'none.pfx');
    assert.equal(run(['convert', file('openssl-default.pfx'), '--to', target, '--password-stdin'], 'wrong').code, 2);
    assert.ok(!existsSync(target));
  });
});
