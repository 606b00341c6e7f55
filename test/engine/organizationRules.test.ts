// Rules of docs/facts-exchange.md that depend on versions, keys, files and names.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'mocha';
import { outboundName, sampleOrganization, samplePassword, type LabState } from '../lab/organization';
import { useOrganization, well } from './oneOrganization';

const cng = 'Microsoft Software Key Storage Provider';
const csp = 'Microsoft RSA SChannel Cryptographic Provider';
const ids = (result: { errors: readonly { id: string }[] }) => result.errors.map((error) => error.id.split(',')[0]);

describe('rules of the lab', () => {
  const { call, state, server, on, thumbprint, pfx } = useOrganization();
  const given = async (change: (state: LabState) => void): Promise<void> => {
    const changed = sampleOrganization();
    change(changed);
    await call('state.set', { state: changed });
  };
  const importExchange = (file: string, more = '') =>
    `(Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('${file}')) -Password (Read-Host -AsSecureString) ${more}).Thumbprint`;
  const importWindows =
    'Import-PfxCertificate -FilePath C:\\b.pfx -CertStoreLocation Cert:\\LocalMachine\\My -Password (Read-Host -AsSecureString) | Out-Null';

  describe('enabling', () => {
    it('adds services and takes none away (additive)', async () => {
      const services = `(Get-ExchangeCertificate ${await thumbprint('wmsvc-SERVER1')}).Services`;
      const enable = (name: string) => on(`Enable-ExchangeCertificate ${wmsvc} -Services ${name} -Force; ${services}`);
      const wmsvc = await thumbprint('wmsvc-SERVER1');
      const seen = [];
      for (const name of ['POP', 'IMAP', 'None']) {
        seen.push(well(await enable(name)).objects[0]);
      }
      assert.deepEqual(seen, ['POP', 'IMAP, POP', 'IMAP, POP']);
    });
    it('SMTP lets Network Service read the key, whatever is answered (smtp-acl)', async () => {
      const wmsvc = await thumbprint('wmsvc-SERVER1');
      well(await on(`Enable-ExchangeCertificate ${wmsvc} -Services SMTP`, ['N']));
      const entry = (await server()).store.find((each) => each.certificate === wmsvc);
      assert.deepEqual([entry?.networkService, entry?.services], [true, ['SMTP']]);
      assert.equal((await server()).internalTransport, await thumbprint('self-SERVER1'));
    });
    it('does not help where the chosen certificate has no key (no-key-fails)', async () => {
      await given((state) => {
        state.certificates['A2'] = { ...state.certificates['A']!, days: [-1, 60] };
        state.servers[0]!.store.push({ certificate: 'A2', hasPrivateKey: false });
      });
      const { reason } = (await call('presented.get', { server: 'SERVER1', service: 'smtp' })) as { reason: string };
      assert.match(reason, /^NoCredentials/);
    });
  });

  describe('Unified Messaging (um-2016)', () => {
    for (const [name, mode, id] of [
      ['SERVER4', 'TCP', 'Enable-ExchangeCertificate.UmTcp'],
      ['SERVER4', 'TLS', undefined],
      ['SERVER4', 'Dual', undefined],
      ['SERVER1', 'Dual', 'Enable-ExchangeCertificate.NoUm'],
    ] as const) {
      it(`${id ? 'is refused' : 'is taken'} on ${name === 'SERVER4' ? '2016' : '2019'} with ${mode}`, async () => {
        await given((state) => state.servers.forEach((each) => (each.umStartupMode = mode)));
        const a = await thumbprint('A');
        const result = await on(
          `Enable-ExchangeCertificate ${a} -Services UM,UMCallRouter; (Get-ExchangeCertificate ${a}).Services`,
          [],
          name,
        );
        assert.equal(ids(result)[0], id);
        assert.equal(/UM.*UMCallRouter/.test(String(result.objects[0])), id === undefined);
      });
    }
  });

  describe('elliptic curve keys (ec-import)', () => {
    for (const [what, build, value, taken] of [
      ['are off by default', '15.2.1748.10', undefined, false],
      ['are taken where the registry says so', '15.2.1748.10', '1', true],
      ['are not taken where it says so as a number', '15.2.1748.10', 'dword:1', false],
      ['are not taken where it says no', '15.2.1748.10', '0', false],
      ['are taken by 2016 CU23 with the update of November 2024', '15.1.2507.43', '1', true],
      ['are not taken by 2016 CU23 without it', '15.1.2507.6', '1', false],
      ['are taken by 2019 CU13 with it', '15.2.1258.38', '1', true],
      ['are not taken by 2019 CU14 without it', '15.2.1544.11', '1', false],
      ['are not taken by an older cumulative update', '15.2.1118.7', '1', false],
    ] as const) {
      it(what, async () => {
        await given((state) =>
          Object.assign(state.servers[0]!, { exchange: build, ...(value && { eccSupport: value }) }),
        );
        await call('certificate.make', {
          role: 'ec',
          certificate: { subject: 'CN=ec', issuer: 'R13', days: [-1, 9], key: 'ec256' },
        });
        const result = await on(importExchange(await pfx({ certificate: 'ec' })), [samplePassword]);
        assert.equal(ids(result)[0], taken ? undefined : 'Import-ExchangeCertificate.EcKey');
      });
    }
    it('are turned on as the documents say: New-ItemProperty on HKLM: of the server', async () => {
      const key = 'HKLM:\\SOFTWARE\\Microsoft\\ExchangeServer\\v15\\Diagnostics';
      const script = `Test-Path '${key}'; (Get-ItemProperty '${key}').EnableEccCertificateSupport
        New-ItemProperty -Path '${key}' -Name EnableEccCertificateSupport -Value 1 -Type String -Force | Out-Null
        (Get-ItemProperty -Path '${key}' -Name EnableEccCertificateSupport).EnableEccCertificateSupport.GetType().Name
        Set-ItemProperty '${key}' EnableEccCertificateSupport 1
        (Get-ItemProperty '${key}').EnableEccCertificateSupport.GetType().Name; Test-Path 'HKLM:\\SOFTWARE\\Other'`;
      assert.deepEqual(well(await on(script)).objects, [true, null, 'String', 'Int32', false]);
      assert.equal((await server()).eccSupport, 'dword:1');
    });
    it('serve POP and IMAP from 2019 CU15 on', async () => {
      await given((state) => {
        state.certificates['ec'] = { subject: 'CN=ec', issuer: 'R13', days: [-1, 9], key: 'ec256' };
        state.servers.forEach((each) => each.store.push({ certificate: 'ec' }));
      });
      const enable = `Enable-ExchangeCertificate ${await thumbprint('ec')} -Services POP`;
      well(await on(enable));
      assert.deepEqual(ids(await on(enable, [], 'SERVER4')), ['Enable-ExchangeCertificate.EcKey']);
    });
  });

  describe('the provider of a key (file-key-provider)', () => {
    for (const [method, named, expected] of [
      ['Exchange', csp, csp],
      ['Exchange', cng, cng],
      ['Exchange', '', csp],
      ['Windows', csp, csp],
      ['Windows', cng, cng],
      ['Windows', '', cng],
    ] as const) {
      it(`imported by ${method} from a file that names ${named || 'none'} is ${expected}`, async () => {
        const file = await pfx({ provider: named });
        well(await on(method === 'Exchange' ? importExchange(file) : importWindows, [samplePassword]));
        const b = await thumbprint('B');
        const script = `$c = Get-Item Cert:\\LocalMachine\\My\\${b}; [string]$c.PrivateKey.CspKeyContainerInfo.ProviderName`;
        assert.deepEqual(well(await on(script)).objects, [expected === csp ? csp : '']);
        assert.equal((await server()).store.find((entry) => entry.certificate === b)?.provider, expected);
      });
    }
    it('imported by Exchange is what a setting says where the file names none', async () => {
      await given((state) => (state.settings = { importExchangeProvider: 'cng', importPfxProvider: 'csp' }));
      well(await on(importExchange(await pfx({ provider: '' })), [samplePassword]));
      const b = await thumbprint('B');
      assert.equal((await server()).store.find((entry) => entry.certificate === b)?.provider, cng);
    });
  });

  describe('files', () => {
    it('of AES are read by Windows Server 2019 and later, of 3DES by all (aes-2016)', async () => {
      well(await on(importExchange(await pfx({ aes: true })), [samplePassword]));
      const aes = await on(importExchange(await pfx({ aes: true }, 'SERVER4')), [samplePassword], 'SERVER4');
      const wrong = await on(importExchange(await pfx({}, 'SERVER4')), ['wrong'], 'SERVER4');
      assert.deepEqual(ids(aes), ids(wrong));
      assert.equal(aes.errors[0]?.message, wrong.errors[0]?.message);
      well(await on(importExchange(await pfx({}, 'SERVER4')), [samplePassword], 'SERVER4'));
    });
    it('of a whole chain end in one store by Windows, in two by Exchange (whole-file-in-my)', async () => {
      await pfx({});
      well(await on(importWindows, [samplePassword]));
      assert.ok((await server()).store.length > 5);
      well(await on(importExchange(await pfx({}, 'SERVER2')), [samplePassword], 'SERVER2'));
      assert.equal((await server('SERVER2')).store.length, 5);
    });
    it('of PKCS#7 bring certificates without a key (pkcs7)', async () => {
      const { certificate, chain } = (await call('certificate.pem', { certificate: 'B' })) as Record<string, string>;
      const { path: drive } = (await call('server.folder', { server: 'SERVER1' })) as { path: string };
      const pem = path.join(drive, 'chain.pem');
      await writeFile(pem, `${certificate}\n${chain}`);
      const script = `$all = New-Object -TypeName Security.Cryptography.X509Certificates.X509Certificate2Collection
        $all.ImportFromPemFile('${pem}'); [IO.File]::WriteAllBytes('${drive}/chain.p7b', $all.Export('Pkcs7'))
        Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('C:\\chain.p7b'))`;
      well(await on(script));
      const b = await thumbprint('B');
      assert.equal((await server()).store.find((entry) => entry.certificate === b)?.hasPrivateKey, false);
      assert.deepEqual(ids(await on(`Enable-ExchangeCertificate ${b} -Services POP`)), [
        'Enable-ExchangeCertificate.NoPrivateKey',
      ]);
    });
    it('of what is not exportable are not written, of the rest are opened again (not-exportable)', async () => {
      const file = await pfx({});
      const script = `$b = ${importExchange(file)}; Export-ExchangeCertificate $b -BinaryEncoded -Password (Read-Host -AsSecureString)`;
      assert.deepEqual(ids(await on(script, [samplePassword, 'x'])), ['Export-ExchangeCertificate.NotExportable']);
      const again = `$told = Export-ExchangeCertificate ${await thumbprint('A')} -BinaryEncoded -Password (ConvertTo-SecureString 'y' -AsPlainText -Force)
        [IO.File]::WriteAllBytes('C:\\a.pfx', $told.FileData); (Get-PfxData C:\\a.pfx -Password (ConvertTo-SecureString 'y' -AsPlainText -Force)).EndEntityCertificates[0].Thumbprint`;
      assert.deepEqual(well(await on(again)).objects, [await thumbprint('A')]);
    });
  });

  describe('removal', () => {
    it('of the same name is refused for old and new, by the same words, until the connector names none', async () => {
      await given((state) => {
        state.certificates['A2'] = { ...state.certificates['A']!, days: [-1, 60] };
        state.servers[0]!.store.push({ certificate: 'A2', networkService: true, services: ['SMTP'] });
      });
      const remove = async (role: string) =>
        ids(await on(`Remove-ExchangeCertificate ${await thumbprint(role)} -Confirm:$false`));
      const refused = ['Remove-ExchangeCertificate.TaggedWithSendConnector'];
      assert.deepEqual([await remove('A'), await remove('A2')], [refused, refused]);
      well(await on(`Set-SendConnector '${outboundName}' -TlsCertificateName $null`));
      assert.deepEqual(await remove('A'), []);
    });
    it('does not ask receive connectors: STARTTLS is gone (remove-receive)', async () => {
      await given((state) => (state.sendConnectors = []));
      well(await on(`Remove-ExchangeCertificate ${await thumbprint('A')} -Confirm:$false`));
      const { offered } = (await call('presented.get', { server: 'SERVER1', service: 'smtp' })) as { offered: boolean };
      assert.equal(offered, false);
    });
  });

  describe('connectors', () => {
    const front = `'SERVER1\\Default Frontend SERVER1'`;
    for (const [what, script, id] of [
      [
        'take no TlsAuthLevel without RequireTLS',
        'Set-SendConnector SEND -TlsAuthLevel EncryptionOnly',
        'Set-SendConnector.RequireTlsWithAuthLevel',
      ],
      ['take both at once', 'Set-SendConnector SEND -TlsAuthLevel EncryptionOnly -RequireTLS $true', undefined],
      [
        'take no unknown source server',
        'Set-SendConnector SEND -SourceTransportServers SERVER1,SERVER9',
        'Exchange.ServerNotFound',
      ],
      [
        'take 256 characters',
        `Set-SendConnector SEND -TlsCertificateName ('<I>CN=R13<S>CN='.PadRight(256, 'x'))`,
        undefined,
      ],
      [
        'take no 257',
        `Set-SendConnector SEND -TlsCertificateName ('<I>CN=R13<S>CN='.PadRight(257, 'x'))`,
        'Connector.TlsCertificateNameLength',
      ],
      ['take small tags', `Set-SendConnector SEND -TlsCertificateName '<i>CN=R13<s>CN=x'`, undefined],
      ['take no name with a wildcard', `Set-SendConnector 'SEN*' -Enabled $false`, 'Connector.IdentityWildcard'],
      [
        'take no receiver RequireTLS without Tls',
        `Set-ReceiveConnector ${front} -AuthMechanism Integrated; Set-ReceiveConnector ${front} -RequireTLS $true`,
        'Set-ReceiveConnector.RequireTlsWithoutTls',
      ],
    ] as const) {
      it(what, async () => {
        assert.deepEqual(ids(await on(script)), id ? [id] : []);
      });
    }
    it('send from an Edge server by its subscription', async () => {
      await given((state) => (state.edgeSubscriptions = ['EDGE1']));
      well(await on('Set-SendConnector SEND -SourceTransportServers EDGE1'));
      assert.deepEqual((await state()).sendConnectors[0]!.sourceTransportServers, ['EDGE1']);
    });
    it('add and remove source servers', async () => {
      well(
        await on(
          `Set-SendConnector SEND -SourceTransportServers @{ Remove = 'SERVER2', 'SERVER3' }; Set-SendConnector SEND -SourceTransportServers @{ Add = 'server3' }`,
        ),
      );
      assert.deepEqual((await state()).sendConnectors[0]!.sourceTransportServers, ['SERVER1', 'SERVER4', 'SERVER3']);
    });
    it('piped from a Get- without a name are all changed: nothing stops it (empty-identity)', async () => {
      well(await on(`Get-SendConnector -Identity $null | Set-SendConnector -TlsCertificateName $null`));
      assert.deepEqual(
        (await state()).sendConnectors.map((each) => each.tlsCertificateName),
        [null, null],
      );
    });
  });

  describe("Windows' own chain check", () => {
    for (const [role, more, expected] of [
      ['A', '', true],
      ['A', '-DNSName www.mydomain.com', true],
      ['A', '-DNSName other.mydomain.com', false],
      ['A', '-EKU 1.3.6.1.5.5.7.3.2', false],
      ['self-SERVER1', '', false],
      ['self-SERVER1', '-AllowUntrustedRoot', true],
    ] as const) {
      it(`of ${role} ${more} is ${String(expected)}`, async () => {
        const result = await on(`Test-Certificate -Cert Cert:\\LocalMachine\\My\\${await thumbprint(role)} ${more}`);
        assert.deepEqual([result.objects, result.errors.length > 0], [[expected], !expected]);
      });
    }
  });
});
