// Windows PowerShell 5.1 as a script sees it, where 7 would differ.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleEngine } from './sampleEngine';

describe('the lab as Desktop 5.1', () => {
  const lab = sampleEngine();
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lab-desktop-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string, content: string | Buffer): string => {
    const made = path.join(folder, name);
    writeFileSync(made, content);
    return made;
  };

  for (const [title, script, expected] of [
    ['calls itself Desktop', '$PSEdition; $PSVersionTable.PSEdition', ['Desktop', 'Desktop']],
    ['is version 5.1', '"$($PSVersionTable.PSVersion.Major).$($PSVersionTable.PSVersion.Minor)"', ['5.1']],
    [
      'has no $IsLinux, $IsWindows or $PSStyle',
      '@(Get-Variable IsLinux, IsWindows, IsCoreCLR, PSStyle -ErrorAction SilentlyContinue).Count',
      [0],
    ],
    [
      'spells dates in JSON as 5.1',
      "@{ t = ([datetime]'2026-01-01Z').ToUniversalTime() } | ConvertTo-Json -Compress",
      ['{"t":"\\/Date(1767225600000)\\/"}'],
    ],
    [
      'escapes < > & and apostrophe in JSON',
      `"<a> & 'b'" | ConvertTo-Json`,
      ['"\\u003ca\\u003e \\u0026 \\u0027b\\u0027"'],
    ],
    [
      'cuts JSON at depth 2',
      '@{a=@{b=@{c=@{d=1}}}} | ConvertTo-Json -Compress',
      ['{"a":{"b":{"c":"System.Collections.Hashtable"}}}'],
    ],
    ['writes enumerations as numbers in JSON', '[System.DayOfWeek]::Monday | ConvertTo-Json', ['1']],
    ['gives a JSON array as one object', "@(ConvertFrom-Json '[1,2]' | ForEach-Object { $_.Count })", [2]],
    [
      'leaves ISO dates in JSON as text',
      `(ConvertFrom-Json '{"t":"2026-01-01T00:00:00Z"}').t.GetType().Name`,
      ['String'],
    ],
    [
      'refuses -AsHashtable',
      "try { ConvertFrom-Json '{}' -AsHashtable } catch { $_.CategoryInfo.Category.ToString() }",
      ['InvalidArgument'],
    ],
    [
      'refuses -AsByteStream',
      'try { Get-Content x -AsByteStream } catch { $_.CategoryInfo.Category.ToString() }',
      ['InvalidArgument'],
    ],
    [
      'knows who runs it, and that the workstation is not elevated',
      "([Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([Security.Principal.WindowsBuiltInRole]'Administrator')",
      [false],
    ],
    [
      'lists the execution policies of all scopes',
      '@(Get-ExecutionPolicy -List).Count; Get-ExecutionPolicy',
      [5, 'RemoteSigned'],
    ],
  ] as const) {
    it(title, async () => {
      const { objects, errors } = await lab.run(script);
      assert.deepEqual([objects, errors], [expected, []]);
    });
  }

  it('lays JSON out as 5.1: two blanks after the colon, what is nested under its column, an empty array over two lines', async () => {
    const { objects } = await lab.run(
      "ConvertTo-Json ([ordered]@{ a = [ordered]@{ b = 1; c = @(1, 'x') }; d = @(); e = $null; f = @{} })",
    );
    assert.deepEqual((objects[0] as string).split('\r\n'), [
      '{',
      '    "a":  {',
      '              "b":  1,',
      '              "c":  [',
      '                        1,',
      '                        "x"',
      '                    ]',
      '          },',
      '    "d":  [',
      '',
      '          ],',
      '    "e":  null,',
      '    "f":  {',
      '',
      '          }',
      '}',
    ]);
  });

  for (const [depth, expected] of [
    [1, '{"a":{"b":"System.Collections.Hashtable"}}'],
    [2, '{"a":{"b":{"c":"System.Collections.Hashtable"}}}'],
    [3, '{"a":{"b":{"c":{"d":1}}}}'],
  ] as const) {
    it(`cuts JSON at -Depth ${String(depth)}`, async () => {
      const { objects } = await lab.run(`@{a=@{b=@{c=@{d=1}}}} | ConvertTo-Json -Compress -Depth ${String(depth)}`);
      assert.deepEqual(objects, [expected]);
    });
  }

  for (const [name, bytes] of [
    ['Unicode', 'fffee9000d000a00'],
    ['String', 'fffee9000d000a00'],
    ['BigEndianUnicode', 'feff00e9000d000a'],
    ['UTF8', 'efbbbfc3a90d0a'],
    ['UTF32', 'fffe0000e90000000d0000000a000000'],
    ['Ascii', '3f0d0a'],
    ['Default', 'e90d0a'],
    ['Oem', '820d0a'],
  ] as const) {
    it(`writes -Encoding ${name} as 5.1 does, and reads it back`, async () => {
      const each = path.join(folder, `encoding-${name}`);
      const { objects } = await lab.run(
        `'é' | Set-Content '${each}' -Encoding ${name}; "$(Get-Content '${each}' -Encoding ${name})"`,
      );
      assert.equal(readFileSync(each).toString('hex'), bytes);
      assert.deepEqual(objects, [name === 'Ascii' ? '?' : 'é']);
    });
  }

  for (const name of ['utf8NoBOM', 'utf8BOM', 'ansi', '65001']) {
    it(`does not know -Encoding ${name}`, async () => {
      const { errors } = await lab.run(`'x' | Out-File '${folder}/never' -Encoding ${name}`);
      assert.equal(errors[0]?.category, 'InvalidData');
    });
  }

  it('writes CLIXML as UTF-16 with a mark, and reads types and dates back', async () => {
    const each = path.join(folder, 'objects.xml');
    const { objects } = await lab.run(
      `[pscustomobject]@{ text = 'é'; when = [datetime]'2026-01-01'; list = @(1, 2) } | Export-Clixml '${each}'
       $back = Import-Clixml '${each}'; $back.text; $back.when.Year; $back.list.Count; $back.PSObject.TypeNames[0]`,
    );
    const bytes = readFileSync(each);
    assert.equal(bytes.subarray(0, 2).toString('hex'), 'fffe');
    assert.match(
      bytes.toString('utf16le'),
      /<Objs Version="1\.1\.0\.1" xmlns="http:\/\/schemas\.microsoft\.com\/powershell\/2004\/04">/,
    );
    assert.deepEqual(objects, ['é', 2026, 2, 'Deserialized.System.Management.Automation.PSCustomObject']);
  });

  it('writes several objects into one CLIXML, none over a file that -NoClobber keeps', async () => {
    const each = path.join(folder, 'several.xml');
    const { objects, errors } = await lab.run(
      `1, 'two', $null | Export-Clixml '${each}'; @(Import-Clixml '${each}').Count; 1 | Export-Clixml '${each}' -NoClobber`,
    );
    assert.deepEqual([objects, errors[0]?.category], [[3], 'ResourceExists']);
  });

  it('appends by >> in the encoding of >, and Add-Content in that of ANSI', async () => {
    const [a, b] = ['append-a', 'append-b'].map((name) => path.join(folder, name));
    await lab.run(`'é' > '${a}'; 'é' >> '${a}'; 'é' | Add-Content '${b}'; 'é' | Add-Content '${b}'`);
    assert.deepEqual(
      [a, b].map((each) => readFileSync(each ?? '').toString('hex')),
      ['fffee9000d000a00e9000d000a00', 'e90d0ae90d0a'],
    );
  });

  it('makes a remote string an object in JSON, as 5.1 does', async () => {
    const { objects } = await lab.run(
      "$s = New-PSSession server1.mydomain.com; (ConvertFrom-Json (Invoke-Command $s { 'x' } | ConvertTo-Json)).value",
    );
    assert.deepEqual(objects, ['x']);
  });

  it('writes > and Out-File as UTF-16, Set-Content as ANSI, -Encoding UTF8 with a mark', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => path.join(folder, name));
    await lab.run(`'é' > '${a}'; 'é' | Set-Content '${b}'; 'é' | Set-Content '${c}' -Encoding UTF8`);
    assert.deepEqual(
      [a, b, c].map((each) => readFileSync(each ?? '').toString('hex')),
      ['fffee9000d000a00', 'e90d0a', 'efbbbfc3a90d0a'],
    );
  });

  it('reads a file without a mark as ANSI', async () => {
    const { objects } = await lab.run(
      `Get-Content '${file('ansi.txt', 'é')}'; Get-Content '${file('ansi.txt', 'é')}' -Encoding UTF8`,
    );
    assert.deepEqual(
      objects.map((each) => (each as { value: string }).value),
      ['Ã©', 'é'],
    );
  });

  it('reads a script without a mark as ANSI: a letter can hide a quote', async () => {
    const script = file('trap.ps1', "'\u00d1; code; \u00d2'");
    const { output } = await lab.run('', { file: script });
    assert.notDeepEqual(output, ['\u00d1; code; \u00d2']);
  });

  it('reads a script with a mark as UTF-8', async () => {
    const { output } = await lab.run('', { file: file('marked.ps1', "\ufeff'é'") });
    assert.deepEqual(output, ['é']);
  });

  for (const [requires, runs] of [
    ['-Version 5.1', true],
    ['-Version 7.0', false],
    ['-PSEdition Desktop', true],
    ['-PSEdition Core', false],
    ['-RunAsAdministrator', false],
    ['-Modules NoSuchModule', false],
  ] as const) {
    it(`${runs ? 'runs' : 'refuses'} a script that #requires ${requires}`, async () => {
      const { output, errors } = await lab.run('', {
        file: file('requires.ps1', `\ufeff#requires ${requires}\n'ran'`),
      });
      assert.deepEqual([output, errors[0]?.id.split(',')[0]], runs ? [['ran'], undefined] : [[], 'ScriptRequires']);
    });
  }

  it('runs no script file under Restricted', async () => {
    const script = file('any.ps1', "'ran'");
    const { errors } = await lab.run(`Set-ExecutionPolicy Restricted -Scope Process -Force; & '${script}'`);
    assert.equal(errors[0]?.category, 'SecurityError');
  });

  it('ends a script at exit and goes on after it', async () => {
    const script = file('exit.ps1', "'before'; exit 3; 'after'");
    const { output } = await lab.run(`& '${script}'; $LASTEXITCODE; 'on'`);
    assert.deepEqual(output, ['before', '3', 'on'].map(String));
  });

  it('takes parameters of a script file, a SecureString among them', async () => {
    const script = file(
      'parameters.ps1',
      '\ufeffparam([string]$Run, [securestring]$Secret, [switch]$Force) "$Run $($Secret.Length) $Force"',
    );
    const { output } = await lab.run('', {
      file: script,
      parameters: { Run: 'r', Secret: { secureString: 'abc' }, Force: true },
    });
    assert.deepEqual(output, ['r 3 True']);
  });
});
