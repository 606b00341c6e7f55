// Provokes every refusal of the table once, by the command a person or a script would type.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { startEngine, type Engine, type SessionKind } from '../lab/engine';
import { outboundName, sampleOrganization, samplePassword, type LabState } from '../lab/organization';

interface Case {
  /** Typed on SERVER1 unless told; {A}, {B} and {self-SERVER1} are thumbprints. */
  readonly script: string;
  readonly kind?: SessionKind;
  readonly server?: string;
  readonly answers?: readonly string[];
  /** Changes the sample before it is made. */
  readonly state?: (state: LabState) => void;
  /** Operations done when the session is open. */
  readonly then?: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
  /** Operations done first. */
  readonly first?: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
}

const password = `(ConvertTo-SecureString '${samplePassword}' -AsPlainText -Force)`;
const importPfx = (file: string, more = '') =>
  `Import-PfxCertificate -FilePath C:\\${file} -CertStoreLocation Cert:\\LocalMachine\\My -Password ${password} ${more}`;
const importExchange = (file: string, more = '') =>
  `Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('{drive}/${file}')) -Password ${password} ${more}`;
const withCertificate =
  (role: string, certificate: LabState['certificates'][string], entry: object = {}) =>
  (state: LabState) => {
    state.certificates[role] = certificate;
    state.servers[0]?.store.push({ certificate: role, ...entry });
  };
const session = (target: string) => `New-PSSession ${target} -ErrorAction Stop`;

