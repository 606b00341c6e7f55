// The cmdlets that change things, the faults that break them off, and an organization as a whole.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { outboundName, sampleOrganization, samplePassword, type LabChange } from '../lab/organization';
import { useOrganization, well } from './oneOrganization';

describe('changes in the lab', () => {
  const organization = useOrganization();
  const { call, state, server, thumbprint, on, pfx } = organization;

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
    it('writes the name of the certificate into X509CertificateName (enable-sets-name)', async () => {
      for (const [enableSetsName, name] of [
        [true, 'www.mydomain.com'],
        [false, 'pop.mydomain.com'],
      ] as const) {
        const changed = sampleOrganization();
        changed.settings = { enableSetsName };
        changed.servers[0]!.pop = { x509CertificateName: 'pop.mydomain.com' };
        await call('state.set', { state: changed });
        well(await on(`Enable-ExchangeCertificate ${await thumbprint('A')} -Services POP`));
        assert.equal((await server()).pop?.x509CertificateName, name);
      }
    });
    for (const [secondBinding, second] of [
      ['moves', 'auth'],
      ['leaves', 'A'],
    ] as const) {
      it(`${secondBinding} the front end’s binding of the server’s own address, as the setting says`, async () => {
        const changed = sampleOrganization();
        changed.settings = { secondBinding };
        const named = { site: 'Default Web Site', port: 443, host: 'www.mydomain.com' };
        changed.servers[0]!.bindings!.push({ ...named, iis: 'A', httpSys: 'A' });
        await call('state.set', { state: changed });
        well(await on(`Enable-ExchangeCertificate ${await thumbprint('auth')} -Services IIS`));
        const front = (await server()).bindings!.filter(({ port }) => port === 443).map(({ httpSys }) => httpSys);
        assert.deepEqual(front, [await thumbprint('auth'), await thumbprint(second), await thumbprint('A')]);
      });
    }
    it('binds 443 to the certificate that carried IIS for 444 only, as the facts warn', async () => {
      const own = await thumbprint('self-SERVER1');
      well(await on(`Enable-ExchangeCertificate ${own} -Services IIS`));
      assert.deepEqual(
        (await server()).bindings!.map((binding) => binding.httpSys),
        [own, own, own],
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
    it('comes back from state.get as it is, made elsewhere with the same thumbprints', async () => {
      const first = await state();
      const copy = await organization.engine.newOrganization(first);
      assert.deepEqual(await organization.engine.call(copy, 'state.get'), first);
      await organization.engine.dropOrganization(copy);
    });
  });
});
