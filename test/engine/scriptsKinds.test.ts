// What the snapshot reads of objects, enumerations and lists is text: nothing that Exchange tells is one by itself.
import assert from 'node:assert/strict';
import { parseSnapshot } from '../../src/snapshot/parseSnapshot';
import { startEngine } from '../lab/engine';
import { sampleOrganization } from '../lab/sample';
import { openBed, snapshotText } from './scriptBed';

describe('the snapshot of objects that are not equal to their text', function () {
  this.timeout(60_000);
  const engine = startEngine();
  after(() => engine.close());

  it('holds their texts, and is read without a problem', async () => {
    const state = sampleOrganization();
    state.servers = state.servers.slice(0, 1);
    for (const connector of state.sendConnectors) connector.sourceTransportServers = ['SERVER1'];
    const bed = await openBed(engine, state);
    try {
      const { result } = await bed.runText(snapshotText(bed));
      const snapshot = result!.after!.snapshot!;
      const [server] = snapshot.servers;
      const [front] = server!.receiveConnectors!;
      const [, outbound] = snapshot.sendConnectors!;
      assert.deepEqual(
        {
          ...{ exchange: server!.exchange, roles: server!.roles },
          ...{ identity: front!.identity, role: front!.role, bindings: front!.bindings, fqdn: front!.fqdn },
          ...{ authMechanism: front!.authMechanism, name: front!.tlsCertificateName },
          ...{ sources: outbound!.sourceTransportServers, spaces: outbound!.addressSpaces },
          ...{ level: outbound!.tlsAuthLevel, hybrid: snapshot.hybrid?.tlsCertificateName },
        },
        {
          ...{ exchange: '15.2.1748.10', roles: ['Mailbox'] },
          ...{ identity: 'SERVER1\\Default Frontend SERVER1', role: 'FrontendTransport' },
          ...{ bindings: ['[::]:25', '0.0.0.0:25'], fqdn: 'server1.mydomain.com' },
          authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer'],
          ...{ name: bed.oldName, sources: ['SERVER1'], spaces: ['smtp:MYDOMAIN.mail.onmicrosoft.com;1'] },
          ...{ level: 'DomainValidation', hybrid: bed.oldName },
        },
      );
      assert.deepEqual(parseSnapshot(JSON.stringify(snapshot)).problems, []);
    } finally {
      await bed.close();
    }
  });
});
