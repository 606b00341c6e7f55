// The cmdlets beside the runbook: what each session is told, what an import leaves behind, what a fault leaves half done.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { startEngine, type Engine, type RunResult } from '../lab/engine';
import {
  outboundName,
  sampleOrganization,
  samplePassword,
  type LabChange,
  type LabServer,
  type LabState,
} from '../lab/organization';

const endpoint =
  'New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://server2.mydomain.com/PowerShell/ -Authentication Kerberos';
const csp = 'Microsoft RSA SChannel Cryptographic Provider';
const cng = 'Microsoft Software Key Storage Provider';

describe('the cmdlets of the lab', () => {
  let engine: Engine;
  let organization: string;
  const call = (operation: string, args: object = {}) => engine.call(organization, operation, { ...args });
  const state = async () => (await call('state.get')) as LabState;
  const server = async (name = 'SERVER1'): Promise<LabServer> =>
    (await state()).servers.find((each) => each.name === name)!;
  const thumbprint = async (role: string) => (await state()).certificates[role]!.thumbprint!;
  const on = (script: string, answers: readonly string[] = [], name = 'SERVER1') =>
    engine.run({ organization, kind: 'managementShell', server: name, script, answers });
  const workstation = (script: string, answers: readonly string[] = []) =>
    engine.run({ organization, kind: 'workstation', script, answers });
  const well = (result: RunResult) => {
    assert.deepEqual([result.outcome, result.errors.map((error) => error.message)], ['completed', []]);
    return result;
  };
  /** B as a file on a server's drive C:; answers its path for .NET. */
  const pfx = async (args: object, name = 'SERVER1') => {
    const { pfx: text } = (await call('certificate.pfx', { certificate: 'B', password: samplePassword, ...args })) as {
      pfx: string;
    };
    const { path: drive } = (await call('server.folder', { server: name })) as { path: string };
    await writeFile(path.join(drive, 'b.pfx'), Buffer.from(text, 'base64'));
    return path.join(drive, 'b.pfx');
  };

  before(function () {
    this.timeout(300_000);
    engine = startEngine();
  });
  after(() => engine.close());
  beforeEach(async function () {
    this.timeout(120_000);
    organization = await engine.newOrganization(sampleOrganization());
  });
  afterEach(() => engine.dropOrganization(organization));

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
    it('tells thumbprint and raw data only through the bare endpoint', async () => {
      const script = `$s = ${endpoint}; $null = Import-PSSession $s -CommandName Get-ExchangeCertificate -DisableNameChecking; $c = @(Get-ExchangeCertificate -Server SERVER1)[0]; $c.Thumbprint; $c.RawData.Length -gt 500; $null -eq $c.Services -and $null -eq $c.Status -and $null -eq $c.Subject -and $null -eq $c.Issuer; Remove-PSSession $s`;
      assert.deepEqual(well(await workstation(script)).objects, [await thumbprint('A'), true, true]);
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
      assert.equal(well(await on(`Get-ReceiveConnector -Identity $null`)).objects.length, 13);
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
        await engine.run({
          organization,
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

  describe('Enable-ExchangeCertificate', () => {
    it('with -Force replaces the internal transport certificate in silence', async () => {
      const a = await thumbprint('A');
      const result = well(await on(`Enable-ExchangeCertificate ${a} -Services SMTP -Force`));
      assert.deepEqual([result.prompts, (await server()).internalTransport], [[], a]);
    });
    it('answered Yes replaces it, and Remove then refuses it by that reason', async () => {
      const own = await thumbprint('self-SERVER1');
      const a = await thumbprint('A');
      well(await on(`Enable-ExchangeCertificate ${a} -Services SMTP`, ['Y']));
      assert.equal((await server()).internalTransport, a);
      well(
        await on(
          `Enable-ExchangeCertificate ${own} -Services SMTP -Force; (Get-TransportService SERVER1).InternalTransportCertificateThumbprint`,
        ),
      );
      assert.equal((await server()).internalTransport, own);
    });
    it('turns on Require SSL for IIS unless told not to', async () => {
      const changed = sampleOrganization();
      changed.servers[0]!.bindings![0]!.requireSsl = false;
      await call('state.set', { state: changed });
      const a = await thumbprint('A');
      well(await on(`Enable-ExchangeCertificate ${a} -Services IIS -DoNotRequireSsl`));
      assert.equal((await server()).bindings![0]!.requireSsl, false);
      well(await on(`Enable-ExchangeCertificate ${a} -Services IIS`));
      assert.equal((await server()).bindings![0]!.requireSsl, true);
    });
    it('binds 443 to the certificate that carried IIS for 444 only, as the facts warn', async () => {
      const own = await thumbprint('self-SERVER1');
      well(await on(`Enable-ExchangeCertificate ${own} -Services IIS`));
      assert.deepEqual(
        (await server()).bindings!.map((binding) => binding.httpSys),
        [own, own],
      );
    });
    it('with -NetworkServiceAllowed lets Network Service read the key without SMTP', async () => {
      await on(
        `Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('${await pfx({})}')) -Password (Read-Host -AsSecureString)`,
        [samplePassword],
      );
      const b = await thumbprint('B');
      well(await on(`Enable-ExchangeCertificate ${b} -Services None -NetworkServiceAllowed`));
      const entry = (await server()).store.find((each) => each.certificate === b)!;
      assert.deepEqual([entry.networkService, entry.services], [true, []]);
    });
    it('broken off in the middle leaves what it did by then', async () => {
      const a = await thumbprint('A');
      await call('fault.set', {
        server: 'SERVER1',
        operation: 'Enable-ExchangeCertificate',
        breakAfter: 2,
        error: 'The RPC server is unavailable.',
      });
      const result = await on(`Enable-ExchangeCertificate ${a} -Services SMTP,IIS -Force -ErrorAction Stop`);
      assert.match(result.errors[0]?.message ?? '', /RPC server is unavailable/);
      const changes = (await call('log.get')) as LabChange[];
      assert.deepEqual(
        changes.map((change) => change.what),
        ['service.enable', 'internalTransport.set'],
      );
    });
  });

  describe('a slow server', () => {
    it('is slow beside others, not after them', async () => {
      await call('fault.set', { operation: 'Get-Queue', slowMs: 600 });
      const began = performance.now();
      const names = ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'];
      await Promise.all(names.map((name) => on('Get-Queue | Out-Null', [], name)));
      assert.ok(performance.now() - began < 4 * 600);
    });
    it('is waited for no longer when its fault is cleared', async () => {
      await call('fault.set', { operation: 'Get-Queue', slowMs: 600_000 });
      const waiting = on('Get-Queue | Out-Null');
      await on('Get-SendConnector | Out-Null');
      await call('fault.clear');
      well(await waiting);
    });
  });

  describe('removal', () => {
    it('asks, and answered No removes nothing', async () => {
      const wmsvc = await thumbprint('wmsvc-SERVER1');
      const result = well(await on(`Remove-ExchangeCertificate ${wmsvc}`, ['N']));
      assert.equal(result.prompts.length, 1);
      assert.equal((await server()).store.length, 4);
      well(await on(`Remove-ExchangeCertificate ${wmsvc} -Confirm:$false`));
      assert.equal((await server()).store.length, 3);
    });
    it('of the back end certificate is not refused: 444 breaks', async () => {
      const changed = sampleOrganization();
      changed.servers[0]!.internalTransport = 'A';
      changed.sendConnectors = [];
      await call('state.set', { state: changed });
      well(await on(`Remove-ExchangeCertificate ${await thumbprint('self-SERVER1')} -Confirm:$false`));
      const outages = (await call('outage.get')) as { service: string }[];
      assert.ok(outages.some((outage) => outage.service === 'https 444'));
    });
    it('of the drive leaves the key file unless -DeleteKey', async () => {
      const keys = `(Get-ChildItem "$env:ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys").Count`;
      assert.deepEqual(well(await on(keys)).objects, [4]);
      well(await on(`Remove-Item Cert:\\LocalMachine\\My\\${await thumbprint('wmsvc-SERVER1')}`));
      assert.deepEqual(well(await on(keys)).objects, [4]);
      well(await on(`Remove-Item Cert:\\LocalMachine\\My\\${await thumbprint('A')} -DeleteKey`));
      assert.deepEqual(well(await on(keys)).objects, [3]);
    });
  });

  describe('connectors', () => {
    it('are cleared by $null, and matched by exact name without regard to case', async () => {
      well(await on(`Set-ReceiveConnector 'server1\\DEFAULT FRONTEND SERVER1' -TlsCertificateName $null`));
      assert.equal((await server()).receiveConnectors![0]!.tlsCertificateName, null);
    });
    it('are found by guid', async () => {
      well(await on(`Set-SendConnector ((Get-SendConnector '${outboundName}').Guid) -TlsCertificateName $null`));
      assert.equal((await state()).sendConnectors[1]!.tlsCertificateName, null);
    });
    it('are read and written while their server is down', async () => {
      await call('fault.set', { server: 'SERVER3', down: true });
      well(
        await on(
          `Set-ReceiveConnector 'SERVER3\\Default Frontend SERVER3' -TlsCertificateName $null; Get-ReceiveConnector -Server SERVER3 | Out-Null`,
        ),
      );
      assert.equal((await server('SERVER3')).receiveConnectors![0]!.tlsCertificateName, null);
    });
    it('are told as they were by a domain controller that lags', async () => {
      await call('fault.set', { lag: 'dc2.mydomain.com' });
      const script = `Set-SendConnector '${outboundName}' -TlsCertificateName $null -DomainController dc1.mydomain.com; 'dc1', 'dc2' | ForEach-Object { [string](Get-SendConnector '${outboundName}' -DomainController "$_.mydomain.com").TlsCertificateName }`;
      assert.deepEqual(well(await on(script)).objects, ['', "<I>CN=R12, O=Let's Encrypt, C=US<S>CN=www.mydomain.com"]);
      await call('fault.clear');
      assert.equal(
        well(
          await on(
            `[string](Get-SendConnector '${outboundName}' -DomainController dc2.mydomain.com).TlsCertificateName`,
          ),
        ).objects[0],
        '',
      );
    });
    it('can be changed by another between two of our commands', async () => {
      await call('fault.set', {
        operation: 'Get-SendConnector',
        after: 1,
        times: 1,
        interject: { operation: 'Set-SendConnector', arguments: { Identity: outboundName, TlsCertificateName: null } },
      });
      const read = `[string](Get-SendConnector '${outboundName}').TlsCertificateName`;
      const [first, second] = well(await on(`${read}; ${read}`)).objects as string[];
      assert.deepEqual([first?.slice(0, 8), second], ['<I>CN=R1', '']);
    });
  });

  describe('New-ExchangeCertificate', () => {
    it('makes a self-signed certificate, answered No without making it the default', async () => {
      const own = await thumbprint('self-SERVER1');
      const result = well(
        await on(
          `(New-ExchangeCertificate -KeySize 2048 -PrivateKeyExportable $true -DomainName SERVER1 -IncludeServerFQDN -Services SMTP).Thumbprint`,
          ['N'],
        ),
      );
      const made = (await server()).store.find((entry) => entry.certificate === result.objects[0]);
      assert.deepEqual([made?.services, made?.exportable, (await server()).internalTransport], [['SMTP'], true, own]);
    });
  });

  describe('a whole organization', () => {
    it('of six servers is built in 50 ms once its keys are in the pool', async () => {
      const six = sampleOrganization();
      for (const name of ['SERVER5', 'SERVER6']) {
        const copy = structuredClone(six.servers[0]!);
        six.certificates[`self-${name}`] = { subject: `CN=${name}`, days: [-700, 1100], dnsNames: [name] };
        copy.store[1]!.certificate = `self-${name}`;
        six.servers.push({ ...copy, name, internalTransport: `self-${name}`, store: copy.store.slice(0, 3) });
      }
      const times: number[] = [];
      for (let round = 0; round < 12; round += 1) {
        const began = performance.now();
        await engine.dropOrganization(await engine.newOrganization(six));
        times.push(performance.now() - began);
      }
      const median = times.sort((one, other) => one - other)[6]!;
      assert.ok(median < 150, `${median.toFixed(0)} ms`);
    }).timeout(60_000);
    it('comes back from state.get as it is, made elsewhere with the same thumbprints', async () => {
      const first = await state();
      const copy = await engine.newOrganization(first);
      assert.deepEqual(await engine.call(copy, 'state.get'), first);
      await engine.dropOrganization(copy);
    });
  });
});
