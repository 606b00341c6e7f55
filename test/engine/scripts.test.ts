// The snapshot's script, really run: what it tells of the sample organization and of a broken one.
import assert from 'node:assert/strict';
import { type Snapshot } from '../../src/model/snapshot';
import { type Wanted } from '../../src/model/wanted';
import { renderSnapshotScript } from '../../src/powershell/renderStep';
import { compareWithConfig } from '../../src/snapshot/compareWithConfig';
import { foundFrom } from '../../src/snapshot/foundFrom';
import { parseSnapshot } from '../../src/snapshot/parseSnapshot';
import { startEngine } from '../lab/engine';
import { sampleOrganization } from '../lab/sample';
import { type LabBinding } from '../lab/state';
import { openBed, type ScriptBed, snapshotText } from './scriptBed';

/** What the configuration's servers differ in, with the names that may have been meant. */
function codesOf(wanted: Wanted, snapshot: Snapshot): readonly string[] {
  return compareWithConfig(wanted, foundFrom(snapshot)).flatMap((one) =>
    one.subject.kind === 'server'
      ? [
          [
            `${one.code} ${one.subject.name}`,
            ...('candidates' in one ? one.candidates.slice(0, 1).map(({ name }) => name) : []),
          ].join(': '),
        ]
      : [],
  );
}

