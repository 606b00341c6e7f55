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
const reported = (name: string) => path.join(corpusFolder, 'reported', name);

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

  for (const [what, name, password] of [
    ['its blanks', 'password-spaces.pfx', ' "$x`y\' '],
    ['characters beyond ASCII', 'password-unicode.pfx', 'pässwörd-€-漢'],
    ['the line break of a shell', 'openssl-default.pfx', 'secret\n'],
    ['the line break of PowerShell or cmd', 'openssl-default.pfx', 'secret\r\n'],
    ['the mark and the line break of Windows PowerShell', 'password-unicode.pfx', '\ufeffpässwörd-€-漢\r\n'],
  ] as const) {
    it(`takes the password with ${what}`, () => assert.equal(inspect(name, password).code, 0));
  }

  for (const password of ['secret\n\n', 'secret \r\n', '\nsecret', 'secre']) {
    it(`drops no more than one line break of ${JSON.stringify(password)}`, () => {
      assert.equal(inspect('openssl-default.pfx', password).code, 2);
    });
  }

  it('says how to give the password where a line break is not all that is wrong', () => {
    assert.match(inspect('openssl-default.pfx', 'wrong\n').printed.message, /ends in a line break/);
    assert.match(run(['inspect']).err, /PowerShell: .*\n.*Read-Host -AsSecureString/);
  });

  for (const [name, code, text] of [
    ['headerless.cer', 0, /Opened: 1 certificate\./],
    ['number-sign.p7b', 0, /Opened: 2 certificates\./],
    ['ev-a.der', 0, /OID\.2\.5\.4\.15=Private Organization/],
    ['truncated-second.pem', 0, /warning: The block CERTIFICATE that begins in line 21 has no end/],
    ['utf16-be.cer', 0, /CN=www\.mydomain\.com/],
    ['p7b-crl-only.p7b', 4, /No certificate could be read/],
    ['key-old.pem', 3, /it is an encrypted private key/],
    ['request-new.pem', 3, /it is a certificate request/],
    ['cisco.pem', 3, /as Cisco devices export it/],
    ['quoted-pfx.txt', 3, /a PKCS#12 file written as base64 text/],
  ] as const) {
    it(`reads certificates without a password, or says what the file is: ${name}`, () => {
      const { code: exit, out } = run(['inspect', reported(name)]);
      assert.equal(exit, code, out);
      assert.match(out, text);
    });
  }

  it('is not content with certificates where the file is called a PFX', () => {
    assert.equal(run(['inspect', file('pem.pfx')]).code, 3);
  });

  it('tells of a file that Windows protected for groups, with the groups', () => {
    const { code, out } = run(['inspect', reported('protected-for-groups.pfx')]);
    assert.equal(code, 5);
    assert.match(out, /S-1-5-21-1004336348-1177238915-682003330-512 \(Domain Admins\)/);
  });

  it('prints null for a date that does not exist', () => {
    const { out } = run(['inspect', reported('time-february-29.pfx'), '--json']);
    assert.equal((JSON.parse(out) as Inspection).certificates[0]?.notAfter, null);
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

  for (const [where, name, password] of [
    [file, 'unreadable-certificate.pfx', ''],
    [reported, 'nested-set.pfx', 'Passw0rd!'],
  ] as const) {
    it(`writes nothing where a certificate could not be read, unless that is accepted: ${name}`, () => {
      const target = path.join(folder, 'less.pfx');
      const args = ['convert', where(name), '--to', target, '--password-stdin'];
      const refused = run(args, password);
      assert.equal(refused.code, 70);
      assert.match(refused.err, /Not in the copy: A part of the file could not be read: .*\n.*nothing was written/);
      assert.ok(!existsSync(target));
      const accepted = run([...args, '--without-unreadable'], password);
      assert.equal(accepted.code, 0);
      assert.match(accepted.err, /Not in the copy: A part of the file could not be read/);
      assert.ok(existsSync(target));
    });
  }

  it('writes nothing where a key could not be read, whatever is accepted', () => {
    const target = path.join(folder, 'less.pfx');
    const { code, err } = run(
      ['convert', file('key-cast5.pfx'), '--to', target, '--password-stdin', '--without-unreadable'],
      'secret',
    );
    assert.equal(code, 70);
    assert.match(err, /A private key could not be read; nothing was written/);
    assert.ok(!existsSync(target));
  });

  it('names what a copy leaves out by design', () => {
    const { code, err } = run(['convert', file('crl-bag.pfx'), '--to', path.join(folder, 'new.pfx')]);
    assert.equal(code, 0);
    assert.match(err, /Not in the copy: The file also holds a revocation list/);
  });

  it('keeps the certificate whose dates are written without seconds, or do not exist', () => {
    for (const name of ['time-gen-no-seconds.pfx', 'time-leap-second.pfx']) {
      const password = name === 'time-gen-no-seconds.pfx' ? 'pw' : '';
      const target = path.join(folder, name);
      assert.equal(run(['convert', reported(name), '--to', target, '--password-stdin'], password).code, 0);
      const { out } = run(['inspect', target, '--password-stdin', '--json'], password);
      assert.equal((JSON.parse(out) as Inspection).certificates.length, 1);
    }
  });

  it('takes the line break off the password that it keeps in the copy', () => {
    const target = path.join(folder, 'new.pfx');
    const args = ['convert', file('openssl-default.pfx'), '--to', target, '--password-stdin'];
    assert.equal(run(args, 'secret\r\n').code, 0);
    const args2 = ['pkcs12', '-in', target, '-noout', '-passin', 'pass:secret', '-legacy'];
    assert.equal(spawnSync('openssl', args2).status, 0);
  });

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
