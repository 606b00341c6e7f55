// The steps on one server, really run: friendly name, services, restart; and a kill between enable and restore.
import assert from 'node:assert/strict';
import { type Thumbprint } from '../../src/model/names';
import { startEngine } from '../lab/engine';
import { sampleOrganization } from '../lab/sample';
import { type ScriptRun } from './scriptBed';
import { services, succeeded, useBed } from './scriptLab';
import { hostile, stepOf } from './scriptSteps';

describe('a step’s script', function () {
  this.timeout(120_000);
  const engine = startEngine();
  const lab = useBed(engine);
  afterEach(() => lab.close());
  after(() => engine.close());

  describe('set-friendly-name', () => {
    for (const name of ['www.mydomain.com - Nov26-Feb27', hostile]) {
      it(`sets ${JSON.stringify(name)} and reads it back`, async () => {
        await lab.begin();
        const step = stepOf('set-friendly-name', {
          target: { server: 'SERVER1' },
          thumbprint: lab.bed.oldThumbprint,
          friendlyName: name,
          previous: null,
        });
        succeeded(await lab.bed.run(step));
        assert.equal((await lab.stored('SERVER1', lab.bed.oldThumbprint))?.friendlyName, name);
        assert.equal((await lab.bed.run(step)).result?.outcome, 'nothing-to-do');
      });
    }
  });

  describe('enable-services', () => {
    it('enables all four services and keeps the internal transport certificate and port 444', async () => {
      await lab.begin();
      await lab.importNew('SERVER1');
      const [internal, back] = [await lab.internalOf('SERVER1'), await lab.bound(444)];
      const ran = await lab.bed.run(await lab.enable('SERVER1'));
      succeeded(ran);
      assert.deepEqual(ran.prompts, [], 'the question about SMTP must not hang');
      assert.deepEqual([...((await lab.stored('SERVER1', lab.bed.newThumbprint))?.services ?? [])].sort(), [
        'IMAP',
        'POP',
        'SMTP',
      ]);
      assert.deepEqual(
        [await lab.bound(443), await lab.bound(444), await lab.internalOf('SERVER1')],
        [lab.bed.newThumbprint, back, internal],
      );
      const row = ran.result?.after?.servers?.[0]?.certificates?.find(
        (one) => one.thumbprint === lab.bed.newThumbprint,
      );
      assert.deepEqual([row?.assigned, row?.networkServiceCanRead], [services, true]);
    });

    describe('where Enable', () => {
      const front = async () =>
        (await lab.bed.server('SERVER1')).bindings
          ?.filter(({ port }) => port === 443)
          .map(({ ip, host, iis, httpSys }) => [
            host === '' ? ip : host,
            ...[iis, httpSys].map((one) =>
              one === lab.bed.newThumbprint ? 'B' : one === lab.bed.oldThumbprint ? 'A' : 'third',
            ),
          ]);
      const named = { site: 'Default Web Site', port: 443, ip: '*' };
      for (const secondBinding of ['moves', 'leaves'] as const) {
        it(`${secondBinding} the second binding, every one of the old certificate follows, and a third stays`, async () => {
          const state = sampleOrganization();
          state.settings = { secondBinding };
          state.servers[0]!.bindings!.push(
            { ...named, host: 'www.mydomain.com', iis: 'A', httpSys: 'A' },
            { ...named, host: 'portal.mydomain.com', iis: 'wmsvc-SERVER1', httpSys: 'wmsvc-SERVER1' },
          );
          await lab.begin(state);
          await lab.importNew('SERVER1');
          const ran = await lab.bed.run(await lab.enable('SERVER1'));
          succeeded(ran);
          assert.deepEqual(await front(), [
            ...['', '127.0.0.1', 'www.mydomain.com'].map((where) => [where, 'B', 'B']),
            ['portal.mydomain.com', 'third', 'third'],
          ]);
          // once more, as after an interruption, it comes to the same
          succeeded(await lab.bed.run(await lab.enable('SERVER1')));
          assert.equal((await front())?.filter(([, iis, httpSys]) => iis === 'B' && httpSys === 'B').length, 3);
        });
      }
    });

    it('keeps the names by which POP and IMAP choose, which Enable overwrites', async () => {
      const state = sampleOrganization();
      const name = 'autodiscover.mydomain.com';
      Object.assign(state.servers[0]!, { pop: { x509CertificateName: name }, imap: { x509CertificateName: name } });
      await lab.begin(state);
      await lab.importNew('SERVER1');
      succeeded(await lab.bed.run(await lab.enable('SERVER1')));
      const { pop, imap } = await lab.bed.server('SERVER1');
      assert.deepEqual([pop?.x509CertificateName, imap?.x509CertificateName], [name, name]);
    });

    it('leaves Require SSL off where it was', async () => {
      const state = sampleOrganization();
      for (const one of state.servers[0]!.bindings!) one.requireSsl = one.port !== 443;
      await lab.begin(state);
      await lab.importNew('SERVER1');
      const ran = await lab.bed.run(await lab.enable('SERVER1', { requireSsl: false }));
      succeeded(ran);
      assert.equal(ran.result?.after?.servers?.[0]?.bindings?.[0]?.requireSsl, false);
    });

    it('refuses before a change where the internal certificate is not the baseline’s', async () => {
      await lab.begin();
      await lab.importNew('SERVER1');
      const ran = await lab.bed.run(await lab.enable('SERVER1', { internalTransport: lab.bed.oldThumbprint }));
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
      assert.notEqual(await lab.bound(443), lab.bed.newThumbprint);
    });

    it('leaves the question to the person where the policy is to ask', async () => {
      await lab.begin();
      await lab.importNew('SERVER1');
      const internal = await lab.internalOf('SERVER1');
      const ran = await lab.bed.run(await lab.enable('SERVER1', { policy: 'ask' }), { answers: ['N'] });
      succeeded(ran);
      assert.equal(ran.prompts.length, 1);
      assert.equal(await lab.internalOf('SERVER1'), internal);
      assert.equal(await lab.bound(443), lab.bed.newThumbprint);
    });

    it('killed before the restore, leaves a state that the restore’s script mends', async () => {
      await lab.begin();
      await lab.importNew('SERVER1');
      const killed = await killedBetween();
      assert.equal(await lab.internalOf('SERVER1'), lab.bed.newThumbprint);
      assert.equal(killed.result, null, 'a killed script writes nothing');
      const restore = stepOf('restore-internal-transport-certificate', {
        target: { server: 'SERVER1' },
        thumbprint: (await lab.bed.server('SERVER1')).bindings!.find((one) => one.port === 444)!.httpSys as Thumbprint,
        seconds: 0,
      });
      succeeded(await lab.bed.run(restore));
      assert.equal(await lab.internalOf('SERVER1'), restore.thumbprint);
      assert.equal((await lab.bed.run(restore)).result?.outcome, 'nothing-to-do');
    });

    /** Finds, by halving, a statement before which a kill leaves the internal certificate changed. */
    async function killedBetween(): Promise<ScriptRun> {
      let [low, high] = [1, (await lab.bed.run(await lab.enable('SERVER1'), { count: true })).statements!];
      while (low < high) {
        await lab.bed.close();
        await lab.begin();
        await lab.importNew('SERVER1');
        const killAt = Math.floor((low + high) / 2);
        const ran = await lab.bed.run(await lab.enable('SERVER1'), { killAt });
        if ((await lab.internalOf('SERVER1')) === lab.bed.newThumbprint) {
          return ran;
        }
        [low, high] = (await lab.bound(443)) === lab.bed.newThumbprint ? [low, killAt] : [killAt + 1, high];
      }
      throw new Error('no statement lies between Enable and the restore');
    }
  });

  describe('restart-services and recycle-iis', () => {
    it('restarts what runs, and never starts what is stopped', async () => {
      await lab.begin();
      const restart = (server: string) =>
        stepOf('restart-services', {
          target: { server },
          thumbprint: lab.bed.oldThumbprint,
          services: ['POP', 'IMAP'],
        });
      const all = await lab.bed.run(restart('SERVER1'));
      succeeded(all);
      assert.deepEqual([...(all.result?.after?.restarted ?? [])].sort(), [
        'MSExchangeIMAP4BE',
        'MSExchangeImap4',
        'MSExchangePOP3BE',
        'MSExchangePop3',
      ]);
      const some = await lab.bed.run(restart('SERVER3'));
      succeeded(some);
      assert.deepEqual([...(some.result?.after?.restarted ?? [])].sort(), ['MSExchangeIMAP4BE', 'MSExchangeImap4']);
      assert.equal((await lab.bed.server('SERVER3')).services?.['MSExchangePop3'], false);
    });

    for (const how of ['recycle', 'reset'] as const) {
      it(`does a ${how} of IIS`, async () => {
        await lab.begin();
        const ran = await lab.bed.run(
          stepOf('recycle-iis', { target: { server: 'SERVER1' }, thumbprint: lab.bed.oldThumbprint, how }),
        );
        succeeded(ran);
        assert.ok(ran.result?.after?.restarted?.length);
      });
    }
  });
});
