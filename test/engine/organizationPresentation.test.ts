// What a server presents follows Exchange's documented choice: seen by openssl at real listeners, case by case.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openBed, type Bed } from '../lab/bed';
import { opensslWitness, type Witness } from '../lab/openssl';
import {
  connectLab,
  outboundName,
  sampleOrganization,
  type LabServer,
  type LabState,
  type LabStoreEntry,
} from '../lab/organization';

type Service = 'smtp' | 'https' | 'imaps' | 'pop3s';

describe('what a server presents', () => {
  let bed: Bed;
  /** Puts a changed sample in place; listeners stand where they stood. */
  const given = async (
    change: (state: LabState, server: LabServer, store: LabStoreEntry[]) => void,
  ): Promise<LabState> => {
    const addresses = (await bed.lab.state()).servers.map((server) => server.address ?? null);
    const state = sampleOrganization();
    state.servers.forEach((server, index) => (server.address = addresses[index] ?? null));
    change(state, state.servers[0]!, state.servers[0]!.store);
    await bed.lab.call('state.set', { state });
    return bed.lab.state();
  };
  const look = async (service: Service): Promise<Witness> => {
    const server = (await bed.lab.state()).servers[0]!;
    return opensslWitness(server.address!, server.ports![service], service === 'smtp' ? 'smtp' : undefined);
  };

  before(async function () {
    this.timeout(300_000);
    bed = await openBed();
  });
  after(() => bed.close());

  it('is sent with its intermediate', async () => {
    await given(() => undefined);
    assert.deepEqual((await look('https')).subjects, ['CN=www.mydomain.com', "CN=R12, O=Let's Encrypt, C=US"]);
  });

  it('on 25 is, of the same issuer and subject, the one that expires last', async () => {
    const { certificates } = await given((state, _, store) => {
      state.certificates['A2'] = { ...state.certificates['A'], subject: 'CN=www.mydomain.com', days: [-1, 60] };
      store.push({ certificate: 'A2', networkService: true, services: ['SMTP'] });
    });
    assert.equal((await look('smtp')).thumbprint, certificates['A2']?.thumbprint);
  });

  it('on 25 is not the new one of the same name while it expires first', async () => {
    const { certificates } = await given((state, _, store) => {
      state.certificates['A2'] = { ...state.certificates['A'], subject: 'CN=www.mydomain.com', days: [-1, 6] };
      store.push({ certificate: 'A2', networkService: true, services: ['SMTP'] });
    });
    assert.equal((await look('smtp')).thumbprint, certificates['A']?.thumbprint);
  });

  it('on 25 fails the handshake when the latest of the name was imported and not enabled for SMTP', async () => {
    await given((state, _, store) => {
      state.certificates['A2'] = { ...state.certificates['A'], subject: 'CN=www.mydomain.com', days: [-1, 60] };
      store.push({ certificate: 'A2' });
    });
    const seen = await look('smtp');
    assert.equal(seen.thumbprint, null);
    assert.match(seen.text, /220 2\.0\.0|unexpected eof|errno|no peer certificate available/);
    assert.doesNotMatch(seen.text, /Didn't find STARTTLS/);
  });

  it('on 25 is nothing, and STARTTLS is not offered, when no certificate has the name', async () => {
    await given((_, server) => {
      server.receiveConnectors![0]!.tlsCertificateName = '<I>CN=Nobody<S>CN=www.mydomain.com';
    });
    const seen = await look('smtp');
    assert.equal(seen.thumbprint, null);
    assert.match(seen.text, /Didn't find STARTTLS/);
  });

  it('on 25 is nothing when the connector has no Tls among its mechanisms', async () => {
    await given((_, server) => {
      server.receiveConnectors![0]!.authMechanism = ['Integrated'];
    });
    assert.match((await look('smtp')).text, /Didn't find STARTTLS/);
  });

  it('on 25 is nothing when the chain of the certificate cannot be built (chain)', async () => {
    await given((_, server) => {
      server.intermediateStore = ['R13'];
    });
    assert.match((await look('smtp')).text, /Didn't find STARTTLS/);
  });

  it('on 25 is of the connector whose range is the smallest that holds the client (remote-ranges)', async () => {
    const relay = (ranges: string[]) =>
      given((_, server) => {
        server.receiveConnectors!.push({
          ...{ name: 'Relay', bindings: ['0.0.0.0:25'], authMechanism: ['Tls'] },
          ...{ remoteIpRanges: ranges, tlsCertificateName: '@self-SERVER1' },
        });
      });
    const inside = await relay(['10.0.0.0/8', '127.0.0.0-127.0.0.255']);
    assert.equal((await look('smtp')).thumbprint, inside.certificates['self-SERVER1']?.thumbprint);
    const outside = await relay(['10.0.0.0/8', 'fd00::/8']);
    assert.equal((await look('smtp')).thumbprint, outside.certificates['A']?.thumbprint);
  });

  it('on 443 is, for a name bound by SNI, what that binding holds', async () => {
    const { certificates } = await given((_, server) => {
      const named = { site: 'Default Web Site', port: 443, host: 'localhost' };
      server.bindings!.push({ ...named, iis: 'self-SERVER1', httpSys: 'self-SERVER1' });
    });
    assert.equal((await look('https')).thumbprint, certificates['A']?.thumbprint);
    const { address, ports } = (await bed.lab.state()).servers[0]!;
    const seen = await opensslWitness(address!, ports!.https, undefined, 'localhost');
    assert.equal(seen.thumbprint, certificates['self-SERVER1']?.thumbprint);
  });

  it('on 25 without a name is chosen by the FQDN among those enabled for SMTP', async () => {
    const { certificates } = await given((_, server) => {
      server.receiveConnectors![0]!.tlsCertificateName = null;
    });
    assert.equal((await look('smtp')).thumbprint, certificates['self-SERVER1']?.thumbprint);
    const named = await given((_, server) => {
      Object.assign(server.receiveConnectors![0]!, { tlsCertificateName: null, fqdn: 'www.mydomain.com' });
    });
    assert.equal((await look('smtp')).thumbprint, named.certificates['A']?.thumbprint);
  });

  it('on 443 is what HTTP.sys holds, whatever IIS says', async () => {
    const { certificates } = await given((_, server) => {
      server.bindings![0]!.httpSys = 'self-SERVER1';
    });
    assert.equal((await look('https')).thumbprint, certificates['self-SERVER1']?.thumbprint);
  });

  it('on 443 is nothing when the bound certificate left the store', async () => {
    await given(() => undefined);
    const a = await bed.thumbprint('A');
    await bed.on('SERVER1', `Remove-Item Cert:\\LocalMachine\\My\\${a}`);
    assert.equal((await look('https')).thumbprint, null);
  });

  it('on 993 stays what it was when the service started, though another was enabled since', async () => {
    const { certificates } = await given((state, _, store) => {
      store.push({ certificate: 'B', hasPrivateKey: true });
      state.servers[0]!.imap = { x509CertificateName: 'www.mydomain.com' };
    });
    const b = certificates['B']!.thumbprint!;
    await bed.on('SERVER1', `Enable-ExchangeCertificate ${b} -Services IMAP`);
    assert.equal((await look('imaps')).thumbprint, certificates['A']?.thumbprint);
    await bed.on('SERVER1', 'Restart-Service MSExchangeIMAP4');
    assert.equal((await look('imaps')).thumbprint, b);
  });

  it('changes nothing for POP and IMAP with a wildcard certificate, which is warned of', async () => {
    const { certificates } = await given((state, _, store) => {
      state.certificates['wild'] = {
        subject: 'CN=*.mydomain.com',
        issuer: 'R13',
        days: [-1, 80],
        dnsNames: ['*.mydomain.com'],
      };
      store.push({ certificate: 'wild' });
    });
    const wild = certificates['wild']!.thumbprint!;
    const result = await bed.on('SERVER1', `Enable-ExchangeCertificate ${wild} -Services POP,IMAP,IIS`);
    assert.equal(result.warnings.length, 2);
    assert.match(result.warnings[0] ?? '', /not a Fully Qualified Domain Name/);
    const entry = (await bed.lab.state()).servers[0]!.store.find((each) => each.certificate === wild);
    assert.deepEqual(entry?.services, []);
    assert.equal((await look('https')).thumbprint, wild);
  });

  it('on a port of a stopped service, or of a server that is down, is nothing: the port is closed', async () => {
    await given(() => undefined);
    await bed.on('SERVER1', 'Stop-Service MSExchangePOP3');
    assert.match((await look('pop3s')).text, /Connection refused|errno=111/);
    await bed.lab.call('fault.set', { server: 'SERVER1', down: true });
    assert.match((await look('https')).text, /Connection refused|errno=111/);
    await bed.lab.call('fault.set', { server: 'SERVER1', down: false });
    assert.equal((await look('https')).thumbprint, await bed.thumbprint('A'));
  });

  it('by a send connector shows in the queue: 454 4.7.5 on a source server without the certificate', async () => {
    const { certificates } = await given(() => undefined);
    const queue = async () =>
      (
        await bed.on(
          'SERVER1',
          `Get-Queue -Server SERVER1 | Where-Object { $_.LastError } | ForEach-Object { $_.LastError }`,
        )
      ).output
        .join('\n')
        .trim();
    assert.equal(await queue(), '');
    await bed.on(
      'SERVER1',
      `Set-SendConnector '${outboundName}' -TlsCertificateName "<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www.mydomain.com"`,
    );
    assert.equal(
      await queue(),
      '454 4.7.5 The certificate specified in TlsCertificateName of the SendConnector could not be found.',
    );
    assert.deepEqual(
      (await bed.lab.outages()).filter((outage) => outage.service.startsWith('send ')).map((outage) => outage.server),
      ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'],
    );
    assert.ok(certificates['B']);
  });

  it('is not changed by a caller who vanished while a slow server let him wait', async () => {
    await given(() => undefined);
    await bed.lab.call('fault.set', { operation: 'Set-SendConnector', slowMs: 60_000 });
    const other = await connectLab(bed.lab.data);
    const session = { kind: 'managementShell', server: 'SERVER1' };
    const waiting = other.call('Set-SendConnector', { Identity: outboundName, TlsCertificateName: null, session });
    // The lab reads a client's lines in order: this answer says that the one before has arrived.
    await other.call('log.get');
    other.close();
    await assert.rejects(waiting, /the lab process ended/);
    // With the faults cleared a caller who is still there would go on; this one must not.
    await bed.on('SERVER1', 'Get-SendConnector | Out-Null');
    await bed.lab.call('fault.clear');
    assert.deepEqual(await bed.lab.log(), []);
  });
});
