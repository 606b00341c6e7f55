// The sample organization from its first snapshot to the end: every step of the runbook is there, and what it did is seen.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { nextSteps } from '../../src/evidence/nextSteps';
import { type Observation } from '../../src/model/observation';
import { type Step } from '../../src/model/plan';
import { type Snapshot } from '../../src/model/snapshot';
import { opensslWitness } from '../lab/openssl';
import { outboundName } from '../lab/sample';
import { type LabChange, type LabState, type LabStoreEntry } from '../lab/state';
import { type End, stepsOf } from './driver/drive';
import { viewPfx } from './driver/pfxFile';
import { follower, openSampleStory, serverIn, type Story, type Told } from './driver/sampleStory';

const names = ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'] as const;
const oldName = "<I>CN=R12, O=Let's Encrypt, C=US<S>CN=www.mydomain.com";
const newName = "<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www.mydomain.com";

let story: Story;
let snapshot: Snapshot;
let first: readonly Step[];
let end: End;
let endState: LabState;
/** Of each backup, the thumbprint of what opened again under the password typed, while it lay there. */
const reopened: (string | undefined)[] = [];
/** What a bulk run would have begun each time before a removal. */
const inBulk: string[] = [];

const entry = (state: LabState, server: string, thumbprint: string): LabStoreEntry | undefined =>
  serverIn(state, server).store.find(({ certificate }) => certificate === thumbprint);
const what = (changes: readonly LabChange[]): readonly string[] => changes.map((one) => `${one.what} ${one.detail}`);
const bindings = (state: LabState, server: string, port: number) =>
  serverIn(state, server).bindings?.filter((one) => one.port === port);
const each = (check: (server: string, at: number) => void): void => names.forEach(check);
/** The one run of a kind on a server. */
function run(kind: Step['kind'], server?: string): Told {
  const runs = story.of(kind, server);
  assert.equal(runs.length, 1, `${kind} ran ${String(runs.length)} times on ${String(server)}`);
  return runs[0]!;
}
const rowOf = ({ result }: Told, when: 'before' | 'after' = 'after') => result![when]!.servers![0]!;
const certificateIn = (told: Told, thumbprint: string, when: 'before' | 'after' = 'after') =>
  rowOf(told, when).certificates!.find((one) => one.thumbprint === thumbprint);
const receiveNames = (row: ReturnType<typeof rowOf>): Readonly<Record<string, string | null>> =>
  Object.fromEntries(row.receiveConnectors!.map((one) => [one.identity, one.tlsCertificateName]));

async function lookAround(told: Told, { drive, a }: Story): Promise<void> {
  const { kind, target } = told.step;
  if (kind === 'back-up') {
    const file = path.join(drive.places.keys, `${a}-${target.server ?? ''}.pfx`);
    const { inspection } = await viewPfx(file, follower.backupPassword);
    reopened.push(inspection.certificates.find(({ hasPrivateKey }) => hasPrivateKey)?.thumbprint);
  }
  const { situation } = await drive.now();
  const bulk = nextSteps(situation, { scope: 'all' });
  inBulk.push(...bulk.map((step) => step.kind));
}

