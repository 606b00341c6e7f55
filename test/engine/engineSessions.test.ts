// The kinds of sessions: what is found in each, what crosses between them, who is asked.
import assert from 'node:assert/strict';
import { exchange, sampleEngine, server1 } from './sampleEngine';

describe('a session of the lab', () => {
  const lab = sampleEngine();

  const found = async (name: string, kind: 'workstation' | 'managementShell' | 'server'): Promise<boolean> => {
    const place = kind === 'workstation' ? { kind } : { kind, server: 'SERVER1' };
    const result = await lab.run(`@(Get-Command ${name} -ErrorAction SilentlyContinue).Count`, place);
    return result.objects[0] === 1;
  };

  for (const [command, workstation, server, managementShell] of [
    ['Get-ExchangeCertificate', false, false, true],
    ['Set-SendConnector', false, false, true],
    ['Import-PfxCertificate', false, true, true],
    ['Get-Service', false, true, true],
    ['New-PSSession', true, true, true],
    ['ConvertTo-Json', true, true, true],
    ['Invoke-Lab', false, false, false],
    ['Invoke-Proxy', false, false, false],
    ['Start-Job', false, false, false],
  ] as const) {
    const where = Object.entries({ workstation, server, managementShell }).flatMap(([kind, has]) =>
      has ? [kind] : [],
    );
    it(`finds ${command} on ${where.join(', ') || 'none'}`, async () => {
      const seen = [
        await found(command, 'workstation'),
        await found(command, 'server'),
        await found(command, 'managementShell'),
      ];
      assert.deepEqual(seen, [workstation, server, managementShell]);
    });
  }

  it('of the workstation says an Exchange cmdlet is not found', async () => {
    const { errors } = await lab.run('Get-ExchangeCertificate');
    assert.deepEqual([errors[0]?.id, errors[0]?.category], ['CommandNotFoundException', 'ObjectNotFound']);
  });

  for (const [what, script] of [
    ['a variable', '$x = 1'],
    ['logic', 'if ($true) { Get-ExchangeServer }'],
    ['a parameter block', 'param($x) Get-ExchangeServer'],
    ['a $using: value', 'Get-ExchangeServer -Identity $using:name'],
    ['a nested script block', 'Get-ExchangeServer | Select-Object { $_.Name }'],
    ['an expandable string', 'Get-ExchangeServer -Identity "$(1)"'],
  ] as const) {
    it(`at the Exchange endpoint refuses ${what}`, async () => {
      const { errors } = await lab.run(
        `${exchange}$name = 'SERVER1'; Invoke-Command -Session $exchange -ScriptBlock { ${script} }`,
      );
      assert.match(errors[0]?.id ?? '', /^ScriptsNotAllowed/);
    });
  }

  it('at the Exchange endpoint takes a command with constants', async () => {
    const { objects, errors } = await lab.run(
      `${exchange}(Invoke-Command -Session $exchange -ScriptBlock { Get-ExchangeServer -Identity 'SERVER1' }).Name`,
    );
    assert.deepEqual([objects.length, errors], [1, []]);
  });

  it('at the Exchange endpoint does not know a file command', async () => {
    const { errors } = await lab.run(`${exchange}Invoke-Command -Session $exchange -ScriptBlock { Get-ChildItem }`);
    assert.match(errors[0]?.id ?? '', /^CommandNotFoundException/);
  });

  it('gives results back deserialised, with the computer they come from', async () => {
    const { objects } = await lab.run(
      `${server1}$r = Invoke-Command $server { Get-Item C:\\Windows\\Temp }
       $r.PSObject.TypeNames[0]; $r.PSComputerName; @($r.PSObject.Methods | Where-Object Name -eq 'Delete').Count`,
    );
    assert.equal(objects[0], 'Deserialized.System.IO.DirectoryInfo');
    assert.match(String(objects[1]), /^server1/i);
    assert.equal(objects[2], 0);
  });

  it('passes a SecureString, an array and $using: values to the other side', async () => {
    const { objects } = await lab.run(
      `${server1}$word = 'w'; $secret = ConvertTo-SecureString 'gehäim' -AsPlainText -Force
       Invoke-Command $server { param($s, $list) "$($s.GetType().Name) $($s.Length) $($list.Count) $using:word" } -ArgumentList $secret, @(1, 2, 3) | ForEach-Object { "$_" }`,
    );
    assert.deepEqual(objects, ['SecureString 6 3 w']);
  });

  it('keeps its variables between calls and its environment to itself', async () => {
    const { objects } = await lab.run(
      `${server1}Invoke-Command $server { $kept = 5; $env:LAB_TEST = 'x' }
       Invoke-Command $server { "$kept $env:LAB_TEST $env:COMPUTERNAME" } | ForEach-Object { "$_" }; "[$env:LAB_TEST]"`,
    );
    assert.deepEqual(objects, ['5 x SERVER1', '[]']);
  });

  it('answers from many at once, each by its name', async () => {
    const { objects } = await lab.run(
      `$all = New-PSSession -ComputerName server1.mydomain.com, server2.mydomain.com, server4.mydomain.com
       Invoke-Command -Session $all -ThrottleLimit 2 { $env:COMPUTERNAME } | Sort-Object | ForEach-Object { "$_" }; $all | Remove-PSSession; @(Get-PSSession).Count`,
    );
    assert.deepEqual(objects, ['SERVER1', 'SERVER2', 'SERVER4', 0]);
  });

  it('makes a far error non-terminating here, and terminating with -ErrorAction Stop', async () => {
    const { objects, outcome } = await lab.run(
      `${server1}Invoke-Command $server { throw 'far' }; 'went on'
       try { Invoke-Command $server { throw 'far' } -ErrorAction Stop; 'not here' } catch { 'caught ' + $_.Exception.Message }`,
    );
    assert.deepEqual([objects, outcome], [['went on', 'caught far'], 'completed']);
  });

  it('evaluates the parameters of an imported command here and sends their values', async () => {
    const { objects, errors } = await lab.run(
      `${exchange}$names = 'SERVER1', 'SERVER2'; $names | ForEach-Object { (Get-ExchangeServer -Identity $_).Name } | ForEach-Object { "$_" }`,
    );
    assert.deepEqual([objects, errors], [['SERVER1', 'SERVER2'], []]);
  });

  it('imports the named commands only, with a prefix where asked', async () => {
    const { objects } = await lab.run(
      `$s = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://server2.mydomain.com/PowerShell/
       $null = Import-PSSession $s -CommandName Get-ExchangeServer -Prefix Lab -AllowClobber
       @(Get-Command Get-LabExchangeServer, Get-ExchangeServer, Get-LabSendConnector -ErrorAction SilentlyContinue).Name`,
    );
    assert.deepEqual(objects, ['Get-LabExchangeServer']);
  });

  it('keeps switches, types and positions of an imported command', async () => {
    const { objects } = await lab.run(
      `${exchange}$p = (Get-Command Import-ExchangeCertificate).Parameters
       $p['FileData'].ParameterType.Name; $p['Password'].ParameterType.Name; (Get-Command Enable-ExchangeCertificate).Parameters['Force'].SwitchParameter`,
    );
    assert.deepEqual(objects, ['Byte[]', 'SecureString', true]);
  });

  it('says so when an imported command is used after its session was removed', async () => {
    const { errors } = await lab.run(`${exchange}Remove-PSSession $exchange; Get-ExchangeServer`);
    assert.equal(errors[0]?.category, 'ResourceUnavailable');
  });

  it('cannot be imported under the execution policy Restricted', async () => {
    const { errors } = await lab.run(`Set-ExecutionPolicy Restricted -Scope Process -Force; ${exchange}`);
    assert.equal(errors[0]?.category, 'SecurityError');
  });

  it('refuses Enter-PSSession in a script', async () => {
    const { errors } = await lab.run('Enter-PSSession -ComputerName server1.mydomain.com');
    assert.match(errors[0]?.id ?? '', /^HostDoesNotSupportPushRunspace/);
  });

  it('copies a file there and back by Copy-Item', async () => {
    const { objects, errors } = await lab.run(
      `${server1}$here = Join-Path $env:TEMP ('engine-' + [guid]::NewGuid()); $back = $here + '.back'
       Set-Content $here ([byte[]](0, 255, 7)) -Encoding Byte
       Copy-Item $here -Destination 'C:\\Windows\\Temp\\there.bin' -ToSession $server
       Invoke-Command $server { (Get-Content C:\\Windows\\Temp\\there.bin -Encoding Byte).Count } | ForEach-Object { $_ + 0 }
       Copy-Item 'C:\\Windows\\Temp\\there.bin' -Destination $back -FromSession $server
       (Get-Content $back -Encoding Byte) -join ','; Remove-Item $here, $back`,
    );
    assert.deepEqual([objects, errors], [[3, '0,255,7'], []]);
  });

  for (const [answer, expected] of [
    ['Y', 'True'],
    ['N', 'False'],
    ['', 'True'],
  ] as const) {
    it(`takes ${JSON.stringify(answer)} to a confirmation as ${expected}`, async () => {
      const { output, prompts } = await lab.run(
        "[bool]$PSCmdlet; function Test-It { [CmdletBinding()] param() $PSCmdlet.ShouldContinue('Overwrite?', 'Confirm') }; Test-It",
        { answers: [answer] },
      );
      assert.equal(output[1], expected);
      assert.equal(prompts[0]?.kind, 'choice');
    });
  }

  it('asks here what is asked over there', async () => {
    const { objects, prompts } = await lab.run(
      `${server1}Invoke-Command $server { Read-Host 'Name' } | ForEach-Object { "$_" }`,
      { answers: ['me'] },
    );
    assert.deepEqual([objects, prompts[0]?.text], [['me'], 'Name: ']);
  });

  it('ends a run at a prompt without an answer', async () => {
    const result = await lab.run("Read-Host 'Password' -AsSecureString; Write-Host 'after'");
    assert.deepEqual([result.outcome, result.killed, result.hostText], ['no-answer', true, '']);
    assert.deepEqual(result.prompts, [{ text: 'Password: ', kind: 'secret' }]);
  });

  for (const command of ['Get-Item', 'New-PSSession', 'Invoke-Command', 'ConvertTo-Json']) {
    it(`refuses a parameter ${command} does not have`, async () => {
      const { errors } = await lab.run(`${command} -NoSuchParameter 1`);
      assert.match(errors[0]?.id ?? '', /^NamedParameterNotFound/);
    });
  }

  it('refuses a parameter an imported command does not have', async () => {
    const { errors } = await lab.run(`${exchange}Get-ExchangeServer -NoSuchParameter 1`);
    assert.match(errors[0]?.id ?? '', /^NamedParameterNotFound/);
  });

  it('kept over runs keeps what was defined in it', async () => {
    const session = await lab.engine.openSession({ organization: lab.organization });
    await session.run({ script: "$password = Read-Host 'Password' -AsSecureString", answers: ['pw'] });
    const { objects } = await session.run({ script: '$password.Length' });
    await session.close();
    assert.deepEqual(objects, [2]);
  });

  it('opens fresh for each run', async () => {
    await lab.run('$global:left = 1; function global:Get-Left { 1 }');
    const { objects } = await lab.run('$null -eq $left; @(Get-Command Get-Left -ErrorAction SilentlyContinue).Count');
    assert.deepEqual(objects, [true, 0]);
  });
});
