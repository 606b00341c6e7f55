// What a wrong step costs: OWA, the shell itself, mail; each by the document that says so.
import assert from 'node:assert/strict';
import { connect } from 'node:tls';
import { after, before, describe, it } from 'mocha';
import { openBed, type Bed } from '../lab/bed';
import { outboundName, sampleOrganization, samplePassword, type LabMail, type LabState } from '../lab/organization';
import { useOrganization, well } from './oneOrganization';

interface Presented {
  readonly offered: boolean;
  readonly thumbprint: string | null;
  readonly reason: string | null;
}

describe('consequences in the lab', () => {
  const { call, state, server, on, workstation, thumbprint, pfx } = useOrganization();
  const given = async (change: (state: LabState) => void): Promise<void> => {
    const changed = sampleOrganization();
    change(changed);
    await call('state.set', { state: changed });
  };
  const presented = async (service: string, server = 'SERVER1') =>
    (await call('presented.get', { server, service })) as Presented;
  const mail = async () => (await call('mail.get')) as LabMail;
  const endpoint = (host: string) =>
    `New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://${host}.mydomain.com/PowerShell/ -ErrorAction Stop`;

  describe('of 444 without its certificate', () => {
    it('OWA and the shell of that server fail, and those of the others do not', async () => {
      well(await on(`Remove-Item "Cert:\\LocalMachine\\My\\${await thumbprint('self-SERVER1')}"`));
      assert.match((await presented('owa')).reason ?? '', /444/);
      assert.match((await presented('shell')).reason ?? '', /444/);
      assert.equal((await presented('owa', 'SERVER2')).reason, null);
      assert.equal((await on('Get-ExchangeServer')).errors[0]?.id.split(',')[0], 'Exchange.ShellBroken');
      assert.equal((await workstation(endpoint('server1'))).errors[0]?.id.split(',')[0], 'Session.ShellBroken');
      well(await workstation(endpoint('server2')));
    });
    it('443 still presents its certificate: only behind it nothing answers', async () => {
      await given((state) => (state.servers[0]!.bindings![1]!.httpSys = null));
      assert.equal((await presented('https')).thumbprint, await thumbprint('A'));
    });
    it('a session that was open fails at its next cmdlet', async () => {
      const script = `$s = ${endpoint('server1')}; $null = Import-PSSession $s; Get-ExchangeServer | Out-Null
        $w = New-PSSession server1.mydomain.com; Invoke-Command $w { Remove-Item 'Cert:\\LocalMachine\\My\\${await thumbprint('self-SERVER1')}' }; Get-ExchangeServer`;
      assert.equal((await workstation(script)).errors[0]?.id.split(',')[0], 'Exchange.ShellBroken');
    });
    it("Windows' own cmdlets still work there, and binding 444 anew heals it", async () => {
      await given((state) => (state.servers[0]!.bindings![1]!.httpSys = null));
      const script = `(Get-WebBinding -Port 444).AddSslCertificate('${await thumbprint('self-SERVER1')}', 'My')`;
      well(await on(script));
      assert.equal((await presented('shell')).reason, null);
    });
  });

  describe("of OAuth's certificate", () => {
    it('gone, OWA and the shell fail', async () => {
      well(await on(`Remove-Item "Cert:\\LocalMachine\\My\\${await thumbprint('auth')}"`));
      assert.match((await presented('owa')).reason ?? '', /OAuth/);
      assert.equal((await on('Get-ExchangeServer')).errors[0]?.id.split(',')[0], 'Exchange.ShellBroken');
    });
    it('expired, they fail too', async () => {
      await given((state) => (state.certificates['auth']!.days = [-700, -1]));
      assert.match((await presented('shell')).reason ?? '', /expired/);
    });
    it('replaced by one that other servers lack breaks those: the web certificate published there', async () => {
      await given((state) => state.servers[1]!.store.splice(0, 1));
      const a = await thumbprint('A');
      well(
        await on(
          `Set-AuthConfig -NewCertificateThumbprint ${a} -NewCertificateEffectiveDate (Get-Date); Set-AuthConfig -PublishCertificate`,
        ),
      );
      assert.deepEqual((await state()).auth?.current, a);
      assert.equal((await presented('owa')).reason, null);
      assert.match((await presented('owa', 'SERVER2')).reason ?? '', /OAuth/);
    });
  });

  it('of a key of CNG on 443 OWA shows its logon page again', async () => {
    const file = await pfx({ provider: 'Microsoft Software Key Storage Provider' });
    const script = `$b = (Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('${file}')) -Password (Read-Host -AsSecureString)).Thumbprint; Enable-ExchangeCertificate $b -Services IIS`;
    well(await on(script, [samplePassword]));
    assert.match((await presented('owa')).reason ?? '', /CNG/);
    assert.equal((await presented('https')).thumbprint, await thumbprint('B'));
  });

  it('of a receive connector without its certificate is in the event log of its server: 12014, until the name is put right (event-12014)', async () => {
    const connector = `'SERVER1\\Default Frontend SERVER1'`;
    const events = `Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = 'MSExchangeFrontEnd*'; Id = 12014; StartTime = (Get-Date).AddMinutes(-1) } -MaxEvents 1`;
    const told = `${events} | ForEach-Object { "$($_.LevelDisplayName) $($_.Id)"; $_.Message -like '*STARTTLS*Default Frontend SERVER1*<I>CN=Nobody<S>CN=x*' }`;
    const name = (await server()).receiveConnectors![0]!.tlsCertificateName!;
    well(await on(`Set-ReceiveConnector ${connector} -TlsCertificateName '<I>CN=Nobody<S>CN=x'`));
    assert.deepEqual(well(await on(told)).objects, ['Error 12014', true]);
    assert.equal((await on(events, [], 'SERVER2')).errors[0]?.id.split(',')[0], 'WinEvent.NoneFound');
    const count = '@(Get-WinEvent -ProviderName MSExchangeFrontEndTransport).Count';
    const [before] = well(await on(count)).objects;
    well(await on(`Set-ReceiveConnector ${connector} -TlsCertificateName "${name}"`));
    assert.deepEqual(well(await on(count)).objects, [before]);
  });

  it('netsh shows what HTTP.sys holds, of all ports and of one (netsh-httpsys)', async () => {
    await given((state) => (state.servers[0]!.bindings![0]!.httpSys = 'self-SERVER1'));
    const hashes = (line: string) =>
      `${line} | Where-Object { $_ -match 'Certificate Hash +: (\\w+)' } | ForEach-Object { $Matches[1] }`;
    const [self, front] = [await thumbprint('self-SERVER1'), await thumbprint('A')].map((one) => one.toLowerCase());
    assert.deepEqual(well(await on(hashes('netsh http show sslcert'))).objects, [self, front, self]);
    assert.deepEqual(well(await on(hashes('netsh http show sslcert ipport=0.0.0.0:443'))).objects, [self]);
    assert.deepEqual(well(await on('(netsh http show sslcert ipport=0.0.0.0:445)[-2]; $LASTEXITCODE')).objects, [
      'The system cannot find the file specified.',
      1,
    ]);
  });

  describe('mail', () => {
    const harmless = 'Set-ImapSettings -Server SERVER2 -X509CertificateName imap.mydomain.com';

    it('goes while nothing is wrong: each change is counted', async () => {
      well(await on(harmless));
      const { sent, failed } = await mail();
      // two send connectors, one front end and one internal message for each of four servers
      assert.deepEqual([sent, failed], [16, 0]);
    });
    it('to Microsoft 365 fails at every source server whose certificate is gone: 454 4.7.5', async () => {
      well(
        await on(
          `Set-SendConnector '${outboundName}' -TlsCertificateName "<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www.mydomain.com"`,
        ),
      );
      const { failures } = await mail();
      assert.deepEqual(
        failures.map(({ server, direction, connector, error }) => [server, direction, connector, error.slice(0, 9)]),
        ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'].map((server) => [server, 'out', outboundName, '454 4.7.5']),
      );
    });
    it('to Microsoft 365 comes back where the tenant knows another name: 550 5.7.51', async () => {
      await given((state) => (state.hybrid!.tenantName = 'mail.mydomain.com'));
      well(await on(harmless));
      const { failures } = await mail();
      const out = failures.filter(({ direction }) => direction === 'out').map(({ error }) => error.slice(0, 10));
      assert.deepEqual(out, ['550 5.7.51', '550 5.7.51', '550 5.7.51', '550 5.7.51']);
      await given((state) => {
        state.hybrid!.tenantName = 'mail.mydomain.com';
        state.sendConnectors[1]!.addressSpaces = ['SMTP:*;1'];
      });
      well(await on(harmless));
      assert.match((await mail()).failures[0]!.error, /^550 5\.7\.64 TenantAttribution; Relay Access Denied/);
    });
    it('from Microsoft 365 waits where the certificate has another name: 450 4.7.320', async () => {
      await given((state) => (state.hybrid!.tenantName = 'mail.mydomain.com'));
      well(await on(harmless));
      const inbound = (await mail()).failures.filter(({ direction }) => direction === 'in');
      assert.match(inbound[0]!.error, /^450 4\.7\.320 .*SubjectMismatch/);
    });
    for (const [title, edit, error] of [
      [
        'of a certificate without a key tells the queue that nothing could be connected (queue-no-key)',
        { hasPrivateKey: false },
        /^451 4\.4\.0 .*"421 4\.2\.1 Unable to connect\."/,
      ],
      [
        'of a certificate that is not enabled for SMTP tells the queue that the connection timed out (queue-not-enabled)',
        { networkService: false },
        /^451 4\.4\.0 .*"421 4\.4\.1 Connection timed out\."/,
      ],
    ] as const) {
      it(title, async () => {
        await given((state) => Object.assign(state.servers[0]!.store[0]!, edit));
        well(await on(harmless));
        well(await on(harmless.replace('SERVER2', 'SERVER3')));
        const [queue] = well(await on('Get-Queue -Server SERVER1 | Where-Object LastError')).objects as {
          LastError: string;
          MessageCount: number;
        }[];
        assert.match(queue!.LastError, error);
        assert.equal(queue!.MessageCount, 2, 'each change sends one message, and they pile up');
      });
    }
    it('from Microsoft 365 fails where STARTTLS vanished: 451 5.7.3; without a hybrid configuration it falls back', async () => {
      const script = `Set-ReceiveConnector 'SERVER1\\Default Frontend SERVER1' -TlsCertificateName '<I>CN=Nobody<S>CN=x'`;
      well(await on(script));
      assert.match((await mail()).failures.find((each) => each.direction === 'in')?.error ?? '', /^451 5\.7\.3/);
      await given((state) => (state.hybrid = null));
      well(await on(script));
      assert.equal((await mail()).failed, 0);
    });
    it('fails both ways while a new one of the same name is imported and not enabled', async () => {
      await given((state) => {
        state.certificates['A2'] = { ...state.certificates['A']!, days: [-1, 60] };
      });
      const file = await pfx({ certificate: 'A2' });
      well(
        await on(
          `$null = Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('${file}')) -Password (Read-Host -AsSecureString)`,
          [samplePassword],
        ),
      );
      assert.deepEqual(
        (await mail()).failures.map(({ server, direction, error }) => [
          server,
          direction,
          error.includes('UnknownCredentials') ? 'UnknownCredentials' : error.slice(0, 9),
        ]),
        [
          ['SERVER1', 'out', '451 4.4.0'],
          ['SERVER1', 'in', 'UnknownCredentials'],
        ],
      );
      const failed = (await mail()).failed;
      well(await on(`Enable-ExchangeCertificate ${await thumbprint('A2')} -Services SMTP`, ['N']));
      well(await on(harmless));
      const after = await mail();
      assert.equal(after.failures.filter((each) => each.change === after.failures.at(-1)?.change).length > 0, true);
      assert.ok(after.failed - failed <= 2, 'what failed after Enable');
    });
    it('between servers fails without the internal transport certificate', async () => {
      well(await on(`Remove-Item "Cert:\\LocalMachine\\My\\${await thumbprint('self-SERVER1')}"`));
      assert.ok((await mail()).failures.some((each) => each.direction === 'between' && each.server === 'SERVER1'));
    });
    it('waits at servers that are down: nothing of them counts', async () => {
      await call('fault.set', { server: 'SERVER1', down: true });
      const before = (await mail()).sent;
      await on(harmless, [], 'SERVER2');
      assert.equal((await mail()).sent - before, 12);
    });
  });
});

