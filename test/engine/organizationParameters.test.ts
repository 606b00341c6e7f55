// Each simulated cmdlet as PowerShell itself sees it, against the table and so against Microsoft's page: types, mandatory ones, sets, positions.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sampleOrganization } from '../lab/organization';
import { type ParameterUse, readLabTable } from '../lab/table';
import { useOrganization, well } from './oneOrganization';

const table = readLabTable();
const names = Object.keys(table.cmdlets);

/** `Get-X -Name|set|required|position|pipeline`, with * for all sets. */
const line = (command: string, parameter: string, use: ParameterUse): string =>
  [`${command} -${parameter}`, use.set ?? '*', use.required ?? false, use.position ?? '-', use.pipeline ?? '-'].join(
    '|',
  );

const told = `foreach ($name in '${names.join("', '")}') {
  foreach ($parameter in (Get-Command $name).Parameters.Values) {
    foreach ($set in $parameter.ParameterSets.GetEnumerator()) {
      $pipeline = @($(if ($set.Value.ValueFromPipeline) { 'value' }), $(if ($set.Value.ValueFromPipelineByPropertyName) { 'name' })) -ne $null -join '+'
      $position = if ($set.Value.Position -lt 0) { '-' } else { $set.Value.Position + 1 }
      "$name -$($parameter.Name)|$($set.Key -replace '__AllParameterSets', '*')|$($set.Value.IsMandatory.ToString().ToLowerInvariant())|$position|$(if ($pipeline) { $pipeline } else { '-' })"
    }
  }
}`;

describe('the parameters of the lab', () => {
  const { on, call, workstation } = useOrganization();

  it('are in the sets, mandatory, positional and fed by the pipeline as their pages say', async () => {
    const seen = new Set(well(await on(told)).objects as string[]);
    const expected = names.flatMap((name) =>
      table.cmdlets[name]!.parameters.filter(
        (parameter) => parameter.until === undefined && !['WhatIf', 'Confirm'].includes(parameter.name),
      ).flatMap((parameter) => (parameter.in ?? [{}]).map((use) => line(name, parameter.name, use))),
    );
    assert.deepEqual(
      expected.filter((each) => !seen.has(each)),
      [],
    );
  });

  for (const [what, script, id] of [
    ['an unknown parameter', 'Get-SendConnector -Nothing 1', 'NamedParameterNotFound'],
    ['a number that is none', `Set-SendConnector SEND -Port abc`, 'ParameterArgumentTransformationError'],
    [
      'a service that does not exist',
      'Enable-ExchangeCertificate x -Services WEB',
      'ParameterArgumentTransformationError',
    ],
    [
      'a TLS level that does not exist',
      `Set-SendConnector SEND -TlsAuthLevel Strong`,
      'ParameterArgumentTransformationError',
    ],
    [
      'a password that is no SecureString',
      `Get-PfxData C:\\x.pfx -Password 'word'`,
      'ParameterArgumentTransformationError',
    ],
    ['text for a flag', `Set-SendConnector SEND -Enabled maybe`, 'ParameterArgumentTransformationError'],
    ['parameters of two sets', 'Get-ReceiveConnector -Identity x -Server SERVER1', 'AmbiguousParameterSet'],
    [
      '-Server beside -Identity',
      `Get-ExchangeCertificate -Identity 'SERVER1\\x' -Server SERVER1`,
      'AmbiguousParameterSet',
    ],
    ['a second positional value', 'Get-ExchangeServer SERVER1 SERVER2', 'PositionalParameterNotFound'],
  ] as const) {
    it(`refuse ${what}`, async () => {
      const [error] = (await on(script)).errors;
      assert.ok(error?.id.startsWith(id), JSON.stringify(error));
    });
  }

  for (const script of [
    'Enable-ExchangeCertificate -Services POP',
    'Set-SendConnector -TlsCertificateName x',
    'Remove-ExchangeCertificate',
    'Import-PfxCertificate',
    'Import-ExchangeCertificate',
  ]) {
    it(`that are mandatory are asked for: ${script}`, async () => {
      assert.equal((await on(script)).outcome, 'no-answer');
    });
  }

  it('that the lab knows by name only are refused on a server too, and nothing else is done', async () => {
    const result = await on('Get-Service -Name WinRM -Include x; Get-CimInstance Win32_OperatingSystem -Filter x');
    assert.deepEqual(
      [result.objects, result.errors.map((error) => error.id.split(',')[0])],
      [[], ['Lab.ParameterNotSimulated', 'Lab.ParameterNotSimulated']],
    );
  });

  it('take a certificate or a connector from the pipeline', async () => {
    const { objects } = well(
      await on(
        `Get-SendConnector SEND | Set-SendConnector -Enabled $false; (Get-SendConnector SEND).Enabled; 'SERVER2' | Get-PopSettings | ForEach-Object { [string]$_.Server }`,
      ),
    );
    assert.deepEqual(objects, [false, 'SERVER2']);
  });

  describe('-FileName', () => {
    const find = `(Get-Command Import-ExchangeCertificate).Parameters.ContainsKey('FileName'); (Get-Command Export-ExchangeCertificate).Parameters.ContainsKey('FileName')`;
    for (const [build, has] of [
      ['15.1.2375.7', true],
      ['15.1.2507.6', false],
      ['15.2.986.42', true],
      ['15.2.1118.7', false],
      ['15.2.1748.10', false],
    ] as const) {
      it(`is ${has ? 'there' : 'gone'} in ${build}`, async () => {
        const state = sampleOrganization();
        state.servers[0]!.exchange = build;
        await call('state.set', { state });
        assert.deepEqual(well(await on(find)).objects, [has, has]);
      });
    }

    it('reads and writes files of the server, shares of others included, and crosses an imported session', async () => {
      const state = sampleOrganization();
      for (const server of state.servers) {
        server.exchange = '15.2.986.42';
      }
      await call('state.set', { state });
      const password = `(ConvertTo-SecureString 'x' -AsPlainText -Force)`;
      const { objects } = well(
        await on(
          `$a = (Get-ExchangeCertificate -DomainName www.mydomain.com)[0].Thumbprint
           $null = Export-ExchangeCertificate $a -BinaryEncoded -Password ${password} -FileName C:\\a.pfx
           Test-Path C:\\a.pfx; Remove-Item "Cert:\\LocalMachine\\My\\$a"
           (Import-ExchangeCertificate -FileName '\\\\SERVER1\\C$\\a.pfx' -Password ${password}).Thumbprint -eq $a`,
        ),
      );
      assert.deepEqual(objects, [true, true]);
      const far = await workstation(
        `$s = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://server2.mydomain.com/PowerShell/
         $null = Import-PSSession $s; (Get-Command Import-ExchangeCertificate).Parameters.ContainsKey('FileName')`,
      );
      assert.deepEqual(well(far).objects, [true]);
    });
  });
});
