// The second story: a server is down and deferred, a terminal dies at the worst moment, and the rotation still comes to its end.
import assert from 'node:assert/strict';
import { stepState } from '../../src/evidence/stepState';
import { nextSteps } from '../../src/evidence/nextSteps';
import { type Step, type StepKind } from '../../src/model/plan';
import { opensslWitness } from '../lab/openssl';
import { outboundName } from '../lab/sample';
import { type End, stepsOf } from './driver/drive';
import { killPoint } from './driver/killPoint';
import { follower, openSampleStory, serverIn, type Story } from './driver/sampleStory';

const oldName = "<I>CN=R12, O=Let's Encrypt, C=US<S>CN=www.mydomain.com";
const newName = "<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www.mydomain.com";

describe('a rotation with a server down and a terminal killed', function () {
  this.timeout(600_000);
  let story: Story;
  const titles = (steps: readonly Step[]): readonly string[] =>
    steps.map(({ kind, target }) => `${kind} ${target.server ?? ''}`.trim());
  const kindsRun = (from: number): readonly string[] => titles(story.told.slice(from).map(({ step }) => step));
  const outbound = async (): Promise<string | null | undefined> =>
    (await story.world.state()).sendConnectors.find(({ name }) => name === outboundName)?.tlsCertificateName;
  const hasOld = async (server: string): Promise<boolean> =>
    (await story.world.server(server)).store.some(({ certificate }) => certificate === story.a);
  const heldBy = (end: End, kind: StepKind): readonly string[] =>
    end.end !== 'held'
      ? [end.end]
      : end.held
          .filter(({ step }) => step.kind === kind)
          .map(({ state }) => ('check' in state ? `${state.state} ${state.check.check}` : state.state));

  before(async () => {
    story = await openSampleStory();
  });
  after(() => story.close());

  it('plans nothing for a server that is down, and holds until somebody decides', async () => {
    await story.world.call('fault.set', { server: 'SERVER3', down: true });
    const snapshot = await story.drive.takeSnapshot();
    assert.deepEqual(
      snapshot.servers.map(({ reached }) => reached.server),
      [true, true, false, true],
    );
    const plan = await story.drive.begin(story.a);
    assert.deepEqual(
      stepsOf(plan).filter(({ target, kind }) => target.server === 'SERVER3' && kind !== 'probe'),
      [],
    );
    await story.drive.decide('defer:SERVER3', 'yes');
    const { plan: deferred } = await story.drive.now();
    assert.deepEqual(
      stepsOf(deferred).filter(({ target }) => target.server === 'SERVER3'),
      [],
    );
    assert.ok(deferred.phases.some((phase) => phase.server === 'SERVER3' && phase.deferred === true));
  });

  it('begins with the first server, and waits there until it is told to go on', async () => {
    story.drive.person = { ...follower, goesOn: false };
    const end = await story.drive.runToEnd();
    assert.equal(end.end, 'held');
    assert.deepEqual(
      new Set(
        story.told
          .filter(({ changes }) => changes.some(({ what }) => what === 'binding.set'))
          .map(({ step }) => step.target.server),
      ),
      new Set(['SERVER1']),
    );
    story.drive.person = follower;
    await story.drive.decide('continue:after-canary', 'yes');
  });

  it('is killed on SERVER2 between Enable and the restore: the new certificate is its internal one', async () => {
    const { situation, plan } = await story.drive.now();
    const enable = stepsOf(plan).find(({ kind, target }) => kind === 'enable-services' && target.server === 'SERVER2');
    assert.ok(enable !== undefined);
    assert.deepEqual(titles(nextSteps(situation, { scope: 'all' })), ['enable-services SERVER2']);
    const killAt = await killPoint(story.drive, enable, (state) =>
      (serverIn(state, 'SERVER2').bindings ?? []).some(({ port, httpSys }) => port === 443 && httpSys === story.b),
    );
    const ran = await story.drive.run(enable, killAt);
    assert.deepEqual([ran?.killed, ran?.result], [true, null]);
    assert.equal((await story.world.server('SERVER2')).internalTransport, story.b);
  });

  it('lets nothing run then, not even on another server, before a snapshot has seen what was left behind', async () => {
    const { situation, plan } = await story.drive.now();
    const changing = nextSteps(situation, { scope: 'all' }).filter(({ kind }) => kind !== 'probe');
    assert.deepEqual(titles(changing), []);
    const open = stepsOf(plan).find(({ kind, target }) => kind === 'enable-services' && target.server === 'SERVER2');
    assert.equal(stepState(open!, situation).state, 'unknown');
  });

  it('begins the second run with the restore of that certificate, and with nothing else', async () => {
    await story.drive.takeSnapshot();
    const { plan, situation } = await story.drive.now();
    assert.deepEqual(titles(stepsOf(plan).slice(0, 1)), ['restore-internal-transport-certificate SERVER2']);
    assert.deepEqual(titles(nextSteps(situation, { scope: 'all' })), [
      'restore-internal-transport-certificate SERVER2',
    ]);
  });

  it('gives SERVER1, 2 and 4 the new certificate, proven from outside', async () => {
    const from = story.told.length;
    const end = await story.drive.runToEnd();
    assert.equal(end.end, 'held');
    assert.equal(kindsRun(from)[0], 'restore-internal-transport-certificate SERVER2');
    const own = serverIn(story.before, 'SERVER2').internalTransport;
    assert.equal((await story.world.server('SERVER2')).internalTransport, own);
    const { wanted, loaded } = await story.drive.now();
    for (const { name, address, endpoints } of wanted.servers.filter((server) => server.name !== 'SERVER3')) {
      const seen = loaded.found.observations.filter(({ server }) => server === name);
      assert.deepEqual(
        seen.map(({ certificate }) => certificate?.thumbprint),
        [story.b, story.b, story.b, story.b],
        name,
      );
      assert.equal((await opensslWitness(address, endpoints.smtp, 'smtp')).thumbprint, story.b);
    }
  });

  it('leaves the send connector on the old certificate, because SERVER3 is one of its source servers', async () => {
    const end = await story.drive.runToEnd();
    assert.deepEqual(heldBy(end, 'send-connector'), ['blocked source-servers-ready']);
    assert.equal(await outbound(), oldName);
    assert.deepEqual(story.of('send-connector'), []);
  });

  it('removes the old certificate from no server, and keeps the backups', async () => {
    const end = await story.drive.runToEnd();
    assert.equal(heldBy(end, 'remove').length, 3);
    assert.equal(heldBy(end, 'delete-copies').length, 1);
    assert.deepEqual(await Promise.all(['SERVER1', 'SERVER2', 'SERVER4'].map(hasOld)), [true, true, true]);
    const { loaded } = await story.drive.now();
    assert.deepEqual(
      loaded.found.backups.map(({ server }) => server),
      ['SERVER1', 'SERVER2', 'SERVER4'],
    );
  });

  it('takes SERVER3 back in when it is up again, and ends without an open step', async () => {
    await story.world.call('fault.set', { server: 'SERVER3', down: false });
    await story.drive.takeSnapshot();
    await story.drive.decide('defer:SERVER3', 'no');
    const from = story.told.length;
    assert.deepEqual(await story.drive.runToEnd(), { end: 'no-open-step' });
    const ran = kindsRun(from);
    assert.ok(ran.indexOf('send-connector') > ran.indexOf('receive-connector SERVER3'));
    assert.deepEqual(
      ran.filter((title) => title.startsWith('remove')),
      ['remove SERVER1', 'remove SERVER2', 'remove SERVER3', 'remove SERVER4'],
    );
    assert.equal(await outbound(), newName);
    assert.deepEqual(await Promise.all(['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'].map(hasOld)), [
      false,
      false,
      false,
      false,
    ]);
    const { servers } = await story.world.state();
    assert.deepEqual(
      servers.map(({ internalTransport }) => internalTransport),
      story.before.servers.map(({ internalTransport }) => internalTransport),
    );
  });

  it('left no service without a valid certificate at any moment, and a new snapshot opens no step', async () => {
    assert.deepEqual(await story.world.outages(), []);
    await story.drive.takeSnapshot();
    const { plan } = await story.drive.now();
    assert.deepEqual(stepsOf(plan), []);
  });
});