describe('the snapshot script', function () {
  this.timeout(60_000);
  const engine = startEngine();
  const beds: ScriptBed[] = [];
  const bedOf = async (state = sampleOrganization()): Promise<ScriptBed> => {
    const bed = await openBed(engine, state);
    beds.push(bed);
    return bed;
  };
  afterEach(() => Promise.all(beds.splice(0).map((bed) => bed.close())));
  after(() => engine.close());

  it('tells every server, connector and certificate of the sample organization', async () => {
    const bed = await bedOf();
    const { result, outcome } = await bed.runText(snapshotText(bed));
    assert.deepEqual([outcome, result?.outcome, result?.error, result?.changed], ['completed', 'done', null, false]);
    const snapshot = result!.after!.snapshot!;
    assert.deepEqual([snapshot.problems, snapshot.domainController], [[], 'dc1.mydomain.com']);
    assert.deepEqual(
      snapshot.servers.map(({ name, exchange, windows, roles }) => [name, exchange, windows, roles]),
      [
        ['SERVER1', '15.2.1748.10', '10.0.20348', ['Mailbox']],
        ['SERVER2', '15.2.1748.10', '10.0.20348', ['Mailbox']],
        ['SERVER3', '15.2.1748.10', '10.0.20348', ['Mailbox']],
        ['SERVER4', '15.1.2507.6', '10.0.14393', ['Mailbox']],
      ],
    );
    const [first] = snapshot.servers;
    const old = first?.certificates?.find(({ thumbprint }) => thumbprint === bed.oldThumbprint);
    assert.deepEqual(
      [old?.hasPrivateKey, old?.exportable, old?.networkServiceCanRead, old?.services, old?.status],
      [true, true, true, null, null],
    );
    assert.deepEqual(
      first?.bindings?.map(({ site, port, iis, httpSys, requireSsl }) => [site, port, iis === httpSys, requireSsl]),
      [
        ['Default Web Site', 443, true, true],
        ['Default Web Site', 443, true, true],
        ['Exchange Back End', 444, true, true],
      ],
    );
    assert.equal(first.bindings[0]?.httpSys, bed.oldThumbprint);
    assert.equal(first.internalTransport, first.bindings[2]?.httpSys);
    assert.deepEqual(
      snapshot.servers.map(({ pop, imap }) => [pop?.running, imap?.running, pop?.x509CertificateName]),
      [true, true, false, true].map((pop) => [pop, true, 'www.mydomain.com']),
    );
    assert.deepEqual(
      first.receiveConnectors?.map(({ identity, tlsCertificateName }) => [identity, tlsCertificateName]),
      [
        ['SERVER1\\Default Frontend SERVER1', bed.oldName],
        ['SERVER1\\Client Frontend SERVER1', ''],
        ['SERVER1\\Default SERVER1', ''],
        ['SERVER1\\Client Proxy SERVER1', ''],
        ['SERVER1\\Outbound Proxy Frontend SERVER1', ''],
      ],
    );
    assert.deepEqual(
      snapshot.sendConnectors?.map(({ tlsCertificateName, sourceTransportServers }) => [
        tlsCertificateName,
        sourceTransportServers?.length,
      ]),
      [
        ['', 4],
        [bed.oldName, 4],
      ],
    );
    assert.deepEqual(snapshot.hybrid, { tlsCertificateName: bed.oldName });
    assert.equal(snapshot.auth?.current?.length, 40);
    assert.deepEqual([snapshot.federation, snapshot.edgeSubscriptions], [[], []]);
    const { snapshot: read, problems } = parseSnapshot(JSON.stringify(snapshot));
    assert.deepEqual([read, problems], [snapshot, []], 'the border that reads snapshots loses nothing of it');
    assert.deepEqual(snapshot.means, {
      exchange: 'endpoint http://server2.mydomain.com/PowerShell/',
      servers: 'winrm',
    });
  });

  it('tells what HTTP.sys holds besides Exchange’s bindings, on another address and by SNI', async () => {
    const state = sampleOrganization();
    const portal = { site: 'Portal', port: 443, iis: 'A', httpSys: 'A' };
    state.servers[0]!.bindings!.push({ ...portal, ip: '10.0.0.5' }, { ...portal, host: 'portal.mydomain.com' });
    const bed = await bedOf(state);
    const { result } = await bed.runText(snapshotText(bed));
    const snapshot = result!.after!.snapshot!;
    assert.deepEqual(
      snapshot.servers[0]?.bindings?.map(({ site, address, port }) => [site, address, port]),
      [
        ['Default Web Site', '0.0.0.0:443', 443],
        ['Default Web Site', '127.0.0.1:443', 443],
        ['Exchange Back End', '0.0.0.0:444', 444],
        ['', '10.0.0.5:443', 443],
        ['', 'portal.mydomain.com:443', 443],
      ],
    );
    assert.deepEqual(
      snapshot.servers[0].bindings.slice(3).map(({ iis, httpSys }) => [iis, httpSys]),
      [1, 2].map(() => [bed.oldThumbprint, bed.oldThumbprint]),
    );
    const { snapshot: read, problems } = parseSnapshot(JSON.stringify(snapshot));
    assert.deepEqual([read, problems], [snapshot, []]);
  });

  describe('of the front end', () => {
    /** Site, address, host and the roles of what IIS and HTTP.sys have, of the bindings on 443. */
    const told = async (bindings: readonly LabBinding[], rename?: string) => {
      const state = sampleOrganization();
      const first = state.servers[0]!;
      first.bindings = [...bindings, ...first.bindings!.filter(({ port }) => port === 444)];
      for (const one of first.bindings) if (rename && one.site === 'Default Web Site') one.site = rename;
      const bed = await bedOf(state);
      const { result } = await bed.runText(snapshotText(bed));
      const roles: Readonly<Record<string, string>> = { [bed.oldThumbprint]: 'A' };
      const { bindings: rows, reached } = result!.after!.snapshot!.servers[0]!;
      assert.ok(reached.server);
      return rows
        ?.filter(({ port }) => port === 443)
        .map(({ site, address, host, iis, httpSys }) => [
          ...[site, address, host],
          ...[iis, httpSys].map((one) => (one === null ? null : (roles[one] ?? 'self'))),
        ]);
    };
    const site = { site: 'Default Web Site', port: 443 };
    const self = { ...site, iis: 'self-SERVER1', httpSys: 'self-SERVER1' };
    const own = { ...site, iis: 'A', httpSys: 'A' };

    it('tells an empty address, which is all, and the one of the server itself', async () => {
      assert.deepEqual(
        await told([
          { ...own, ip: '' },
          { ...self, ip: '127.0.0.1' },
        ]),
        [
          ['Default Web Site', '0.0.0.0:443', '', 'A', 'A'],
          ['Default Web Site', '127.0.0.1:443', '', 'self', 'self'],
        ],
      );
    });

    it('tells a binding with a name by that name, and never by the address beside it', async () => {
      assert.deepEqual(
        await told([
          { ...self, ip: '*' },
          { ...own, ip: '*', host: 'mail.contoso.com' },
        ]),
        [
          ['Default Web Site', '0.0.0.0:443', '', 'self', 'self'],
          ['Default Web Site', 'mail.contoso.com:443', 'mail.contoso.com', 'A', 'A'],
        ],
      );
    });

    it('tells of a name that HTTP.sys has no record of that what it serves is not known', async () => {
      assert.deepEqual(
        await told([
          { ...self, ip: '*' },
          { ...own, host: 'mail.contoso.com', httpSys: null },
        ]),
        [
          ['Default Web Site', '0.0.0.0:443', '', 'self', 'self'],
          ['Default Web Site', 'mail.contoso.com:443', 'mail.contoso.com', 'A', null],
        ],
      );
    });

    it('tells an address of IPv6 in brackets', async () => {
      assert.deepEqual(
        await told([
          { ...self, ip: '' },
          { ...own, ip: '[fd00::5]' },
        ]),
        [
          ['Default Web Site', '0.0.0.0:443', '', 'self', 'self'],
          ['Default Web Site', '[fd00::5]:443', '', 'A', 'A'],
        ],
      );
    });

    it('finds it under another name, as IIS’ first site', async () => {
      assert.deepEqual(await told([{ ...own, ip: '' }], "Müller's front"), [
        ["Müller's front", '0.0.0.0:443', '', 'A', 'A'],
      ]);
    });
  });

  it('says that the front end is not known where no site is Exchange’s', async () => {
    const state = sampleOrganization();
    state.servers[0]!.bindings = state.servers[0]!.bindings!.filter(({ port }) => port === 444).map((one) => ({
      ...one,
      site: 'Exchange Back End',
    }));
    state.servers[0]!.bindings.unshift({ site: 'Exchange Back End', port: 446, iis: null, httpSys: null });
    const bed = await bedOf(state);
    const snapshot = (await bed.runText(snapshotText(bed))).result!.after!.snapshot!;
    assert.equal(snapshot.servers[0]?.bindings, null);
    assert.match(snapshot.problems.map(({ detail }) => detail).join(), /no site "Default Web Site"/);
  });

  it('tells of connectors what decides for whom they are: names, ranges, and what partners may', async () => {
    const state = sampleOrganization();
    state.servers[0]!.receiveConnectors![0]!.tlsDomainCapabilities = ['fabrikam.com:AcceptCloudServicesMail'];
    const bed = await bedOf(state);
    const { servers, sendConnectors } = (await bed.runText(snapshotText(bed))).result!.after!.snapshot!;
    const [front] = servers[0]!.receiveConnectors!;
    assert.deepEqual(
      [front!.bindings, front!.fqdn, front!.remoteIPRanges, front!.domainSecureEnabled, front!.tlsDomainCapabilities],
      [
        ['[::]:25', '0.0.0.0:25'],
        'server1.mydomain.com',
        ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '0.0.0.0-255.255.255.255'],
        true,
        ['fabrikam.com:AcceptCloudServicesMail'],
      ],
    );
    assert.deepEqual(front!.authMechanism, ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer']);
    assert.deepEqual(
      sendConnectors?.map((one) => [one.fqdn, one.tlsAuthLevel, one.domainSecureEnabled, one.cloudServicesMailEnabled]),
      [
        ['', '', false, false],
        ['www.mydomain.com', 'DomainValidation', false, true],
      ],
    );
  });

  it('tells issuer and subject of a certificate as the server prints them', async () => {
    const bed = await bedOf();
    const { servers } = (await bed.runText(snapshotText(bed))).result!.after!.snapshot!;
    const old = servers[0]!.certificates!.find(({ thumbprint }) => thumbprint === bed.oldThumbprint);
    assert.equal(`<I>${old!.issuer ?? ''}<S>${old!.subject ?? ''}`, bed.oldName);
  });

  it('tells the name that the organization really has, whatever the configuration calls it', async () => {
    const state = sampleOrganization();
    state.name = 'Fabrikam, Inc.';
    const bed = await bedOf(state);
    const { snapshot } = (await bed.runText(snapshotText(bed))).result!.after!;
    assert.equal(snapshot!.organization, 'Fabrikam, Inc.');
    const [difference] = compareWithConfig({ ...bed.context.wanted, organization: 'Contoso' }, foundFrom(snapshot!));
    assert.deepEqual(difference?.code, 'organization-differs');
  });

  it('tells of a list that is empty where it cannot be that it is not reported', async () => {
    const state = sampleOrganization();
    state.sendConnectors[0]!.sourceTransportServers = [];
    state.servers[0]!.receiveConnectors![0]!.bindings = [];
    const bed = await bedOf(state);
    const { servers, sendConnectors } = (await bed.runText(snapshotText(bed))).result!.after!.snapshot!;
    assert.deepEqual(
      [sendConnectors![0]!.sourceTransportServers, servers[0]!.receiveConnectors![0]!.bindings],
      [null, null],
    );
  });

  it('keeps the place of a server that does not answer, with nothing else known', async () => {
    const state = sampleOrganization();
    state.servers[2]!.down = true;
    const bed = await bedOf(state);
    const { result } = await bed.runText(snapshotText(bed));
    const snapshot = result!.after!.snapshot!;
    const { reached, ...rest } = snapshot.servers[2]!;
    assert.deepEqual([reached.exchange, reached.server], [false, false]);
    assert.match(reached.problem ?? '', /server3\.mydomain\.com/);
    assert.deepEqual(
      Object.entries(rest).filter(([, value]) => value !== null),
      [
        ['name', 'SERVER3'],
        ['fqdn', 'server3.mydomain.com'],
      ],
    );
    assert.deepEqual(
      snapshot.problems.map(({ where, code }) => [where, code]),
      [['server3.mydomain.com', 'unreachable']],
    );
    assert.ok(snapshot.servers[3]?.reached.exchange);
  });

  it('tells of a server that the configuration does not name, without a connection to it; of an Edge server not', async () => {
    const state = sampleOrganization();
    // a session to it would be refused, and told
    state.servers[3]!.down = true;
    state.servers.push({ name: 'EDGE1', fqdn: 'edge1.mydomain.com', roles: ['Edge'], store: [] });
    const bed = await bedOf(state);
    const { wanted } = bed.context;
    const ours = { ...wanted, servers: wanted.servers.slice(0, 3) };
    const { result } = await bed.runText(renderSnapshotScript(ours));
    const snapshot = result!.after!.snapshot!;
    const { reached, ...rest } = snapshot.servers[3]!;
    assert.deepEqual(
      [reached.exchange, reached.server, reached.problem],
      [false, false, snapshot.problems[0]?.detail ?? ''],
    );
    assert.deepEqual(
      Object.entries(rest).filter(([, value]) => value !== null),
      [
        ['name', 'SERVER4'],
        ['fqdn', 'server4.mydomain.com'],
        ['exchange', '15.1.2507.6'],
        ['roles', ['Mailbox']],
      ],
    );
    assert.deepEqual(
      snapshot.problems.map(({ where, code }) => [where, code]),
      [['server4.mydomain.com', 'server-not-in-config']],
    );
    assert.equal(snapshot.servers.length, 4);
    assert.deepEqual(codesOf(ours, snapshot), ['server-not-in-config SERVER4']);
  });

  it('comes where the first server’s name is misspelled, and the nearest name is told', async () => {
    const bed = await bedOf();
    const { wanted } = bed.context;
    const [first, ...others] = wanted.servers;
    const misspelled = { ...wanted, servers: [{ ...first!, name: 'SERVR1' }, ...others] };
    const { result } = await bed.runText(renderSnapshotScript(misspelled));
    const snapshot = result!.after!.snapshot!;
    assert.deepEqual([result?.outcome, snapshot.domainController], ['done', 'dc1.mydomain.com']);
    assert.deepEqual(
      snapshot.problems.map(({ where, code }) => [where, code]),
      [
        ['SERVR1', 'server-not-found'],
        ['server1.mydomain.com', 'server-not-in-config'],
      ],
    );
    assert.deepEqual(codesOf(misspelled, snapshot), [
      'server-not-found SERVR1: SERVER1',
      'server-not-in-config SERVER1',
    ]);
  });

  it('goes to the next address where the first does not answer', async () => {
    const state = sampleOrganization();
    state.servers[1]!.down = true;
    const bed = await bedOf(state);
    const { result } = await bed.runText(snapshotText(bed));
    assert.equal(result?.after?.snapshot?.means.exchange, 'endpoint http://server1.mydomain.com/PowerShell/');
  });

  it('fails with every address named where none answers, and writes that', async () => {
    const state = sampleOrganization();
    state.servers[0]!.down = state.servers[1]!.down = true;
    const bed = await bedOf(state);
    const { result } = await bed.runText(snapshotText(bed));
    assert.deepEqual([result?.outcome, result?.changed, result?.after], ['failed', false, null]);
    assert.match(result?.error?.message ?? '', /server2\.mydomain\.com.*server1\.mydomain\.com/);
  });

  it('tells what is unknown as null where a command is refused, and says why', async () => {
    const state = sampleOrganization();
    state.settings = { deniedCmdlets: ['Get-AuthConfig', 'Get-PopSettings'] };
    const bed = await bedOf(state);
    const { result } = await bed.runText(snapshotText(bed));
    const snapshot = result!.after!.snapshot!;
    assert.equal(snapshot.auth, null);
    assert.equal(snapshot.servers[0]?.pop?.x509CertificateName, null);
    assert.deepEqual([...new Set(snapshot.problems.map(({ where }) => where))].sort(), [
      'SERVER1',
      'SERVER2',
      'SERVER3',
      'SERVER4',
      'organization',
    ]);
  });

  it('still comes where a role group offers fewer commands, with what they would tell unknown and named', async () => {
    const state = sampleOrganization();
    state.settings = { roleGroups: ['Server Management'], deniedCmdlets: ['Get-SendConnector'] };
    const bed = await bedOf(state);
    const { result } = await bed.runText(snapshotText(bed));
    const snapshot = result!.after!.snapshot!;
    assert.deepEqual([result?.outcome, snapshot.sendConnectors], ['done', null]);
    assert.deepEqual(
      snapshot.problems.map(({ where, code }) => [where, code]),
      [['organization', 'not-told']],
    );
    assert.match(snapshot.problems[0]!.detail, /Get-SendConnector/);
    assert.ok(snapshot.servers.every(({ reached }) => reached.exchange && reached.server));
  });

  it('tells of each server why Exchange did not answer for it, where Get-ExchangeCertificate fails', async () => {
    const state = sampleOrganization();
    state.settings = { roleGroups: ['View-Only Organization Management'] };
    const bed = await bedOf(state);
    const { result } = await bed.runText(snapshotText(bed));
    const snapshot = result!.after!.snapshot!;
    for (const { reached } of snapshot.servers) {
      assert.deepEqual([reached.exchange, reached.server], [false, true]);
      assert.match(reached.problem ?? '', /Get-ExchangeCertificate/);
    }
    assert.equal(snapshot.sendConnectors?.length, 2);
  });

  it('leaves no session and no imported command behind in the terminal', async () => {
    const bed = await bedOf();
    const session = await bed.terminal();
    await bed.runText(snapshotText(bed), { session });
    const left = await session.run({
      script:
        '@(Get-PSSession).Count; @(Get-Command -Name Get-ExchangeCertificate -ErrorAction SilentlyContinue).Count',
    });
    await session.close();
    assert.deepEqual(left.objects, [0, 0]);
  });

  it('tells Services and Status through the management shell', async () => {
    const bed = await bedOf();
    const session = await engine.openSession({
      organization: bed.organization,
      kind: 'managementShell',
      server: 'SERVER1',
    });
    const { result } = await bed.runText(snapshotText(bed), { session });
    await session.close();
    const snapshot = result!.after!.snapshot!;
    assert.equal(snapshot.means.exchange, 'management-shell');
    const old = snapshot.servers[0]?.certificates?.find(({ thumbprint }) => thumbprint === bed.oldThumbprint);
    assert.deepEqual([[...(old?.services ?? [])].sort(), old?.status], [['IIS', 'IMAP', 'POP', 'SMTP'], 'Valid']);
  });
});
