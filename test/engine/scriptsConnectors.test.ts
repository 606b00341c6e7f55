// The steps on connectors and what follows them, really run; with names that carry anything.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { startEngine } from '../lab/engine';
import { outboundName, sampleOrganization } from '../lab/sample';
import { type LabServer } from '../lab/state';
import { succeeded, useBed } from './scriptLab';
import { hostile, stepOf } from './scriptSteps';

describe('a step’s script', function () {
  this.timeout(120_000);
  const engine = startEngine();
  const lab = useBed(engine);
  afterEach(() => lab.close());
  after(() => engine.close());

  describe('receive-connector', () => {
    const named = (server: LabServer, name: string) =>
      server.receiveConnectors?.find((one) => one.name === name)?.tlsCertificateName;
    const step = (name: string, from: string) =>
      stepOf('receive-connector', {
        target: { server: 'SERVER1', connector: `SERVER1\\${name}` },
        thumbprint: lab.bed.newThumbprint,
        from,
        to: lab.bed.newName,
      });

    it('sets the name of the certificate as it is installed, and no other connector', async () => {
      await lab.begin();
      await lab.importNew('SERVER1');
      succeeded(await lab.bed.run(await lab.enable('SERVER1')));
      succeeded(await lab.bed.run(step('Default Frontend SERVER1', lab.bed.oldName)));
      const server = await lab.bed.server('SERVER1');
      assert.equal(named(server, 'Default Frontend SERVER1'), lab.bed.newName);
      assert.equal(named(server, 'Client Frontend SERVER1'), null);
      assert.equal(
        (await lab.bed.run(step('Default Frontend SERVER1', lab.bed.oldName))).result?.outcome,
        'nothing-to-do',
      );
    });

    it('works with any name, and never touches one that only looks like it', async () => {
      const state = sampleOrganization();
      const look = { bindings: ['0.0.0.0:2527'], authMechanism: ['Tls'], tlsCertificateName: '@A' };
      state.servers[0]!.receiveConnectors!.push(
        { ...look, name: hostile },
        { ...look, name: hostile.replaceAll('’', "'") },
      );
      await lab.begin(state);
      await lab.importNew('SERVER1');
      succeeded(await lab.bed.run(await lab.enable('SERVER1')));
      succeeded(await lab.bed.run(step(hostile, lab.bed.oldName)));
      const server = await lab.bed.server('SERVER1');
      assert.equal(named(server, hostile), lab.bed.newName);
      assert.equal(named(server, hostile.replaceAll('’', "'")), lab.bed.oldName);
    });

    it('changes nothing where the certificate is not enabled for SMTP, the connector is gone or names a third one', async () => {
      await lab.begin();
      const early = await lab.bed.run(step('Default Frontend SERVER1', lab.bed.oldName));
      await lab.importNew('SERVER1');
      const notEnabled = await lab.bed.run(step('Default Frontend SERVER1', lab.bed.oldName));
      succeeded(await lab.bed.run(await lab.enable('SERVER1')));
      const gone = await lab.bed.run(step('Default Frontend', lab.bed.oldName));
      const third = await lab.bed.run(step('Default Frontend SERVER1', '<I>CN=other<S>CN=other'));
      for (const ran of [early, notEnabled, gone, third]) {
        assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
      }
      assert.equal(named(await lab.bed.server('SERVER1'), 'Default Frontend SERVER1'), lab.bed.oldName);
    });
  });

  describe('send-connector and what follows it', () => {
    const step = (name = outboundName) =>
      stepOf('send-connector', {
        target: { connector: name },
        thumbprint: lab.bed.newThumbprint,
        from: lab.bed.oldName,
        to: lab.bed.newName,
      });
    const named = async (name = outboundName) =>
      (await lab.bed.state()).sendConnectors.find((one) => one.name === name)?.tlsCertificateName;
    const ready = async (...servers: string[]): Promise<void> => {
      for (const server of servers) {
        await lab.importNew(server);
        succeeded(await lab.bed.run(await lab.enable(server)));
      }
    };

    it('changes only when every source server has the certificate for SMTP', async () => {
      await lab.begin();
      await ready('SERVER1', 'SERVER2', 'SERVER3');
      await lab.importNew('SERVER4');
      const early = await lab.bed.run(step());
      assert.deepEqual([early.result?.outcome, early.result?.changed], ['failed', false]);
      assert.match(early.result?.error?.message ?? '', /SERVER4/);
      succeeded(await lab.bed.run(await lab.enable('SERVER4')));
      succeeded(await lab.bed.run(step()));
      assert.equal(await named(), lab.bed.newName);
      assert.equal(await named('SEND'), null);
      const queues = await lab.bed.run(
        stepOf('watch-queues', {
          target: { connector: outboundName },
          thumbprint: lab.bed.newThumbprint,
          minutes: 0.01,
        }),
      );
      succeeded(queues);
      assert.deepEqual(queues.result?.after?.watched, { name: outboundName, minutes: 0.01 });
      const replication = await lab.bed.run(
        stepOf('wait-for-replication', { target: {}, thumbprint: lab.bed.newThumbprint, minutes: 0 }),
      );
      succeeded(replication);
      assert.equal(replication.result?.after?.watched?.minutes, 0);
    });

    it('waits for a domain controller that does not answer, and names it once the time is over', async () => {
      await lab.begin({ ...sampleOrganization(), domainControllers: ['dc1.mydomain.com', 'dc2.mydomain.com'] });
      const wait = (minutes: number) =>
        lab.bed.run(stepOf('wait-for-replication', { target: {}, thumbprint: lab.bed.newThumbprint, minutes }));
      // the first call reads what all must tell; the next is the first domain controller's
      const silent = { operation: 'Get-SendConnector', error: 'The directory is not available.', after: 1 };
      await lab.bed.call('fault.set', { ...silent, times: 1 });
      succeeded(await wait(1));
      await lab.bed.call('fault.set', { ...silent, times: 1 });
      const late = await wait(0);
      assert.equal(late.result?.outcome, 'failed');
      assert.match(late.result.error?.message ?? '', /Not yet the same: dc1\.mydomain\.com \(.*not available/);
    });

    it('names a source server that can’t be reached, and changes nothing', async () => {
      const state = sampleOrganization();
      state.sendConnectors[1]!.sourceTransportServers = ['SERVER1', 'SERVER3'];
      state.servers[2]!.down = true;
      await lab.begin(state);
      await ready('SERVER1');
      const ran = await lab.bed.run(step());
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
      assert.match(ran.result?.error?.message ?? '', /SERVER3/);
      assert.equal(await named(), lab.bed.oldName);
    });

    it('works with any name', async () => {
      const state = sampleOrganization();
      state.sendConnectors.push({ name: hostile, sourceTransportServers: ['SERVER1'], tlsCertificateName: '@A' });
      await lab.begin(state);
      await ready('SERVER1');
      succeeded(await lab.bed.run(step(hostile)));
      assert.equal(await named(hostile), lab.bed.newName);
      assert.equal(await named(), lab.bed.oldName);
    });

    it('does not say that mail went, where no queue told an error', async () => {
      await lab.begin();
      const watch = stepOf('watch-queues', {
        target: { connector: outboundName },
        thumbprint: lab.bed.newThumbprint,
        minutes: 0.01,
      });
      const ran = await lab.bed.run(watch);
      succeeded(ran);
      const header = (await readFile(ran.script, 'utf8')).split('\nparam(')[0]!;
      for (const text of [header, ran.hostText]) {
        assert.match(text, /Whether mail went by the connector (in that time )?is not known/i);
      }
    });

    it('sees the error of a certificate that can’t be used in a queue', async () => {
      await lab.begin();
      const session = await engine.openSession({
        organization: lab.bed.organization,
        kind: 'managementShell',
        server: 'SERVER1',
      });
      await session.run({
        script: `Set-SendConnector -Identity '${outboundName}' -TlsCertificateName '<I>CN=nobody<S>CN=nothing'`,
        answers: ['Y'],
      });
      await session.close();
      const ran = await lab.bed.run(
        stepOf('watch-queues', {
          target: { connector: outboundName },
          thumbprint: lab.bed.newThumbprint,
          minutes: 0.01,
        }),
      );
      assert.equal(ran.result?.outcome, 'failed');
      assert.match(ran.result.error?.message ?? '', /454 4\.7\.5/);
      assert.equal(ran.result.after?.watched, undefined);
    });

    describe('of a queue whose handshake fails, which says only that nothing could be connected,', () => {
      const watch = async (during: () => Promise<void> = () => Promise.resolve()) => {
        const state = sampleOrganization();
        // the protocol log has the reason, the queue has not
        state.servers[1]!.store[0]!.networkService = false;
        await lab.begin(state);
        await during();
        const target = { connector: outboundName };
        return lab.bed.run(stepOf('watch-queues', { target, thumbprint: lab.bed.newThumbprint, minutes: 0.01 }));
      };
      /** A message goes by each connector with each change: with this one while the queues are watched. */
      const change = {
        operation: 'Set-ImapSettings',
        arguments: { Server: 'SERVER3', X509CertificateName: 'imap.mydomain.com' },
      };

      it('fails where it holds back more than when the watch began', async () => {
        const ran = await watch(async () => {
          await lab.bed.call(change.operation, change.arguments);
          await lab.bed.call('fault.set', { operation: 'Get-Queue', after: 4, times: 1, interject: change });
        });
        assert.equal(ran.result?.outcome, 'failed');
        assert.match(ran.result.error?.message ?? '', /451 4\.4\.0 .*421 4\.4\.1 Connection timed out.*2 messages/);
      });

      it('tells of it and does not fail where it was so before and nothing came since', async () => {
        const ran = await watch();
        succeeded(ran);
        assert.deepEqual(
          ran.result?.after?.queues?.map(({ server, lastError }) => [server, lastError?.slice(0, 9)]),
          [['SERVER2', '451 4.4.0']],
        );
      });
    });

    it('reads the hybrid configuration back, which a person changes', async () => {
      await lab.begin();
      const hybrid = stepOf('hybrid-configuration', {
        target: {},
        thumbprint: lab.bed.newThumbprint,
        from: lab.bed.oldName,
        to: lab.bed.newName,
      });
      const early = await lab.bed.run(hybrid);
      assert.equal(early.result?.outcome, 'failed');
      assert.deepEqual(early.result.after?.hybrid, { tlsCertificateName: lab.bed.oldName });
    });
  });
});
