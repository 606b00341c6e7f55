// Ten ways in which known scripts go wrong, acted out by scripts written here: the lab shows the harm that each does.
import assert from 'node:assert/strict';
import { type Engine, type RunResult, startEngine } from '../lab/engine';
import { outboundName, sampleOrganization, samplePassword } from '../lab/sample';
import { type LabChange, type LabCertificate, type LabServer, type LabState } from '../lab/state';

/** An organization a script was let loose on. */
interface Acted {
  readonly ran: RunResult;
  readonly state: LabState;
  readonly log: readonly LabChange[];
  readonly server: (name?: string) => LabServer;
  readonly thumbprint: (role: string) => string;
  readonly presents: (
    service: string,
    server?: string,
  ) => Promise<{ offered: boolean; thumbprint: string | null; reason: string | null }>;
  readonly on: (script: string, server?: string) => Promise<RunResult>;
}

const www = ['www.mydomain.com', 'autodiscover.mydomain.com'];
const newOne = (changes: Partial<LabCertificate> = {}): LabCertificate => ({
  ...{ subject: 'CN=www.mydomain.com', issuer: 'R13', days: [-1, 89], dnsNames: www },
  ...changes,
});

describe('what known scripts do wrong', function () {
  this.timeout(120_000);
  let engine: Engine;
  const organizations: string[] = [];
  before(() => {
    engine = startEngine();
  });
  afterEach(() => Promise.all(organizations.splice(0).map((one) => engine.dropOrganization(one))));
  after(() => engine.close());

  /** B lies in every store with its key, for no service; `edit` changes that; the script runs in the shell of SERVER1. */
  async function act(script: string, edit: (state: LabState) => void = () => undefined): Promise<Acted> {
    const sample = sampleOrganization();
    for (const { store } of sample.servers) store.push({ certificate: 'B', exportable: false });
    edit(sample);
    const organization = await engine.newOrganization(sample);
    organizations.push(organization);
    const get = async (): Promise<LabState> => (await engine.call(organization, 'state.get')) as LabState;
    const before = await get();
    const thumbprint = (role: string): string => before.certificates[role]?.thumbprint ?? '';
    const on = (text: string, server = 'SERVER1'): Promise<RunResult> =>
      engine.run({
        ...{ organization, kind: 'managementShell', server },
        script: text.replace(/\{([\w-]+)\}/g, (whole, role: string) => thumbprint(role) || whole),
        answers: [],
      });
    const ran = await on(script);
    const state = await get();
    return {
      ran,
      state,
      log: (await engine.call(organization, 'log.get')) as readonly LabChange[],
      server: (name = 'SERVER1') => state.servers.find((one) => one.name === name)!,
      thumbprint,
      presents: async (service, server = 'SERVER1') =>
        (await engine.call(organization, 'presented.get', { server, service })) as Awaited<
          ReturnType<Acted['presents']>
        >,
      on,
    };
  }
  const stored = ({ server, thumbprint }: Acted, role: string): boolean =>
    server().store.some(({ certificate }) => certificate === thumbprint(role));
  const well = ({ ran }: Acted): void =>
    assert.deepEqual(
      ran.errors.map(({ message }) => message),
      [],
    );
  const enableAll = (role: string): string =>
    `Enable-ExchangeCertificate -Thumbprint '{${role}}' -Services 'IMAP,POP,IIS,SMTP' -Server SERVER1 -Force\n`;

  /** Another certificate of the same host name, which only the relay uses. */
  const withRelay = (state: LabState): void => {
    state.certificates['relay'] = {
      subject: 'CN=www.mydomain.com, O=Relay',
      issuer: 'R12',
      days: [-9, 99],
      dnsNames: www,
    };
    const [server] = state.servers;
    server!.store.push({ certificate: 'relay', networkService: true, services: ['SMTP'] });
    server!.receiveConnectors![0]!.tlsCertificateName = '@relay';
  };
  const cleanup = `
    $new = Get-ExchangeCertificate -Thumbprint '{B}' -Server SERVER1
    $name = ($new.Subject -split '=')[1]
    Get-ExchangeCertificate -Server SERVER1 | Where-Object { $_.Thumbprint -ne $new.Thumbprint -and $_.CertificateDomains -contains $name } |
      ForEach-Object { Remove-ExchangeCertificate -Thumbprint $_.Thumbprint -Server SERVER1 -Confirm:$false -ErrorAction SilentlyContinue }`;

  it('1. a clean-up by host name removes what another connector uses: STARTTLS vanishes', async () => {
    const acted = await act(cleanup, withRelay);
    assert.equal(stored(acted, 'relay'), false);
    assert.deepEqual(await acted.presents('smtp'), {
      offered: false,
      thumbprint: null,
      reason: 'no certificate of that issuer and subject',
    });
  });

  it('1. and with an O in the subject it takes "name, O" for the name, and removes nothing', async () => {
    const acted = await act(cleanup, (state) => {
      withRelay(state);
      state.certificates['B'] = newOne({ subject: 'CN=www.mydomain.com, O=Acme' });
    });
    well(acted);
    assert.deepEqual(acted.log, []);
  });

  const byName = `
    $new = Get-ExchangeCertificate -Thumbprint '{B}' -Server SERVER1
    Get-SendConnector | Where-Object { $_.Name -like '*Outbound to Office 365*' } |
      ForEach-Object { Set-SendConnector -Identity $_.Name -TlsCertificateName ('<I>' + $new.Issuer + '<S>' + $new.Subject) }`;

  it('2. connectors found by a name’s pattern: a renamed one is forgotten, a foreign one is swept in', async () => {
    const acted = await act(byName, (state) => {
      const [, outbound] = state.sendConnectors;
      state.certificates['partner'] = newOne({ subject: 'CN=partner.mydomain.com' });
      state.sendConnectors.push({
        ...outbound!,
        name: 'Outbound to Office 365 - test',
        tlsCertificateName: '@partner',
      });
      outbound!.name = 'To Microsoft 365';
    });
    well(acted);
    const names = acted.state.sendConnectors.map(({ name, tlsCertificateName }) => [name, tlsCertificateName]);
    assert.deepEqual(names.slice(1), [
      ['To Microsoft 365', "<I>CN=R12, O=Let's Encrypt, C=US<S>CN=www.mydomain.com"],
      ['Outbound to Office 365 - test', "<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www.mydomain.com"],
    ]);
  });

  it('2. the connector before its other source servers: their queues say 454 4.7.5', async () => {
    const acted = await act(enableAll('B') + byName, (state) => {
      const [, second] = state.servers;
      second!.store = second!.store.filter(({ certificate }) => certificate !== 'B');
    });
    well(acted);
    const queue = (server: string): Promise<RunResult> =>
      acted.on(`(Get-Queue -Server ${server} | Where-Object LastError).LastError`);
    assert.match((await queue('SERVER2')).output.join('\n'), /454 4\.7\.5/);
    assert.doesNotMatch((await queue('SERVER1')).output.join('\n'), /454 4\.7\.5/);
  });

  it('3. a clean-up by an equal list of services removes Exchange’s own certificate, and the back end with it', async () => {
    const acted = await act(`${enableAll('B')}
      Get-ExchangeCertificate -Server SERVER1 |
        Where-Object { $_.Thumbprint -ne '{B}' -and ((($_.Services -split ',\\s*') | Sort-Object) -join ' ') -eq 'IIS IMAP POP SMTP' } |
        ForEach-Object { Remove-ExchangeCertificate -Thumbprint $_.Thumbprint -Server SERVER1 -Confirm:$false }`);
    well(acted);
    assert.equal(stored(acted, 'self-SERVER1'), false);
    const { reason } = await acted.presents('backend');
    assert.equal(reason, 'the certificate is not in the store');
  });

  it('4. an unconditional iisreset stops all web services after 443 has the certificate already', async () => {
    const acted = await act(`${enableAll('B')}iisreset /RESTART`);
    well(acted);
    const order = acted.log.map(({ what }) => what);
    assert.ok(order.indexOf('binding.set') < order.indexOf('iis.reset'), order.join(' '));
    const bound = await act(enableAll('B'));
    assert.equal((await bound.presents('https')).thumbprint, bound.thumbprint('B'));
  });

  it('5. a switch that never arrives: Require SSL is turned on where it was off', async () => {
    const script = `
      function Use-Certificate { param([switch]$NoSsl)
        $more = @{}
        if ($WithoutSsl) { $more.DoNotRequireSsl = $true }
        Enable-ExchangeCertificate -Thumbprint '{B}' -Services IIS -Server SERVER1 @more }
      Use-Certificate -NoSsl`;
    const acted = await act(script, (state) => (state.servers[0]!.bindings![0]!.requireSsl = false));
    well(acted);
    assert.equal(acted.server().bindings?.[0]?.requireSsl, true);
  });

  it('6. -FileName is gone, and a script that goes on enables what is not there', async () => {
    const acted = await act(`
      Import-ExchangeCertificate -FileName C:\\www.pfx -Password (ConvertTo-SecureString '${samplePassword}' -AsPlainText -Force) -Server SERVER1`);
    assert.match(acted.ran.errors[0]?.id ?? '', /NamedParameterNotFound/);
    assert.deepEqual(acted.log, []);
  });

  it('6. services "None" take nothing away: an assignment is only replaced', async () => {
    const acted = await act("Enable-ExchangeCertificate -Thumbprint '{A}' -Services None -Server SERVER1 -Force");
    const { services } = acted.server().store.find(({ certificate }) => certificate === acted.thumbprint('A'))!;
    assert.deepEqual([...services!].sort(), ['IMAP', 'POP', 'SMTP']);
  });

  it('7. every https binding rebound, 444 too: OWA, ECP and the management shell are behind it', async () => {
    const acted = await act(`
      $new = Get-Item -LiteralPath 'Cert:\\LocalMachine\\My\\{B}'
      Get-ChildItem IIS:\\SslBindings | ForEach-Object { Set-Item -LiteralPath ('IIS:\\SslBindings\\0.0.0.0!' + $_.Port) -Value $new }
      Remove-Item -LiteralPath 'Cert:\\LocalMachine\\My\\{A}'`);
    well(acted);
    assert.equal((await acted.presents('backend')).thumbprint, acted.thumbprint('B'));
    // the old one went in the same breath: what still named it has nothing
    assert.equal((await acted.presents('smtp')).offered, false);
  });

  it('7. MM in a time of day is the month', async () => {
    const { ran } = await act("([datetime]'2026-03-04T05:06:07').ToString('HH:MM:ss')");
    assert.deepEqual(ran.output, ['05:03:07']);
  });

  it('8. the first certificate of a name is not the one that is used: the latest expiry is', async () => {
    const acted = await act(
      "(Get-ExchangeCertificate -Server SERVER1 | Where-Object { $_.Subject -eq 'CN=www.mydomain.com' -and $_.Issuer -like '*R12*' })[0].Thumbprint",
      (state) => {
        state.certificates['later'] = newOne({ issuer: 'R12' });
        for (const { store } of state.servers)
          store.push({ certificate: 'later', networkService: true, services: ['SMTP'] });
      },
    );
    assert.deepEqual(acted.ran.output, [acted.thumbprint('A')]);
    assert.equal((await acted.presents('smtp')).thumbprint, acted.thumbprint('later'));
  });

  const expired = `
    $name = (Get-SendConnector '${outboundName}').TlsCertificateName
    foreach ($server in 'SERVER1', 'SERVER2') {
      foreach ($one in Get-ExchangeCertificate -Server $server) {
        if (('<I>' + $one.Issuer + '<S>' + $one.Subject) -eq $name -and $one.NotAfter -lt (Get-Date)) { "$server red" } } }`;

  it('9. an expired leftover of the name is called an error, while mail goes by the valid one', async () => {
    const acted = await act(expired, (state) => {
      state.certificates['leftover'] = newOne({ issuer: 'R12', days: [-200, -100] });
      state.servers[0]!.store.unshift({ certificate: 'leftover' });
    });
    assert.deepEqual(acted.ran.output, ['SERVER1 red']);
    assert.equal((await acted.presents('smtp')).thumbprint, acted.thumbprint('A'));
  });

  it('9. every server asked for a connector’s certificate: a false alarm where it sends from another one', async () => {
    const acted = await act(
      `$connector = Get-SendConnector '${outboundName}'
       foreach ($server in 'SERVER1', 'SERVER2') {
         $there = @(Get-ExchangeCertificate -Server $server | Where-Object { ('<I>' + $_.Issuer + '<S>' + $_.Subject) -eq $connector.TlsCertificateName })
         if (-not $there) { "$server red: $($connector.SourceTransportServers -contains $server)" } }`,
      (state) => {
        const [first, second] = state.servers;
        state.sendConnectors[1]!.sourceTransportServers = [first!.name];
        second!.store = second!.store.filter(({ certificate }) => certificate !== 'A');
      },
    );
    assert.deepEqual(acted.ran.output, ['SERVER2 red: False']);
    const queue = await acted.on('(Get-Queue -Server SERVER1 | Where-Object LastError | Measure-Object).Count');
    assert.deepEqual(queue.output, ['0']);
  });

  it('10. a new self-signed certificate with -Force takes the place of the internal transport certificate', async () => {
    const acted = await act(
      '$null = New-ExchangeCertificate -SubjectName CN=SERVER1 -Services SMTP -Server SERVER1 -Force',
    );
    well(acted);
    assert.notEqual(acted.server().internalTransport, acted.thumbprint('self-SERVER1'));
    assert.ok(acted.log.some(({ what, server }) => what === 'internalTransport.set' && server === 'SERVER1'));
  });
});
