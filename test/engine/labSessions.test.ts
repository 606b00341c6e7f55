// Sessions as settings make them: cultures and languages, role groups, accounts, execution policies, language modes; and sessions that break.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { sampleOrganization, type LabSettings } from '../lab/organization';
import { useOrganization, well } from './oneOrganization';

const endpoint = `$exchange = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://server2.mydomain.com/PowerShell/ -Authentication Kerberos
`;
const imported = `${endpoint}$null = Import-PSSession $exchange -DisableNameChecking
`;
const server1 = '$server = New-PSSession -ComputerName server1.mydomain.com\n';

describe('sessions of the lab', () => {
  const { call, engine, on, workstation, thumbprint, handle } = lazily(useOrganization({ cultures: true }));
  let folder = '';
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'lab-sessions-'))));
  after(() => rm(folder, { recursive: true }));

  const withSettings = async (settings: Partial<LabSettings>): Promise<void> => {
    await call('state.set', { state: { ...sampleOrganization(), settings } });
  };
  const withCulture = async (culture: string): Promise<void> => {
    const state = sampleOrganization();
    state.servers[0]!.culture = culture;
    await call('state.set', { state });
  };

  describe('on a server of another culture', () => {
    const date = `([datetime]'2026-03-01').ToString()`;
    for (const [culture, shown, lower] of [
      ['de-DE', '01.03.2026 00:00:00', 'title'],
      ['tr-TR', '1.03.2026 00:00:00', 't\u0131tle'],
    ] as const) {
      it(`print dates as ${culture} does, and write small letters as it does`, async () => {
        await withCulture(culture);
        const script = `${server1}Invoke-Command $server { ${date}; 'TITLE'.ToLower(); (Get-Culture).Name } | ForEach-Object { "$_" }`;
        assert.deepEqual(well(await workstation(script)).objects, [shown, lower, culture]);
        assert.deepEqual(well(await on(date)).objects, [shown]);
      });
    }

    it('leave the other servers and the workstation as they are', async () => {
      await withCulture('de-DE');
      const script = `$server = New-PSSession -ComputerName server2.mydomain.com; Invoke-Command $server { ${date} } | ForEach-Object { "$_" }; ${date}`;
      assert.deepEqual(well(await workstation(script)).objects, ['03/01/2026 00:00:00', '03/01/2026 00:00:00']);
    });

    it('tell refusals in its language, with the same id and category', async () => {
      const script = `Get-ExchangeCertificate -Server SERVER9`;
      const [english] = (await on(script)).errors;
      await withCulture('de-DE');
      const [other] = (await on(script)).errors;
      assert.notEqual(other?.message, english?.message);
      assert.match(other?.message ?? '', /SERVER9/);
      assert.deepEqual([other?.id, other?.category], [english?.id, english?.category]);
    });

    it('may tell the dates of a certificate as text in it', async () => {
      await withSettings({ culture: 'de-DE', datesAsText: true });
      const told = well(await on('(Get-ExchangeCertificate -DomainName www.mydomain.com)[0].NotAfter')).objects[0];
      assert.match(String(told), /^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$/);
    });
  });

  describe('of the bare endpoint', () => {
    it('give objects without methods, of a deserialised type', async () => {
      const script = `${imported}$c = @(Get-SendConnector)[0]; $c.PSObject.TypeNames[0]; $c.GetType().Name; @($c.PSObject.Methods | Where-Object { $_.Name -notmatch '^(get_|set_|Get|To|Equals)' }).Count`;
      assert.deepEqual(well(await workstation(script)).objects, [
        'Deserialized.Microsoft.Exchange.Data.Directory.SystemConfiguration.SmtpSendConnectorConfig',
        'PSCustomObject',
        0,
      ]);
    });
    it('give objects that are not equal to their text, and lists that do not contain it', async () => {
      const script = `${imported}$c = @(Get-SendConnector)[1]; $n = [string]$c.TlsCertificateName; $n.Substring(0, 3); $c.TlsCertificateName -eq $n; [string]::Equals($c.TlsCertificateName, $n); $c.SourceTransportServers -contains 'SERVER1'; [string]@($c.SourceTransportServers)[0]; $r = @(Get-ReceiveConnector -Server SERVER1)[0]; $r.TransportRole -eq 'FrontendTransport'; [string]$r.TransportRole; '' + $r.TransportRole -match '^[0-9]+$'`;
      assert.deepEqual(well(await workstation(script)).objects, [
        ...['<I>', false, false, false, 'SERVER1'],
        ...[false, 'FrontendTransport', true],
      ]);
    });
    it('give an empty text where OAuth has no other certificate, and nothing where a connector has no name', async () => {
      const script = `${imported}$a = Get-AuthConfig; $a.PreviousCertificateThumbprint -ceq '' -and $a.NextCertificateThumbprint -ceq ''; $null -eq @(Get-SendConnector)[0].TlsCertificateName`;
      assert.deepEqual(well(await workstation(script)).objects, [true, true]);
    });
  });

  describe('where serialised data is signed and the certificate of OAuth has ended', () => {
    it('give in the management shell nothing of a certificate but its raw data', async () => {
      const state = sampleOrganization();
      state.settings = { serializedDataSigning: true };
      state.certificates['auth']!.days = [-700, -1];
      await call('state.set', { state });
      const told = `$c = @(Get-ExchangeCertificate)[0]; $null -eq $c.Thumbprint -and $null -eq $c.Services; [Security.Cryptography.X509Certificates.X509Certificate2]::new([byte[]]$c.RawData).Thumbprint`;
      assert.deepEqual(well(await on(told)).objects, [true, await thumbprint('A')]);
    });
  });

  describe('of role groups that lack a cmdlet', () => {
    const roles = (...groups: string[]) => withSettings({ roleGroups: groups });
    const has = async (name: string) =>
      well(await workstation(`${imported}@(Get-Command ${name} -ErrorAction SilentlyContinue).Count`)).objects[0] === 1;
    for (const [group, command, there] of [
      ['Server Management', 'Set-SendConnector', false],
      ['Server Management', 'Enable-ExchangeCertificate', true],
      ['Server Management', 'Set-ReceiveConnector', true],
      ['Server Management', 'Set-HybridConfiguration', false],
      ['View-Only Organization Management', 'Get-ExchangeCertificate', false],
      ['Hygiene Management', 'Set-ReceiveConnector', true],
      ['Organization Management', 'Set-SendConnector', true],
    ] as const) {
      it(`do ${there ? '' : 'not '}have ${command} as ${group}`, async () => {
        await roles(group);
        assert.equal(await has(command), there);
        const typed = well(await on(`@(Get-Command ${command} -ErrorAction SilentlyContinue).Count`));
        assert.deepEqual(typed.objects, [there ? 1 : 0]);
      });
    }
    it('add up', async () => {
      await roles('Hygiene Management', 'View-Only Organization Management');
      assert.deepEqual([await has('Set-ReceiveConnector'), await has('Get-AuthConfig')], [true, true]);
    });
    it('say of a cmdlet they lack that it is not found', async () => {
      await roles('Server Management');
      assert.equal((await on('Set-SendConnector SEND')).errors[0]?.id, 'CommandNotFoundException');
    });
  });

  describe('with accounts', () => {
    const credential = (user: string, password: string) =>
      `(New-Object -TypeName PSCredential -ArgumentList '${user}', (ConvertTo-SecureString '${password}' -AsPlainText -Force))`;
    for (const [what, target, id] of [
      ['the right password opens', `-Credential ${credential('CONTOSO\\exadmin', 'secret')}`, undefined],
      ['a wrong one does not', `-Credential ${credential('CONTOSO\\exadmin', 'Secret')}`, 'Session.LogonFailure'],
      ['an unknown name does not', `-Credential ${credential('CONTOSO\\nobody', 'secret')}`, 'Session.LogonFailure'],
      ['the caller without rights does not', '', 'Session.AccessDenied'],
    ] as const) {
      it(what, async () => {
        await withSettings({ accounts: { 'CONTOSO\\exadmin': 'secret' } });
        const { errors } = await workstation(`$s = New-PSSession server1.mydomain.com ${target}`);
        assert.equal(errors[0]?.id.split(',')[0], id);
      });
    }
  });

  describe('under an execution policy', () => {
    const script = async (name: string, text: string): Promise<string> => {
      await writeFile(path.join(folder, name), `\ufeff${text}\r\n`);
      return path.join(folder, name);
    };
    const signed = "'ran'\r\n# SIG # Begin signature block\r\n# x\r\n# SIG # End signature block";
    for (const [policy, runs, runsSigned] of [
      ['Restricted', false, false],
      ['AllSigned', false, true],
      ['RemoteSigned', true, true],
    ] as const) {
      it(`${policy} from above run ${runs ? 'any script' : runsSigned ? 'signed scripts only' : 'none'}, whatever the process asks`, async () => {
        await withSettings({ executionPolicy: { MachinePolicy: policy } });
        const plain = await workstation(
          `Set-ExecutionPolicy Bypass -Scope Process -Force; & '${await script('plain.ps1', "'ran'")}'`,
        );
        const other = await workstation(`& '${await script('signed.ps1', signed)}'`);
        assert.deepEqual([plain.output.includes('ran'), other.output.includes('ran')], [runs, runsSigned]);
        assert.equal(plain.errors[0]?.category, runs ? undefined : 'SecurityError');
      });
    }
    it('Restricted and AllSigned import no session', async () => {
      for (const policy of ['Restricted', 'AllSigned']) {
        await withSettings({ executionPolicy: { MachinePolicy: policy } });
        assert.equal((await workstation(imported)).errors[0]?.category, 'SecurityError');
      }
    });
    it('AllSigned imports one that is signed with -Certificate, of a certificate for code signing', async () => {
      await withSettings({ executionPolicy: { MachinePolicy: 'AllSigned' } });
      const imports = async (usage: string) => {
        const made = (await call('certificate.make', {
          role: usage,
          certificate: { subject: 'CN=signer', days: [-1, 9], extendedKeyUsage: [usage] },
        })) as { rawData: string };
        const { errors } = await workstation(
          `${endpoint}$signer = [Security.Cryptography.X509Certificates.X509Certificate2]::new([Convert]::FromBase64String('${made.rawData}'))
           $null = Import-PSSession $exchange -Certificate $signer -DisableNameChecking`,
        );
        return errors[0]?.category;
      };
      assert.deepEqual(
        [await imports('1.3.6.1.5.5.7.3.3'), await imports('1.3.6.1.5.5.7.3.1')],
        [undefined, 'SecurityError'],
      );
    });
  });

  describe('in ConstrainedLanguage', () => {
    it('call no methods of .NET, and say so in their language mode', async () => {
      await withSettings({ languageMode: 'ConstrainedLanguage' });
      const result = await workstation(
        `"$($ExecutionContext.SessionState.LanguageMode)"; [IO.File]::ReadAllText('/etc/hostname')`,
      );
      assert.deepEqual(
        [result.objects, result.errors[0]?.id],
        [['ConstrainedLanguage'], 'MethodInvocationNotSupportedInConstrainedLanguage'],
      );
    });
    it('leave servers in full language', async () => {
      await withSettings({ languageMode: 'ConstrainedLanguage' });
      const script = `${server1}Invoke-Command $server { "$($ExecutionContext.SessionState.LanguageMode)" } | ForEach-Object { "$_" }`;
      assert.deepEqual(well(await workstation(script)).objects, ['FullLanguage']);
    });
  });

  describe('that offer less', () => {
    it('a command that the session does not offer is an error of the import, by -ErrorAction Stop its end; a pattern is none', async () => {
      await withSettings({ deniedCmdlets: ['Get-SendConnector'] });
      const script = (names: string, more = '') =>
        `${endpoint}$null = Import-PSSession $exchange -DisableNameChecking -CommandName ${names} ${more}; [bool](Get-Command Get-AuthConfig -ErrorAction SilentlyContinue)`;
      const both = 'Get-AuthConfig, Get-SendConnector';
      const told = await workstation(script(both));
      assert.deepEqual([told.objects, told.errors.length], [[true], 1]);
      assert.match(told.errors[0]?.message ?? '', /'Get-SendConnector' is not recognized/);
      assert.equal((await workstation(script(both, '-ErrorAction Stop'))).outcome, 'failed');
      const pattern = await workstation(script('Get-AuthConfig, Get-SendConnecto[r]', '-ErrorAction Stop'));
      assert.deepEqual(well(pattern).objects, [true]);
      assert.match((await workstation(script('Get-SendConnecto[r]'))).errors[0]?.message ?? '', /returned no results/);
    });
  });

  describe('that break', () => {
    it('by a drop answer nothing more, and a new one opens', async () => {
      const session = await engine().openSession({ organization: handle() });
      await session.run({ script: `${server1}${imported}` });
      await call('fault.set', { drop: true });
      const gone = await session.run({ script: `Invoke-Command $server { 1 }; Get-ExchangeServer; $server.State` });
      assert.deepEqual(
        [gone.errors.map((error) => error.id.split(',')[0]), gone.objects],
        [['Session.Broken', 'Session.Broken'], ['Broken']],
      );
      const again = await session.run({ script: `${server1}Invoke-Command $server { 1 } | ForEach-Object { $_ + 0 }` });
      assert.deepEqual(well(again).objects, [1]);
      await session.close();
    });
    it('of one server only leave the others', async () => {
      const session = await engine().openSession({ organization: handle() });
      await session.run({ script: `${server1}$other = New-PSSession -ComputerName server2.mydomain.com` });
      await call('fault.set', { drop: true, server: 'SERVER1' });
      const { objects } = await session.run({
        script: `Invoke-Command $server { 1 } -ErrorAction SilentlyContinue; Invoke-Command $other { 2 } | ForEach-Object { $_ + 0 }`,
      });
      assert.deepEqual(objects, [2]);
      await session.close();
    });
    it('by their server going down answer nothing, not even what needs no Exchange', async () => {
      const session = await engine().openSession({ organization: handle() });
      await session.run({ script: server1 });
      await call('fault.set', { server: 'SERVER1', down: true });
      const { errors } = await session.run({ script: 'Invoke-Command $server { 1 }' });
      assert.equal(errors[0]?.id.split(',')[0], 'Session.Broken');
      await session.close();
    });
    it('when removed make room for another', async () => {
      await withSettings({ sessionLimit: 1 });
      const script = `1..3 | ForEach-Object { $s = New-PSSession server1.mydomain.com -ErrorAction Stop; Remove-PSSession $s }; 'three'`;
      assert.deepEqual(well(await workstation(script)).objects, ['three']);
    });
  });
});

/** What is filled before each test, read when it is used. */
function lazily(organization: ReturnType<typeof useOrganization>) {
  return { ...organization, engine: () => organization.engine, handle: () => organization.handle };
}