const cases: Readonly<Record<string, Case>> = {
  'Lab.ParameterNotSimulated': { script: `Set-SendConnector SEND -Comment 'x'` },
  'Lab.CmdletNotSimulated': { script: 'Set-FederationTrust x -Thumbprint {A}' },
  'Netsh.NotSimulated': { script: 'netsh http delete sslcert ipport=0.0.0.0:443' },
  'Registry.ValueNotSimulated': {
    script: `Set-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\ExchangeServer\\v15\\Diagnostics Other 1`,
  },
  'WinEvent.NoneFound': { script: 'Get-WinEvent -LogName Application' },
  'WinEvent.FilterNotSimulated': { script: `Get-WinEvent -FilterHashtable @{ LogName = 'Application'; Data = 'x' }` },
  'Exchange.ServerNotFound': { script: 'Get-ExchangeCertificate -Server SERVER9' },
  'Exchange.RpcUnavailable': {
    script: 'Get-ExchangeCertificate -Server SERVER3',
    first: [['fault.set', { server: 'SERVER3', down: true }]],
  },
  'Exchange.DomainControllerNotFound': { script: 'Get-SendConnector -DomainController dc9.mydomain.com' },
  'Exchange.DomainControllerOnEdge': {
    script: 'Get-SendConnector -DomainController dc1.mydomain.com',
    state: (state) => (state.servers[0]!.roles = ['Edge']),
  },
  'Exchange.AccessDenied': {
    script: 'Get-ExchangeCertificate -Server SERVER3',
    first: [['fault.set', { server: 'SERVER3', denied: true }]],
  },
  'Exchange.ShellBroken': {
    script: 'Get-SendConnector',
    state: (state) => (state.servers[0]!.bindings![2]!.httpSys = null),
  },
  'Exchange.CmdletDenied': {
    script: `Set-SendConnector SEND -Enabled $true`,
    then: [['fault.set', { denyCmdlets: ['Set-SendConnector'] }]],
  },
  'ExchangeCertificate.NotFound': {
    script: `Enable-ExchangeCertificate -Thumbprint ${'0'.repeat(40)} -Services POP -Server SERVER1`,
  },
  'ExchangeCertificate.FriendlyNameTooLong': { script: importExchange('b-3des.pfx', `-FriendlyName ('x' * 64)`) },
  'ExchangeCertificate.FileNotFound': {
    script: `Import-ExchangeCertificate -FileName C:\\nothing.pfx -Password ${password}`,
    state: (state) => (state.servers[0]!.exchange = '15.2.986.42'),
  },
  'Import-ExchangeCertificate.WrongPassword': { script: importExchange('b-aes.pfx'), server: 'SERVER4' },
  'Import-ExchangeCertificate.NoPrivateKey': { script: importExchange('chain.pfx') },
  'Import-ExchangeCertificate.AlreadyThere': {
    script: `${importExchange('b-3des.pfx')}; ${importExchange('b-3des.pfx')}`,
  },
  'Import-ExchangeCertificate.EcKey': { script: importExchange('ec.pfx') },
  'Export-ExchangeCertificate.NotExportable': {
    script: 'Export-ExchangeCertificate -Thumbprint {self-SERVER1} -Server SERVER1 -BinaryEncoded',
  },
  'Enable-ExchangeCertificate.Federation': { script: 'Enable-ExchangeCertificate {A} -Services Federation' },
  'Enable-ExchangeCertificate.NoUm': { script: 'Enable-ExchangeCertificate {A} -Services UM' },
  'Enable-ExchangeCertificate.UmTcp': { script: 'Enable-ExchangeCertificate {A} -Services UM', server: 'SERVER4' },
  'Enable-ExchangeCertificate.NoPrivateKey': {
    script: 'Enable-ExchangeCertificate {bare} -Services POP',
    state: withCertificate('bare', { subject: 'CN=bare', days: [-1, 9] }, { hasPrivateKey: false }),
  },
  'Enable-ExchangeCertificate.DateInvalid': {
    script: 'Enable-ExchangeCertificate {expired} -Services POP',
    state: withCertificate('expired', { subject: 'CN=expired', days: [-9, -1] }),
  },
  'Enable-ExchangeCertificate.EcKey': {
    script: 'Enable-ExchangeCertificate {ecc} -Services IMAP',
    server: 'SERVER4',
    state: (state) => {
      state.certificates['ecc'] = { subject: 'CN=ecc', days: [-1, 9], key: 'ec256' };
      state.servers[3]!.store.push({ certificate: 'ecc' });
    },
  },
  'Remove-ExchangeCertificate.TaggedWithSendConnector': { script: 'Remove-ExchangeCertificate {A} -Confirm:$false' },
  'Remove-ExchangeCertificate.InternalTransport': {
    script: 'Remove-ExchangeCertificate {self-SERVER1} -Confirm:$false',
  },
  'Connector.NotFound': { script: `Get-SendConnector '${outboundName.replace(' - ', ' \u2013 ')}'` },
  'Connector.IdentityEmpty': { script: `Set-SendConnector -Identity '' -TlsCertificateName $null` },
  'Connector.IdentityWildcard': { script: `Set-ReceiveConnector 'SERVER1\\*' -TlsCertificateName $null` },
  'Connector.TlsCertificateNameFormat': {
    script: `Set-ReceiveConnector 'SERVER1\\Default Frontend SERVER1' -TlsCertificateName {A}`,
  },
  'Connector.TlsCertificateNameLength': {
    script: `Set-SendConnector SEND -TlsCertificateName ('<I>CN=R13<S>CN=' + ('x' * 250))`,
  },
  'Set-SendConnector.RequireTlsWithAuthLevel': { script: `Set-SendConnector '${outboundName}' -RequireTLS $false` },
  'Set-ReceiveConnector.RequireTlsWithoutTls': {
    script: `Set-ReceiveConnector 'SERVER1\\Default Frontend SERVER1' -RequireTLS $true -AuthMechanism Integrated`,
  },
  'Set-ReceiveConnector.AuthMechanism': {
    script: `Set-ReceiveConnector 'SERVER1\\Default Frontend SERVER1' -AuthMechanism BasicAuthRequireTLS`,
  },
  'MailboxProtocol.NameNotFqdn': { script: `Set-PopSettings -Server SERVER1 -X509CertificateName '*.mydomain.com'` },
  'HybridConfiguration.NotFound': {
    script: `Set-HybridConfiguration -TlsCertificateName '<I>a<S>b'`,
    state: (state) => (state.hybrid = null),
  },
  'Set-AuthConfig.EcKey': {
    script: 'Set-AuthConfig -NewCertificateThumbprint {ecc} -NewCertificateEffectiveDate (Get-Date)',
    state: withCertificate('ecc', { subject: 'CN=ecc', days: [-1, 9], key: 'ec256' }),
  },
  'Import-PfxCertificate.WrongPassword': { script: importPfx('b-aes.pfx'), server: 'SERVER4' },
  'Import-PfxCertificate.Location': {
    script: `Import-PfxCertificate -FilePath C:\\b-aes.pfx -CertStoreLocation Cert:\\CurrentUser\\My -Password ${password}`,
  },
  'Import-PfxCertificate.StoreNotSimulated': {
    script: `Import-PfxCertificate -FilePath C:\\b-aes.pfx -CertStoreLocation Cert:\\LocalMachine\\Root -Password ${password}`,
  },
  'PfxFile.NotFound': { script: importPfx('nothing.pfx') },
  'Export-PfxCertificate.NotExportable': {
    script: `Export-PfxCertificate -Cert Cert:\\LocalMachine\\My\\{self-SERVER1} -FilePath C:\\x.pfx -Password ${password}`,
  },
  'Export-PfxCertificate.NoPassword': {
    script: 'Export-PfxCertificate -Cert Cert:\\LocalMachine\\My\\{A} -FilePath C:\\x.pfx',
  },
  'Export-PfxCertificate.FileExists': {
    script: `Export-PfxCertificate -Cert Cert:\\LocalMachine\\My\\{A} -FilePath C:\\b-aes.pfx -Password ${password} -NoClobber`,
  },
  'Test-Certificate.Problem': { script: 'Test-Certificate Cert:\\LocalMachine\\My\\{self-SERVER1}' },
  'Disk.Full': { script: importPfx('b-3des.pfx'), first: [['fault.set', { server: 'SERVER1', diskFull: true }]] },
  'Store.NotFound': {
    script: `$c = Get-Item Cert:\\LocalMachine\\My\\{A}; Remove-Item Cert:\\LocalMachine\\My\\{A}; Export-PfxCertificate -Cert $c -FilePath C:\\x.pfx -Password ${password}`,
  },
  'Store.DeleteKeyNeedsDelegation': {
    kind: 'server',
    script: 'Remove-Item Cert:\\LocalMachine\\My\\{A} -DeleteKey',
  },
  'KeyFile.NotFound': { script: `Get-Acl "$env:ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys\\nothing"` },
  'Service.NotFound': { script: 'Restart-Service MSExchangeNothing' },
  'Iis.SiteNotFound': {
    script: `Get-WebConfigurationProperty -PSPath 'MACHINE/WEBROOT/APPHOST' -Location 'No Site' -Filter 'system.webServer/security/access' -Name sslFlags`,
  },
  'Cim.ClassNotSimulated': { script: 'Get-CimInstance Win32_Process' },
  'WebConfiguration.NotSimulated': { script: `Get-WebConfigurationProperty -Filter 'system.web/x' -Name y` },
  'Session.NameNotFound': { kind: 'workstation', script: session('server9.mydomain.com') },
  'Session.Unreachable': {
    kind: 'workstation',
    script: session('server3.mydomain.com'),
    first: [['fault.set', { server: 'SERVER3', down: true }]],
  },
  'Session.NoEndpoint': {
    kind: 'workstation',
    script: session(
      '-ConfigurationName Microsoft.Exchange -ConnectionUri http://server1.mydomain.com/nothing/ -Authentication Kerberos',
    ),
  },
  'Session.BasicOverHttp': {
    kind: 'workstation',
    script: session(
      '-ConfigurationName Microsoft.Exchange -ConnectionUri http://server1.mydomain.com/PowerShell/ -Authentication Basic',
    ),
  },
  'Session.Limit': {
    kind: 'workstation',
    script: `1..3 | ForEach-Object { ${session('server1.mydomain.com')} }`,
    state: (state) => (state.settings = { sessionLimit: 2 }),
  },
  'Session.ExchangeLimit': {
    kind: 'workstation',
    script: `1..3 | ForEach-Object { ${session('-ConfigurationName Microsoft.Exchange -ConnectionUri http://server1.mydomain.com/PowerShell/ -Authentication Kerberos')} }`,
    state: (state) => (state.settings = { sessionLimit: 2 }),
  },
  'Session.AccessDenied': {
    kind: 'workstation',
    script: session('server1.mydomain.com'),
    state: (state) => (state.settings = { accounts: { 'CONTOSO\\other': 'secret' } }),
  },
  'Session.LogonFailure': {
    kind: 'workstation',
    script: session(
      `server1.mydomain.com -Credential (New-Object PSCredential 'CONTOSO\\other', (ConvertTo-SecureString 'wrong' -AsPlainText -Force))`,
    ),
    state: (state) => (state.settings = { accounts: { 'CONTOSO\\other': 'secret' } }),
  },
  'Session.ClockSkew': {
    kind: 'workstation',
    script: session('server1.mydomain.com'),
    first: [['fault.set', { server: 'SERVER1', clockMinutes: -6 }]],
  },
  'Session.ShellBroken': {
    kind: 'workstation',
    script: session(
      '-ConfigurationName Microsoft.Exchange -ConnectionUri http://server1.mydomain.com/PowerShell/ -Authentication Kerberos',
    ),
    state: (state) => (state.servers[0]!.bindings![2]!.httpSys = null),
  },
  'Session.NotInDomain': {
    kind: 'workstation',
    script: session('server1.mydomain.com'),
    state: (state) => (state.servers[0]!.roles = ['Edge']),
  },
  'Session.SecondHop': { kind: 'server', script: session('server2.mydomain.com') },
  'Session.Broken': {
    kind: 'server',
    script: 'Get-Service',
    then: [['fault.set', { server: 'SERVER1', down: true }]],
  },
};

