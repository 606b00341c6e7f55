// Each kind's script really run in the lab: its effect there, its result, and what it refuses to do.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Thumbprint } from '../../src/model/names';
import { type Step } from '../../src/model/plan';
import { type Service } from '../../src/model/wanted';
import { renderSession } from '../../src/powershell/renderSession';
import { renderStep } from '../../src/powershell/renderStep';
import { startEngine } from '../lab/engine';
import { outboundName, sampleOrganization, samplePassword } from '../lab/sample';
import { opensslPfx } from '../lab/sampleWorkspace';
import { type LabServer, type LabState } from '../lab/state';
import { backupPassword, labPfx, openBed, type ScriptBed, type ScriptRun } from './scriptBed';
import { hostile, stepOf } from './scriptSteps';

const services: readonly Service[] = ['POP', 'IMAP', 'IIS', 'SMTP'];

describe('a step’s script', function () {
  this.timeout(120_000);
  const engine = startEngine();
  let bed: ScriptBed;
  const begin = async (state?: LabState): Promise<void> => {
    bed = await openBed(engine, state);
  };
  afterEach(() => bed.close());
  after(() => engine.close());

  const stored = async (server: string, thumbprint: Thumbprint) =>
    (await bed.server(server)).store.find((entry) => entry.certificate === thumbprint);
  const internalOf = async (server: string): Promise<Thumbprint> =>
    (await bed.server(server)).internalTransport as Thumbprint;
  const importStep = (
    server: string,
    source: 'original' | 'converted' = 'original',
    by: 'exchange' | 'pki' = 'exchange',
  ) => stepOf('import', { target: { server }, thumbprint: bed.newThumbprint, source, by });
  const importNew = async (server: string): Promise<void> => {
    const converted = server === 'SERVER4';
    const pfx = path.join(bed.folder, '..', `converted-${server}.pfx`);
    await writeFile(pfx, await labPfx(bed.call, 'B', !converted));
    const ran = await bed.run(importStep(server, converted ? 'converted' : 'original'), {
      answers: [samplePassword],
      ...(converted ? { pfx } : {}),
    });
    succeeded(ran);
  };
  const enable = async (server: string, changes: Partial<Extract<Step, { kind: 'enable-services' }>> = {}) =>
    stepOf('enable-services', {
      target: { server },
      thumbprint: bed.newThumbprint,
      services,
      internalTransport: await internalOf(server),
      policy: 'keep',
      requireSsl: true,
      seconds: 0,
      ...changes,
    });

  describe('import', () => {
    it('imports the original by Exchange, not exportable, with a key Exchange can use', async () => {
      await begin();
      const ran = await bed.run(importStep('SERVER1'), { answers: [samplePassword] });
      succeeded(ran);
      assert.deepEqual([ran.result?.server, ran.result?.changed], ['SERVER1', true]);
      const entry = await stored('SERVER1', bed.newThumbprint);
      assert.deepEqual([entry?.hasPrivateKey, entry?.exportable], [true, false]);
      const row = ran.result?.after?.servers?.[0]?.certificates?.find((one) => one.thumbprint === bed.newThumbprint);
      assert.equal(row?.provider, 'Microsoft RSA SChannel Cryptographic Provider');
      assert.deepEqual(
        ran.prompts.map(({ kind }) => kind),
        ['secret'],
      );
    });

    it('has nothing to do where the certificate is, and asks no password', async () => {
      await begin();
      await importNew('SERVER1');
      const ran = await bed.run(importStep('SERVER1'));
      assert.deepEqual([ran.result?.outcome, ran.result?.changed, ran.prompts], ['nothing-to-do', false, []]);
    });

    it('asks the password once in a terminal', async () => {
      await begin();
      const session = await bed.terminal();
      succeeded(await bed.run(importStep('SERVER1'), { session, answers: [samplePassword] }));
      const second = await bed.run(importStep('SERVER2'), { session });
      await session.close();
      succeeded(second);
      assert.deepEqual(second.prompts, []);
    });

    it('forgets a wrong password, changes nothing, and asks again', async () => {
      await begin();
      const session = await bed.terminal();
      const wrong = await bed.run(importStep('SERVER1'), { session, answers: ['not it'] });
      assert.deepEqual([wrong.result?.outcome, wrong.result?.changed], ['failed', false]);
      assert.notEqual(wrong.result?.error, null);
      assert.equal(await stored('SERVER1', bed.newThumbprint), undefined);
      const again = await bed.run(importStep('SERVER1'), { session, answers: [samplePassword] });
      await session.close();
      succeeded(again);
    });

    it('forgets the password after the last import', async () => {
      await begin();
      const session = await bed.terminal();
      const step = importStep('SERVER1');
      const text = renderStep(step, { ...bed.context, lastImport: step.id })!;
      succeeded(await bed.runText(text, { session, answers: [samplePassword] }));
      const left = await session.run({ script: '@(Get-Variable -Name ExchangeCertificates* -Scope Global).Count' });
      await session.close();
      assert.deepEqual(left.objects, [0]);
    });

    it('fails on Windows Server 2016 with an AES-256 file, and leaves no trace there', async () => {
      await begin();
      const ran = await bed.run(importStep('SERVER4'), { answers: [samplePassword] });
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
      assert.equal(await stored('SERVER4', bed.newThumbprint), undefined);
    });

    it('imports the converted copy there', async () => {
      await begin();
      await importNew('SERVER4');
      assert.equal((await stored('SERVER4', bed.newThumbprint))?.hasPrivateKey, true);
    });

    it('imports by Windows as in the runbook, and leaves no file on the server', async () => {
      await begin({ ...sampleOrganization(), settings: { importPfxProvider: 'csp' } });
      succeeded(await bed.run(importStep('SERVER1', 'original', 'pki'), { answers: [samplePassword] }));
      const { path: folder } = (await bed.call('server.folder', { server: 'SERVER1' })) as { path: string };
      const left = await readdir(folder, { recursive: true, withFileTypes: true });
      assert.deepEqual(
        left.filter((entry) => entry.isFile() && path.basename(entry.parentPath) !== 'MachineKeys'),
        [],
      );
    });

    it('stops at a key in a key storage provider, which would break the sign-in pages', async () => {
      await begin({ ...sampleOrganization(), settings: { importPfxProvider: 'cng' } });
      // openssl names no provider in the file, so that Windows takes a key storage provider
      const bytes = await opensslPfx(bed, 'B', samplePassword);
      await writeFile(bed.pfx, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const { rotation } = bed.context;
      const other = { ...rotation, to: { ...rotation.to, pfx: { ...rotation.to.pfx, sha256 } } };
      const text = renderStep(importStep('SERVER1', 'original', 'pki'), { ...bed.context, rotation: other })!;
      const ran = await bed.runText(text, { answers: [samplePassword] });
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', true]);
      assert.match(ran.result?.error?.message ?? '', /CNG/);
    });

    it('refuses another file than the rotation’s, before it asks or connects', async () => {
      await begin();
      const pfx = path.join(bed.folder, '..', 'other.pfx');
      await writeFile(pfx, await labPfx(bed.call, 'A', true));
      const ran = await bed.run(importStep('SERVER1'), { pfx });
      assert.deepEqual([ran.result?.outcome, ran.prompts, ran.result?.before], ['failed', [], null]);
    });

    it('refuses a converted copy that holds another certificate', async () => {
      await begin();
      const pfx = path.join(bed.folder, '..', 'other.pfx');
      await writeFile(pfx, await labPfx(bed.call, 'A', false));
      const ran = await bed.run(importStep('SERVER4', 'converted'), { pfx, answers: [samplePassword] });
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
    });
  });

  describe('back-up', () => {
    const backUp = () => stepOf('back-up', { target: { server: 'SERVER1' }, thumbprint: bed.oldThumbprint });
    const answers = [backupPassword, backupPassword];

    it('writes a file that opens again with the same certificate', async () => {
      await begin();
      const ran = await bed.run(backUp(), { answers });
      succeeded(ran);
      const file = `${bed.oldThumbprint}-SERVER1.pfx`;
      assert.deepEqual(ran.result?.after?.backup, { thumbprint: bed.oldThumbprint, verified: true, file });
      assert.deepEqual(await readdir(bed.keyFolder), [file]);
    });

    it('leaves a backup that is there as it is, and opens it', async () => {
      await begin();
      succeeded(await bed.run(backUp(), { answers }));
      const [file] = await readdir(bed.keyFolder);
      const bytes = await readFile(path.join(bed.keyFolder, file!));
      const again = await bed.run(backUp(), { answers });
      assert.deepEqual([again.result?.outcome, again.result?.after?.backup?.verified], ['done', true]);
      assert.deepEqual(await readFile(path.join(bed.keyFolder, file!)), bytes);
    });

    it('keeps no file where the password was typed in two ways', async () => {
      await begin();
      const ran = await bed.run(backUp(), { answers: [backupPassword, 'slip'] });
      assert.equal(ran.result?.outcome, 'failed');
      assert.deepEqual(await readdir(bed.keyFolder), []);
    });

    it('never writes over a file of that name', async () => {
      await begin();
      succeeded(await bed.run(backUp(), { answers }));
      const [file] = await readdir(bed.keyFolder);
      await writeFile(path.join(bed.keyFolder, file!), 'not a backup');
      const ran = await bed.run(backUp(), { answers });
      assert.equal(ran.result?.outcome, 'failed');
      assert.equal(await readFile(path.join(bed.keyFolder, file!), 'utf8'), 'not a backup');
    });

    it('fails where the key can’t be exported', async () => {
      const state = sampleOrganization();
      state.servers[0]!.store[0]!.exportable = false;
      await begin(state);
      const ran = await bed.run(backUp(), { answers });
      assert.equal(ran.result?.outcome, 'failed');
      assert.deepEqual(await readdir(bed.keyFolder), []);
    });

    it('is deleted with the other copies by the last step', async () => {
      await begin();
      succeeded(await bed.run(backUp(), { answers }));
      await writeFile(path.join(bed.keyFolder, `${bed.newThumbprint}-converted.pfx`), 'copy');
      await writeFile(path.join(bed.keyFolder, 'mine.pfx'), 'somebody else’s');
      const ran = await bed.run(stepOf('delete-copies', { target: {}, thumbprint: bed.oldThumbprint }));
      succeeded(ran);
      assert.equal(ran.result?.after?.copiesDeleted, true);
      assert.deepEqual(await readdir(bed.keyFolder), ['mine.pfx']);
      assert.match(ran.hostText, /the way back to the old certificate ends/);
    });
  });

  describe('set-friendly-name', () => {
    for (const name of ['www.mydomain.com - Nov26-Feb27', hostile]) {
      it(`sets ${JSON.stringify(name)} and reads it back`, async () => {
        await begin();
        const step = stepOf('set-friendly-name', {
          target: { server: 'SERVER1' },
          thumbprint: bed.oldThumbprint,
          friendlyName: name,
          previous: null,
        });
        succeeded(await bed.run(step));
        assert.equal((await stored('SERVER1', bed.oldThumbprint))?.friendlyName, name);
        assert.equal((await bed.run(step)).result?.outcome, 'nothing-to-do');
      });
    }
  });

  describe('enable-services', () => {
    const bound = async (port: number): Promise<string | null | undefined> =>
      (await bed.server('SERVER1')).bindings?.find((one) => one.port === port)?.httpSys;

    it('enables all four services and keeps the internal transport certificate and port 444', async () => {
      await begin();
      await importNew('SERVER1');
      const [internal, back] = [await internalOf('SERVER1'), await bound(444)];
      const ran = await bed.run(await enable('SERVER1'));
      succeeded(ran);
      assert.deepEqual(ran.prompts, [], 'the question about SMTP must not hang');
      assert.deepEqual([...((await stored('SERVER1', bed.newThumbprint))?.services ?? [])].sort(), [
        'IMAP',
        'POP',
        'SMTP',
      ]);
      assert.deepEqual(
        [await bound(443), await bound(444), await internalOf('SERVER1')],
        [bed.newThumbprint, back, internal],
      );
      const row = ran.result?.after?.servers?.[0]?.certificates?.find((one) => one.thumbprint === bed.newThumbprint);
      assert.deepEqual([row?.assigned, row?.networkServiceCanRead], [services, true]);
    });

    it('leaves Require SSL off where it was', async () => {
      const state = sampleOrganization();
      state.servers[0]!.bindings![0]!.requireSsl = false;
      await begin(state);
      await importNew('SERVER1');
      const ran = await bed.run(await enable('SERVER1', { requireSsl: false }));
      succeeded(ran);
      assert.equal(ran.result?.after?.servers?.[0]?.bindings?.[0]?.requireSsl, false);
    });

    it('refuses before a change where the internal certificate is not the baseline’s', async () => {
      await begin();
      await importNew('SERVER1');
      const ran = await bed.run(await enable('SERVER1', { internalTransport: bed.oldThumbprint }));
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
      assert.notEqual(await bound(443), bed.newThumbprint);
    });

    it('leaves the question to the person where the policy is to ask', async () => {
      await begin();
      await importNew('SERVER1');
      const internal = await internalOf('SERVER1');
      const ran = await bed.run(await enable('SERVER1', { policy: 'ask' }), { answers: ['N'] });
      succeeded(ran);
      assert.equal(ran.prompts.length, 1);
      assert.equal(await internalOf('SERVER1'), internal);
      assert.equal(await bound(443), bed.newThumbprint);
    });

    it('killed before the restore, leaves a state that the restore’s script mends', async () => {
      await begin();
      await importNew('SERVER1');
      const killed = await killedBetween();
      assert.equal(await internalOf('SERVER1'), bed.newThumbprint);
      assert.equal(killed.result, null, 'a killed script writes nothing');
      const restore = stepOf('restore-internal-transport-certificate', {
        target: { server: 'SERVER1' },
        thumbprint: (await bed.server('SERVER1')).bindings!.find((one) => one.port === 444)!.httpSys as Thumbprint,
        seconds: 0,
      });
      succeeded(await bed.run(restore));
      assert.equal(await internalOf('SERVER1'), restore.thumbprint);
      assert.equal((await bed.run(restore)).result?.outcome, 'nothing-to-do');
    });

    /** Finds, by halving, a statement before which a kill leaves the internal certificate changed. */
    async function killedBetween(): Promise<ScriptRun> {
      let [low, high] = [1, (await bed.run(await enable('SERVER1'), { count: true })).statements!];
      while (low < high) {
        await bed.close();
        await begin();
        await importNew('SERVER1');
        const killAt = Math.floor((low + high) / 2);
        const ran = await bed.run(await enable('SERVER1'), { killAt });
        if ((await internalOf('SERVER1')) === bed.newThumbprint) {
          return ran;
        }
        [low, high] = (await bound(443)) === bed.newThumbprint ? [low, killAt] : [killAt + 1, high];
      }
      throw new Error('no statement lies between Enable and the restore');
    }
  });

  describe('restart-services and recycle-iis', () => {
    it('restarts what runs, and never starts what is stopped', async () => {
      await begin();
      const restart = (server: string) =>
        stepOf('restart-services', { target: { server }, thumbprint: bed.oldThumbprint, services: ['POP', 'IMAP'] });
      const all = await bed.run(restart('SERVER1'));
      succeeded(all);
      assert.deepEqual([...(all.result?.after?.restarted ?? [])].sort(), [
        'MSExchangeIMAP4',
        'MSExchangeIMAP4BE',
        'MSExchangePOP3',
        'MSExchangePOP3BE',
      ]);
      const some = await bed.run(restart('SERVER3'));
      succeeded(some);
      assert.deepEqual([...(some.result?.after?.restarted ?? [])].sort(), ['MSExchangeIMAP4', 'MSExchangeIMAP4BE']);
      assert.equal((await bed.server('SERVER3')).services?.['MSExchangePOP3'], false);
    });

    for (const how of ['recycle', 'reset'] as const) {
      it(`does a ${how} of IIS`, async () => {
        await begin();
        const ran = await bed.run(
          stepOf('recycle-iis', { target: { server: 'SERVER1' }, thumbprint: bed.oldThumbprint, how }),
        );
        succeeded(ran);
        assert.ok(ran.result?.after?.restarted?.length);
      });
    }
  });

  describe('receive-connector', () => {
    const named = (server: LabServer, name: string) =>
      server.receiveConnectors?.find((one) => one.name === name)?.tlsCertificateName;
    const step = (name: string, from: string) =>
      stepOf('receive-connector', {
        target: { server: 'SERVER1', connector: `SERVER1\\${name}` },
        thumbprint: bed.newThumbprint,
        from,
        to: bed.newName,
      });

    it('sets the name of the certificate as it is installed, and no other connector', async () => {
      await begin();
      await importNew('SERVER1');
      succeeded(await bed.run(await enable('SERVER1')));
      succeeded(await bed.run(step('Default Frontend SERVER1', bed.oldName)));
      const server = await bed.server('SERVER1');
      assert.equal(named(server, 'Default Frontend SERVER1'), bed.newName);
      assert.equal(named(server, 'Client Frontend SERVER1'), null);
      assert.equal((await bed.run(step('Default Frontend SERVER1', bed.oldName))).result?.outcome, 'nothing-to-do');
    });

    it('works with any name, and never touches one that only looks like it', async () => {
      const state = sampleOrganization();
      const look = { bindings: ['0.0.0.0:2527'], authMechanism: ['Tls'], tlsCertificateName: '@A' };
      state.servers[0]!.receiveConnectors!.push(
        { ...look, name: hostile },
        { ...look, name: hostile.replaceAll('’', "'") },
      );
      await begin(state);
      await importNew('SERVER1');
      succeeded(await bed.run(await enable('SERVER1')));
      succeeded(await bed.run(step(hostile, bed.oldName)));
      const server = await bed.server('SERVER1');
      assert.equal(named(server, hostile), bed.newName);
      assert.equal(named(server, hostile.replaceAll('’', "'")), bed.oldName);
    });

    it('changes nothing where the certificate is not enabled for SMTP, the connector is gone or names a third one', async () => {
      await begin();
      const early = await bed.run(step('Default Frontend SERVER1', bed.oldName));
      await importNew('SERVER1');
      const notEnabled = await bed.run(step('Default Frontend SERVER1', bed.oldName));
      succeeded(await bed.run(await enable('SERVER1')));
      const gone = await bed.run(step('Default Frontend', bed.oldName));
      const third = await bed.run(step('Default Frontend SERVER1', '<I>CN=other<S>CN=other'));
      for (const ran of [early, notEnabled, gone, third]) {
        assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
      }
      assert.equal(named(await bed.server('SERVER1'), 'Default Frontend SERVER1'), bed.oldName);
    });
  });

  describe('send-connector and what follows it', () => {
    const step = (name = outboundName) =>
      stepOf('send-connector', {
        target: { connector: name },
        thumbprint: bed.newThumbprint,
        from: bed.oldName,
        to: bed.newName,
      });
    const named = async (name = outboundName) =>
      (await bed.state()).sendConnectors.find((one) => one.name === name)?.tlsCertificateName;
    const ready = async (...servers: string[]): Promise<void> => {
      for (const server of servers) {
        await importNew(server);
        succeeded(await bed.run(await enable(server)));
      }
    };

    it('changes only when every source server has the certificate for SMTP', async () => {
      await begin();
      await ready('SERVER1', 'SERVER2', 'SERVER3');
      await importNew('SERVER4');
      const early = await bed.run(step());
      assert.deepEqual([early.result?.outcome, early.result?.changed], ['failed', false]);
      assert.match(early.result?.error?.message ?? '', /SERVER4/);
      succeeded(await bed.run(await enable('SERVER4')));
      succeeded(await bed.run(step()));
      assert.equal(await named(), bed.newName);
      assert.equal(await named('SEND'), null);
      const queues = await bed.run(
        stepOf('watch-queues', { target: { connector: outboundName }, thumbprint: bed.newThumbprint, minutes: 0.01 }),
      );
      succeeded(queues);
      assert.deepEqual(queues.result?.after?.watched, { name: outboundName, minutes: 0.01 });
      const replication = await bed.run(
        stepOf('wait-for-replication', { target: {}, thumbprint: bed.newThumbprint, minutes: 0 }),
      );
      succeeded(replication);
      assert.equal(replication.result?.after?.watched?.minutes, 0);
    });

    it('names a source server that can’t be reached, and changes nothing', async () => {
      const state = sampleOrganization();
      state.sendConnectors[1]!.sourceTransportServers = ['SERVER1', 'SERVER3'];
      state.servers[2]!.down = true;
      await begin(state);
      await ready('SERVER1');
      const ran = await bed.run(step());
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
      assert.match(ran.result?.error?.message ?? '', /SERVER3/);
      assert.equal(await named(), bed.oldName);
    });

    it('works with any name', async () => {
      const state = sampleOrganization();
      state.sendConnectors.push({ name: hostile, sourceTransportServers: ['SERVER1'], tlsCertificateName: '@A' });
      await begin(state);
      await ready('SERVER1');
      succeeded(await bed.run(step(hostile)));
      assert.equal(await named(hostile), bed.newName);
      assert.equal(await named(), bed.oldName);
    });

    it('sees the error of a certificate that can’t be used in a queue', async () => {
      await begin();
      const session = await engine.openSession({
        organization: bed.organization,
        kind: 'managementShell',
        server: 'SERVER1',
      });
      await session.run({
        script: `Set-SendConnector -Identity '${outboundName}' -TlsCertificateName '<I>CN=nobody<S>CN=nothing'`,
        answers: ['Y'],
      });
      await session.close();
      const ran = await bed.run(
        stepOf('watch-queues', { target: { connector: outboundName }, thumbprint: bed.newThumbprint, minutes: 0.01 }),
      );
      assert.equal(ran.result?.outcome, 'failed');
      assert.match(ran.result.error?.message ?? '', /454 4\.7\.5/);
      assert.equal(ran.result.after?.watched, undefined);
    });

    it('reads the hybrid configuration back, which a person changes', async () => {
      await begin();
      const hybrid = stepOf('hybrid-configuration', {
        target: {},
        thumbprint: bed.newThumbprint,
        from: bed.oldName,
        to: bed.newName,
      });
      const early = await bed.run(hybrid);
      assert.equal(early.result?.outcome, 'failed');
      assert.deepEqual(early.result.after?.hybrid, { tlsCertificateName: bed.oldName });
    });
  });

  describe('remove', () => {
    const step = (server = 'SERVER1') =>
      stepOf('remove', {
        target: { server },
        thumbprint: bed.oldThumbprint,
        tlsCertificateName: bed.oldName,
        replacement: bed.newThumbprint,
      });
    /** An organization where nothing names A any more, except what the test puts back. */
    const unusedState = (change: (state: LabState) => void = () => undefined): LabState => {
      const state = sampleOrganization();
      const [server] = state.servers;
      server!.store.push({
        certificate: 'B',
        networkService: true,
        services: ['IMAP', 'POP', 'SMTP'],
        exportable: false,
      });
      server!.bindings![0] = { ...server!.bindings![0]!, iis: 'B', httpSys: 'B' };
      for (const connector of [
        ...state.sendConnectors,
        ...state.servers.flatMap((one) => one.receiveConnectors ?? []),
      ]) {
        connector.tlsCertificateName = connector.tlsCertificateName === null ? null : '@B';
      }
      state.hybrid!.tlsCertificateName = '@B';
      change(state);
      return state;
    };

    it('removes a certificate that nothing uses, without a question', async () => {
      await begin(unusedState());
      const ran = await bed.run(step());
      succeeded(ran);
      assert.deepEqual(ran.prompts, []);
      assert.equal(await stored('SERVER1', bed.oldThumbprint), undefined);
      assert.ok(await stored('SERVER2', bed.oldThumbprint));
      assert.equal((await bed.run(step())).result?.outcome, 'nothing-to-do');
    });

    const uses: readonly [string, (state: LabState) => void][] = [
      ['the binding of 443', (state) => (state.servers[0]!.bindings![0]!.httpSys = 'A')],
      ['the binding of the back end', (state) => (state.servers[0]!.bindings![1]!.iis = 'A')],
      ['the internal transport', (state) => (state.servers[0]!.internalTransport = 'A')],
      ['a receive connector', (state) => (state.servers[0]!.receiveConnectors![1]!.tlsCertificateName = '@A')],
      ['a send connector', (state) => (state.sendConnectors[0]!.tlsCertificateName = '@A')],
      ['the hybrid configuration', (state) => (state.hybrid!.tlsCertificateName = '@A')],
      ['OAuth', (state) => (state.auth = { current: 'A' })],
      ['OAuth, the next', (state) => (state.auth = { current: 'auth', next: 'A' })],
      ['federation', (state) => (state.federation = [{ name: 'Trust', certificate: 'A' }])],
      ['an unknown use: OAuth is not told', (state) => (state.settings = { deniedCmdlets: ['Get-AuthConfig'] })],
      ['an unknown use: POP is not told', (state) => (state.settings = { deniedCmdlets: ['Get-PopSettings'] })],
      [
        'an unknown use: connectors are not told',
        (state) => (state.settings = { deniedCmdlets: ['Get-ReceiveConnector'] }),
      ],
      ['the lack of the new certificate', (state) => state.servers[0]!.store.splice(4, 1)],
    ];
    for (const [what, change] of uses) {
      it(`is held by ${what}`, async () => {
        await begin(unusedState(change));
        const ran = await bed.run(step());
        assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
        assert.ok(await stored('SERVER1', bed.oldThumbprint));
      });
    }
  });

  describe('any step', () => {
    const friendly = () =>
      stepOf('set-friendly-name', {
        target: { server: 'SERVER3' },
        thumbprint: bed.oldThumbprint,
        friendlyName: 'x',
        previous: null,
      });

    it('fails on a server that is down, and says which', async () => {
      const state = sampleOrganization();
      state.servers[2]!.down = true;
      await begin(state);
      const ran = await bed.run(friendly());
      assert.equal(ran.result?.outcome, 'failed');
      assert.match(ran.result.error?.message ?? '', /SERVER3/);
    });

    it('refuses a run id that could name another file', async () => {
      await begin();
      const ran = await bed.run(friendly(), { run: '../../../owned' });
      assert.equal(ran.outcome, 'failed');
      assert.deepEqual(await bed.results(), []);
    });

    it('refuses a session.ps1 that is not the rendered one, and takes a signed one', async () => {
      await begin();
      const session = path.join(bed.folder, 'scripts/session.ps1');
      const text = renderStep(friendly(), bed.context)!.replace(/^. \$library$/m, '$loaded = $true\n$&');
      const after = async (change: string) => {
        await writeFile(session, change);
        return engine.run({
          organization: bed.organization,
          kind: 'workstation',
          file: await written(text),
          parameters: { Run: 'aaaaaaaa' },
        });
      };
      const written = async (value: string): Promise<string> => {
        const file = path.join(bed.folder, 'scripts/one.ps1');
        await writeFile(file, value);
        return file;
      };
      const changed = await after(renderSession().replace('Test-Path', 'Get-Item'));
      assert.equal(changed.outcome, 'failed');
      assert.deepEqual(await bed.results(), []);
      const signed = await after(
        `${renderSession()}\r\n# SIG # Begin signature block\r\n# MIIab\r\n# SIG # End signature block\r\n`,
      );
      assert.deepEqual([signed.outcome, (await bed.results()).length], ['completed', 1]);
    });

    it('writes no secret into its result, its text or the terminal', async () => {
      await begin();
      const runs = [
        await bed.run(importStep('SERVER1'), { answers: [samplePassword] }),
        await bed.run(stepOf('back-up', { target: { server: 'SERVER1' }, thumbprint: bed.oldThumbprint }), {
          answers: [backupPassword, backupPassword],
        }),
      ];
      const results = await Promise.all(
        (await bed.results()).map((name) => readFile(path.join(bed.folder, 'results', name), 'utf8')),
      );
      const scripts = await Promise.all(runs.map((ran) => readFile(ran.script, 'utf8')));
      const all = [...results, ...scripts, ...runs.flatMap((ran) => [ran.hostText, ...ran.output])].join('\n');
      assert.ok(results.length === 2 && all.includes(bed.newThumbprint));
      for (const secret of [samplePassword, backupPassword]) {
        for (const encoded of [
          secret,
          Buffer.from(secret, 'utf16le').toString(),
          Buffer.from(secret).toString('base64'),
        ]) {
          assert.ok(!all.includes(encoded));
        }
      }
    });
  });
});

function succeeded(ran: ScriptRun): void {
  const { outcome, error } = ran.result ?? {};
  assert.deepEqual([ran.outcome, outcome, error], ['completed', 'done', null], JSON.stringify(ran.errors));
}