/** What the runbook says, word for word where it is a command, and how it is seen to have been done. */
const runbook: readonly (readonly [says: string, seen: () => void | Promise<void>])[] = [
  [
    'Import-PfxCertificate … on each and every Exchange Server: the certificate is in the store, with a key Exchange can use',
    () =>
      each((server) => {
        const told = run('import', server);
        assert.deepEqual(what(told.changes), [`store.add ${story.b}`]);
        const { hasPrivateKey, exportable, provider } = entry(told.state, server, story.b)!;
        assert.deepEqual(
          [hasPrivateKey, exportable, provider],
          [true, false, 'Microsoft RSA SChannel Cryptographic Provider'],
        );
      }),
  ],
  [
    'not supported on your version of Windows, you’ll need to convert it: only Windows Server 2016 gets the converted copy',
    () => {
      const sources = names.map((server) => (run('import', server).step as Extract<Step, { kind: 'import' }>).source);
      assert.deepEqual(sources, ['original', 'original', 'original', 'converted']);
      assert.equal(first.filter(({ kind }) => kind === 'convert').length, 1);
    },
  ],
  [
    'Read-Host "Enter password" -AsSecureString: asked once in the terminal',
    () => {
      const asked = story.of('import').flatMap(({ prompts }) => prompts.map(({ kind }) => kind));
      assert.deepEqual(asked, ['secret']);
    },
  ],
  [
    'Get-ChildItem Cert:\\LocalMachine\\My … Thumbprint: found by each server’s own word, the same on each, and the PFX’s',
    () =>
      each((server) => {
        assert.equal(certificateIn(run('import', server), story.b, 'before'), undefined);
        assert.equal(certificateIn(run('import', server), story.b)?.thumbprint, story.b);
      }),
  ],
  [
    '(Get-ChildItem …).FriendlyName = …: set, and read back',
    () =>
      each((server) => {
        const told = run('set-friendly-name', server);
        const step = told.step as Extract<Step, { kind: 'set-friendly-name' }>;
        assert.match(step.friendlyName, /^www\.mydomain\.com - [A-Z][a-z]{2}\d\d-[A-Z][a-z]{2}\d\d$/);
        assert.deepEqual(what(told.changes), [`friendlyName.set ${story.b}`]);
        assert.equal(entry(told.state, server, story.b)?.friendlyName, step.friendlyName);
        assert.equal(certificateIn(told, story.b)?.friendlyName, step.friendlyName);
      }),
  ],
  [
    'Enable-ExchangeCertificate -Services POP,IMAP,IIS,SMTP -Server …: on each server individually, one after the other',
    () => {
      each((server) => {
        const told = run('enable-services', server);
        const { services } = entry(told.state, server, story.b)!;
        assert.deepEqual([...services!].sort(), ['IMAP', 'POP', 'SMTP']);
        assert.deepEqual(
          bindings(told.state, server, 443)!.map(({ iis, httpSys }) => [iis, httpSys]),
          // all addresses, and the server's own
          [
            [story.b, story.b],
            [story.b, story.b],
          ],
        );
        assert.deepEqual(new Set(told.changes.map((change) => change.server)), new Set([server]));
      });
      const order = story.told.map(({ step }) => step.target.server).filter((server) => server !== undefined);
      const cutover = order.slice(order.indexOf('SERVER1', 12), order.lastIndexOf('SERVER4') - 3);
      assert.deepEqual([...new Set(cutover)], [...names]);
      assert.deepEqual(cutover, [...cutover].sort());
    },
  ],
  [
    'Overwrite the existing default SMTP certificate? The internal transport certificate is kept, and so is port 444',
    () =>
      each((server) => {
        const told = run('enable-services', server);
        const own = serverIn(story.before, server).internalTransport;
        const internal = told.changes.filter((one) => one.what === 'internalTransport.set').map((one) => one.detail);
        // Exchange took B for it, and the same script gave it back
        assert.deepEqual(internal, [story.b, own]);
        assert.equal(serverIn(told.state, server).internalTransport, own);
        assert.equal(rowOf(told).internalTransport, own);
        assert.deepEqual(bindings(told.state, server, 444), bindings(story.before, server, 444));
      }),
  ],
  [
    'IISRESET … may not be required: it was not asked for, and not done',
    async () => {
      assert.deepEqual(story.of('recycle-iis'), []);
      const log = await story.world.log();
      assert.deepEqual(
        log.filter(({ operation, what: done }) => /iis|pool/i.test(`${operation} ${done}`)),
        [],
      );
    },
  ],
  [
    'POP and IMAP present it after their restart: those that run are restarted, the stopped one is left stopped',
    () =>
      each((server) => {
        const told = run('restart-services', server);
        const restarted = server === 'SERVER3' ? ['Imap4', 'IMAP4BE'] : ['Pop3', 'POP3BE', 'Imap4', 'IMAP4BE'];
        assert.deepEqual(
          what(told.changes),
          restarted.flatMap((one) => [`service.stop MSExchange${one}`, `service.start MSExchange${one}`]),
        );
        assert.deepEqual(serverIn(told.state, server).services, serverIn(story.before, server).services);
      }),
  ],
  [
    '$TLSCertName = "<I>$($TLSCert.Issuer)<S>$($TLSCert.Subject)": computed on the server, from the certificate there',
    () => {
      for (const { text, hostText } of [...story.of('receive-connector'), ...story.of('send-connector')]) {
        assert.match(text, /'<I>' \+ \$item\.Issuer \+ '<S>' \+ \$item\.Subject/);
        assert.match(text, /Set-(Receive|Send)Connector -Identity \$identity -TlsCertificateName \$names?(\[0\])? /);
        assert.doesNotMatch(hostText, /the plan "/);
      }
    },
  ],
  [
    'we don’t set a TLS Certificate on the connector called "SEND": found to carry none, asserted, and left',
    async () => {
      assert.equal(snapshot.sendConnectors!.find(({ name }) => name === 'SEND')?.tlsCertificateName, '');
      const log = await story.world.log();
      assert.deepEqual(
        log.filter(({ detail }) => detail?.startsWith('SEND ')),
        [],
      );
      const sendOf = (state: LabState) => state.sendConnectors.find(({ name }) => name === 'SEND');
      assert.deepEqual(sendOf(endState), sendOf(story.before));
    },
  ],
  [
    'get-sendconnector, Set-SendConnector "Outbound to Office 365 …" -TlsCertificateName, verify: set after every server, read back',
    () => {
      const told = run('send-connector');
      const rows = (when: 'before' | 'after') =>
        told.result![when]!.sendConnectors!.map(({ name, tlsCertificateName }) => [name, tlsCertificateName]);
      assert.deepEqual(rows('before'), [
        ['SEND', ''],
        [outboundName, oldName],
      ]);
      assert.deepEqual(rows('after'), [
        ['SEND', ''],
        [outboundName, newName],
      ]);
      assert.deepEqual(what(told.changes), [`sendConnector.set ${outboundName} ${newName}`]);
      each((server) => assert.ok(entry(told.state, server, story.b)?.services?.includes('SMTP')));
    },
  ],
  [
    'get-receiveconnector, Set-ReceiveConnector "SERVER1\\Default Frontend SERVER1", verify: each set and read back, no other',
    () =>
      each((server) => {
        const [told] = story.of('receive-connector', server);
        const identity = `${server}\\Default Frontend ${server}`;
        assert.deepEqual(what(told!.changes), [`receiveConnector.set Default Frontend ${server} ${newName}`]);
        const [before, then] = [receiveNames(rowOf(told!, 'before')), receiveNames(rowOf(told!))];
        assert.deepEqual([before[identity], then[identity]], [oldName, newName]);
        assert.deepEqual({ ...then, [identity]: oldName }, before);
      }),
  ],
  [
    'a connector the configuration does not mention follows because a person decided so',
    () => {
      const [, relay] = story.of('receive-connector', 'SERVER2');
      assert.deepEqual(what(relay!.changes), [`receiveConnector.set Relay SERVER2 ${newName}`]);
      assert.equal(story.of('receive-connector').length, names.length + 1);
    },
  ],
  [
    'openssl s_client -starttls smtp …: look for the expected start and expiry dates, on each of the servers in turn',
    async () => {
      const { loaded, wanted } = await story.drive.now();
      const seen = loaded.journal.flatMap((line): readonly Observation[] =>
        line.event === 'observation' ? [line.observation] : [],
      );
      for (const { name, address, endpoints } of wanted.servers) {
        for (const protocol of ['smtp', 'https', 'imaps', 'pop3s'] as const) {
          if (name === 'SERVER3' && protocol === 'pop3s') continue;
          const looks = seen.filter((one) => one.server === name && one.endpoint.protocol === protocol);
          const { notBefore, notAfter } = loaded.rotation.to.certificate;
          const presented = looks.map(({ certificate }) => certificate?.thumbprint);
          // before the cutover, after it, and after the removal
          assert.deepEqual(presented, [story.a, story.b, story.b], `${name} ${protocol}`);
          assert.deepEqual(
            [looks.at(-1)?.certificate?.notBefore, looks.at(-1)?.certificate?.notAfter],
            [notBefore, notAfter],
          );
          const witness = await opensslWitness(address, endpoints[protocol], protocol === 'smtp' ? 'smtp' : undefined);
          assert.equal(witness.thumbprint, story.b, `${name} ${protocol} by openssl`);
        }
      }
    },
  ],
  [
    'export the certificate to a file before removal: each server’s backup opened again, and before anything changed',
    () => {
      assert.deepEqual(
        reopened,
        names.map(() => story.a),
      );
      each((server) => {
        const told = run('back-up', server);
        assert.deepEqual(told.changes, []);
        assert.deepEqual(told.result?.after?.backup, {
          thumbprint: story.a,
          verified: true,
          file: `${story.a}-${server}.pfx`,
        });
      });
      assert.deepEqual(
        story.told.slice(0, names.length).map(({ step }) => step.kind),
        names.map(() => 'back-up'),
      );
    },
  ],
  [
    'Remove-Item by $thumbprint, re-running Get-ChildItem: removed by thumbprint behind the guard, verified gone, nothing else',
    () => {
      each((server) => {
        const told = run('remove', server);
        assert.deepEqual(what(told.changes), [`store.remove ${story.a}`]);
        assert.equal(certificateIn(told, story.a, 'before')?.thumbprint, story.a);
        assert.equal(certificateIn(told, story.a), undefined);
        assert.ok(told.step.before.some(({ check }) => check === 'unused'));
        assert.ok(told.step.before.some(({ check }) => check === 'backup-verified'));
        const others = (state: LabState) =>
          serverIn(state, server)
            .store.map(({ certificate }) => certificate)
            .filter((one) => one !== story.a && one !== story.b);
        assert.deepEqual(others(told.state), others(story.before));
      });
      assert.ok(inBulk.length > 0 && !inBulk.includes('remove') && !inBulk.includes('delete-copies'));
    },
  ],
  [
    'the copies with keys are deleted at the very end',
    async () => {
      assert.equal(story.told.at(-1)?.step.kind, 'delete-copies');
      assert.deepEqual(await readdir(story.drive.places.keys), []);
    },
  ],
  [
    'the hybrid configuration is set by hand, and its script only reads it back',
    () => {
      const told = run('hybrid-configuration');
      assert.deepEqual(what(told.changes), [`hybrid.set ${newName}`]);
      assert.doesNotMatch(told.text.replace(/^\uFEFF?#.*$/gm, ''), /Set-HybridConfiguration/);
      assert.deepEqual(told.result?.after?.hybrid, { tlsCertificateName: newName });
    },
  ],
];

describe('the whole rotation of the sample organization', function () {
  this.timeout(600_000);
  before(async () => {
    story = await openSampleStory(follower, lookAround);
    snapshot = await story.drive.takeSnapshot();
    first = stepsOf(await story.drive.begin(story.a));
    end = await story.drive.runToEnd();
    endState = await story.world.state();
  });
  after(() => story.close());

  it('ends without an open step, and a new snapshot opens none', async () => {
    assert.deepEqual(end, { end: 'no-open-step' });
    await story.drive.takeSnapshot();
    const { plan } = await story.drive.now();
    assert.deepEqual([plan.phases, plan.questions], [[], []]);
  });

  it('let no script fail, and none do what it had done already', () => {
    assert.deepEqual(
      story.told.map(({ result }) => result?.outcome),
      story.told.map(() => 'done'),
    );
    assert.deepEqual(
      story.told.flatMap(({ errors }) => errors),
      [],
    );
    const ids = story.told.map(({ step }) => step.id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('read and wrote by the one domain controller that the snapshot was read from', () => {
    assert.equal(snapshot.domainController, story.before.domainControllers?.[0]);
    for (const { step, text } of story.told) {
      if (step.kind === 'delete-copies') continue;
      assert.ok(text.includes(`\n$domainController = '${snapshot.domainController}'\n`), step.kind);
    }
  });

  it('left no service without a valid certificate at any moment', async () => {
    assert.deepEqual(await story.world.outages(), []);
  });

  it('left the old certificate nowhere, and replaced it alone', () => {
    const { certificates, ...organization } = endState;
    assert.ok(certificates['A'] !== undefined);
    const text = JSON.stringify(organization);
    assert.ok(!text.includes(story.a) && !text.includes(oldName));
    assert.deepEqual(asBefore(endState), asBefore(story.before));
  });

  for (const [says, seen] of runbook) it(says, seen);
});

/**
 * The organization with B called A, and without what only counts or orders, or what Windows itself leaves behind:
 * the issuers that came with the PFX, and the key file of the certificate that was removed.
 */
function asBefore(state: LabState): unknown {
  const text = JSON.stringify({ ...state, certificates: {} })
    .replaceAll(story.b, story.a)
    .replaceAll(newName, oldName);
  const { servers, ...rest } = JSON.parse(text) as LabState;
  return {
    ...rest,
    servers: servers.map((server) => ({
      ...server,
      intermediateStore: [],
      leftKeys: [],
      store: server.store
        .map(({ certificate, services }) => ({ certificate, services: [...(services ?? [])].sort() }))
        .sort((one, other) => (one.certificate < other.certificate ? -1 : 1)),
    })),
  };
}
