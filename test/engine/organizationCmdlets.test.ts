// The cmdlets beside the runbook: where they are found, what each session is told, what an import leaves behind.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sampleOrganization, samplePassword } from '../lab/organization';
import { useOrganization, well } from './oneOrganization';

const endpoint =
  'New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://server2.mydomain.com/PowerShell/ -Authentication Kerberos';
const csp = 'Microsoft RSA SChannel Cryptographic Provider';
const cng = 'Microsoft Software Key Storage Provider';

describe('the cmdlets of the lab', () => {
  const organization = useOrganization();
  const { call, state, server, thumbprint, on, workstation, pfx } = organization;

  describe('where a cmdlet is found', () => {
    for (const name of ['Get-ExchangeCertificate', 'Import-PfxCertificate', 'Get-WebBinding', 'Get-Service']) {
      it(`${name} is not found on the workstation`, async () => {
        assert.equal((await workstation(name)).errors[0]?.id, 'CommandNotFoundException');
      });
    }
    it('Exchange cmdlets are not found in a Windows session on a server', async () => {
      const result = await workstation(
        `$s = New-PSSession server1.mydomain.com; Invoke-Command $s { Get-ExchangeServer }; Remove-PSSession $s`,
      );
      assert.match(result.errors[0]?.id ?? '', /CommandNotFoundException/);
    });
    it('an unknown parameter is an error, FileName among them', async () => {
      const result = await on(`Import-ExchangeCertificate -FileName \\\\server\\share\\b.pfx`);
      assert.match(result.errors[0]?.id ?? '', /^NamedParameterNotFound/);
    });
    it('a wrong value and a missing mandatory parameter are errors', async () => {
      const a = await thumbprint('A');
      assert.match(
        (await on(`Enable-ExchangeCertificate ${a} -Services WEB`)).errors[0]?.id ?? '',
        /^ParameterArgumentTransformationError|^CannotConvertArgumentNoMessage/,
      );
      assert.equal((await on(`Enable-ExchangeCertificate ${a}`)).outcome, 'no-answer');
    });
  });

  describe('Get-ExchangeCertificate', () => {
    it('tells services and status in the management shell', async () => {
      const result = well(
        await on('Get-ExchangeCertificate | Select-Object Subject, Services, Status, HasPrivateKey, IsSelfSigned'),
      );
      assert.deepEqual(result.objects, [
        {
          Subject: 'CN=www.mydomain.com',
          Services: 'IMAP, POP, IIS, SMTP',
          Status: 'Valid',
          HasPrivateKey: true,
          IsSelfSigned: false,
        },
        {
          Subject: 'CN=SERVER1',
          Services: 'IMAP, POP, IIS, SMTP',
          Status: 'Valid',
          HasPrivateKey: true,
          IsSelfSigned: true,
        },
        {
          Subject: 'CN=Microsoft Exchange Server Auth Certificate',
          Services: 'SMTP',
          Status: 'Valid',
          HasPrivateKey: true,
          IsSelfSigned: true,
        },
        {
          Subject: 'CN=WMSvc-SHA2-SERVER1',
          Services: 'None',
          Status: 'Valid',
          HasPrivateKey: true,
          IsSelfSigned: true,
        },
      ]);
    });
    it('gives Windows’ own certificate, without services and status, through the bare endpoint', async () => {
      const script = `$s = ${endpoint}; $null = Import-PSSession $s -CommandName Get-ExchangeCertificate -DisableNameChecking; $c = @(Get-ExchangeCertificate -Server SERVER1)[0]; $c.GetType().Name; $c.Thumbprint; $c.Subject; $null -eq $c.PSObject.Properties['Services'] -and $null -eq $c.PSObject.Properties['Status']; $c.HasPrivateKey; $c.PSComputerName; Remove-PSSession $s`;
      assert.deepEqual(well(await workstation(script)).objects, [
        ...['X509Certificate2', await thumbprint('A'), 'CN=www.mydomain.com', true, false, 'server2.mydomain.com'],
      ]);
    });
    it('prints the attributes of extended validation by their object identifiers, as Windows does (windows-names)', async () => {
      const changed = sampleOrganization();
      const subject =
        'CN=www.mydomain.com, O=Contoso, OID.2.5.4.15=Private Organization, OID.1.3.6.1.4.1.311.60.2.1.3=DE, OID.2.5.4.97=VATDE-1';
      Object.assign(changed.certificates['A']!, { subject });
      await call('state.set', { state: changed });
      const told = `@(Get-ExchangeCertificate)[0].Subject; (Get-Item Cert:\\LocalMachine\\My\\${await thumbprint('A')}).Subject; [string]@(Get-SendConnector)[1].TlsCertificateName`;
      assert.deepEqual(well(await on(told)).objects, [
        subject,
        subject,
        `<I>CN=R12, O=Let's Encrypt, C=US<S>${subject}`,
      ]);
      const bare = `$s = ${endpoint}; $null = Import-PSSession $s -CommandName Get-ExchangeCertificate -DisableNameChecking; @(Get-ExchangeCertificate -Server SERVER1)[0].Subject; Remove-PSSession $s`;
      assert.deepEqual(well(await workstation(bare)).objects, [subject]);
    });
    it('of a missing -Server is of the session, which routing may change', async () => {
      const changed = sampleOrganization();
      changed.settings = { routing: { SERVER2: 'SERVER3' } };
      await call('state.set', { state: changed });
      const script = `$s = ${endpoint}; $null = Import-PSSession $s -CommandName Get-ExchangeCertificate -DisableNameChecking; (Get-ExchangeCertificate).Thumbprint; Remove-PSSession $s`;
      const told = well(await workstation(script)).objects;
      assert.ok(told.includes(await thumbprint('self-SERVER3')) && !told.includes(await thumbprint('self-SERVER2')));
    });
    it('with an empty identity returns everything', async () => {
      assert.equal(well(await on(`Get-ExchangeCertificate -Thumbprint ''`)).objects.length, 4);
      assert.equal(well(await on(`Get-ReceiveConnector -Identity $null`)).objects.length, 21);
    });
    it('of a domain lists candidates, the latest first', async () => {
      const file = await pfx({});
      await on(
        `Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('${file}')) -Password (Read-Host -AsSecureString)`,
        [samplePassword],
      );
      const result = well(await on('(Get-ExchangeCertificate -DomainName www.mydomain.com).Thumbprint'));
      assert.deepEqual(result.objects, [await thumbprint('B'), await thumbprint('A')]);
    });
  });

  describe('an import', () => {
    const importLine = (file: string, more = '') =>
      `Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('${file}')) -Password (Read-Host -AsSecureString) ${more}`;

    it('by Exchange is not exportable unless told, has no service, and no right for Network Service', async () => {
      well(await on(importLine(await pfx({})), [samplePassword]));
      const b = await thumbprint('B');
      const { exportable, services, networkService, provider } = (await server()).store.find(
        (entry) => entry.certificate === b,
      )!;
      assert.deepEqual(
        { exportable, services, networkService, provider },
        { exportable: false, services: [], networkService: false, provider: csp },
      );
    });
    it('by Exchange works with bytes of the workstation, sent through the imported session', async () => {
      const script = `param($File) $s = ${endpoint}; $null = Import-PSSession $s -CommandName Import-ExchangeCertificate -DisableNameChecking; $r = Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes($File)) -Password (Read-Host -AsSecureString) -PrivateKeyExportable:$true -FriendlyName 'new one' -Server SERVER3; $r.Thumbprint; Remove-PSSession $s`;
      const result = well(
        await organization.engine.run({
          organization: organization.handle,
          kind: 'workstation',
          script,
          parameters: { File: await pfx({}) },
          answers: [samplePassword],
        }),
      );
      const b = await thumbprint('B');
      assert.deepEqual(result.objects, [b]);
      const entry = (await server('SERVER3')).store.find((each) => each.certificate === b);
      assert.deepEqual([entry?.exportable, entry?.friendlyName], [true, 'new one']);
    });
    it('by Windows keeps the provider the file names, else takes a key storage provider', async () => {
      const line = `Import-PfxCertificate -FilePath C:\\b.pfx -CertStoreLocation Cert:\\LocalMachine\\My -Password (Read-Host -AsSecureString) | Out-Null; $b = Get-Item Cert:\\LocalMachine\\My\\${await thumbprint('B')}; $null -eq $b.PrivateKey; $b.HasPrivateKey`;
      await pfx({});
      assert.deepEqual(well(await on(line, [samplePassword])).objects, [false, true]);
      await pfx({ provider: '' }, 'SERVER2');
      assert.deepEqual(
        well(await on(line, [samplePassword], 'SERVER2')).objects,
        [true, true],
        '5.1 has no PrivateKey for a key of CNG',
      );
      const b = await thumbprint('B');
      assert.equal((await server('SERVER2')).store.find((entry) => entry.certificate === b)?.provider, cng);
    });
    it('with a wrong password changes nothing and does not log it', async () => {
      const wrong = 'a password nobody has';
      const result = await on(importLine(await pfx({})), [wrong]);
      assert.match(result.errors[0]?.id ?? '', /^Import-ExchangeCertificate\.WrongPassword/);
      assert.deepEqual(await call('log.get'), []);
      assert.ok(!JSON.stringify([result, await state()]).includes(wrong));
    });
    it('can be tried with -WhatIf, which changes nothing', async () => {
      well(await on(importLine(await pfx({}), '-WhatIf'), [samplePassword]));
      assert.deepEqual(await call('log.get'), []);
    });
  });
});