describe('what stands behind 443', () => {
  let bed: Bed;
  before(async function () {
    this.timeout(300_000);
    const state = sampleOrganization();
    for (const server of state.servers) {
      server.ports = { ...server.ports!, submission: 2587, backend: 8444 };
    }
    bed = await openBed(state);
  });
  after(() => bed.close());

  const answered = async (port: number): Promise<string> => {
    const { address } = (await bed.lab.state()).servers[0]!;
    return new Promise((resolve, reject) => {
      const socket = connect({ host: address!, port, rejectUnauthorized: false, servername: 'www.mydomain.com' }, () =>
        socket.write('GET /owa/ HTTP/1.1\r\nHost: www.mydomain.com\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.once('end', () => (text ? resolve(text.split('\r\n')[0] ?? '') : reject(new Error('closed'))));
      socket.once('error', reject);
    });
  };

  it('answers 200, and 500 once 444 has lost its certificate', async () => {
    assert.equal(await answered(8443), 'HTTP/1.1 200 OK');
    assert.equal(await answered(8444), 'HTTP/1.1 200 OK');
    await bed.on('SERVER1', `Remove-Item "Cert:\\LocalMachine\\My\\${await bed.thumbprint('self-SERVER1')}"`);
    assert.equal(await answered(8443), 'HTTP/1.1 500 Internal Server Error');
    await assert.rejects(answered(8444));
  });
});