describe('refusals of the lab', () => {
  let engine: Engine;
  before(function () {
    this.timeout(300_000);
    engine = startEngine();
  });
  after(() => engine.close());

  it('each have a case here, and each case a row', () => {
    const table = JSON.parse(readFileSync(path.resolve(__dirname, '../../../test/lab/module/table.json'), 'utf8')) as {
      refusals: { id: string }[];
    };
    assert.deepEqual(Object.keys(cases).sort(), table.refusals.map((row) => row.id).sort());
  });

  for (const [
    id,
    { script, kind = 'managementShell', server = 'SERVER1', answers = [], state, first = [], then = [] },
  ] of Object.entries(cases)) {
    it(`${id} is met by: ${script.slice(0, 60)}`, async () => {
      const sample = sampleOrganization();
      state?.(sample);
      const organization = await engine.newOrganization(sample);
      const drive = await fillDrive(engine, organization, server);
      for (const [operation, args] of first) {
        await engine.call(organization, operation, args);
      }
      const { certificates } = (await engine.call(organization, 'state.get')) as LabState;
      const typed = script
        .replace('{drive}', drive)
        .replaceAll('{drive}', drive)
        .replace(/\{([\w-]+)\}/g, (whole, role: string) => certificates[role]?.thumbprint ?? whole);
      const place = { organization, kind, ...(kind === 'workstation' ? {} : { server }) };
      const opened = await engine.openSession(place);
      for (const [operation, args] of then) {
        await engine.call(organization, operation, args);
      }
      const result = await opened.run({ script: typed, answers });
      await opened.close();
      assert.match(result.errors[0]?.id ?? JSON.stringify(result), new RegExp(`^${id.replaceAll('.', '\\.')}(,|$)`));
      await engine.dropOrganization(organization);
    }).timeout(60_000);
  }
});

/** B in both ciphers, an EC certificate and a file without a key, on a server's drive C:. */
async function fillDrive(engine: Engine, organization: string, server: string): Promise<string> {
  const { path: drive } = (await engine.call(organization, 'server.folder', { server })) as { path: string };
  await mkdir(drive, { recursive: true });
  await engine.call(organization, 'certificate.make', {
    role: 'ec',
    certificate: { subject: 'CN=ec', issuer: 'R13', days: [-1, 9], key: 'ec256' },
  });
  const write = async (name: string, args: object) => {
    const { pfx } = (await engine.call(organization, 'certificate.pfx', { password: samplePassword, ...args })) as {
      pfx: string;
    };
    await writeFile(path.join(drive, name), Buffer.from(pfx, 'base64'));
  };
  await write('b-aes.pfx', { certificate: 'B', aes: true });
  await write('b-3des.pfx', { certificate: 'B' });
  await write('ec.pfx', { certificate: 'ec' });
  await write('chain.pfx', { certificate: 'B', withoutKey: true });
  return drive;
}
