// A name with several addresses is a target for each; a version of IP that is asked for leaves out the other.
import assert from 'node:assert/strict';
import { everyAddress, type Resolve } from '../../src/probe/addresses';
import { probeEndpoint } from '../../src/probe/probeEndpoint';
import { pki } from './pki';
import { serve, speakTls } from './scriptedServer';

const known: Readonly<Record<string, readonly string[]>> = {
  'mail.mydomain.com': ['127.0.0.1', '127.0.0.2', '::1'],
  'one.mydomain.com': ['127.0.0.3'],
};
const resolve: Resolve = (host, family) => {
  const addresses = known[host]?.filter((address) => !family || address.includes(':') === (family === 6));
  return addresses ? Promise.resolve(addresses) : Promise.reject(new Error('ENOTFOUND'));
};
const target = (host: string) =>
  ({ server: null, endpoint: { protocol: 'https', host, port: 443, servername: host } }) as const;
const addressesOf = async (host: string, family?: 4 | 6): Promise<readonly (string | undefined)[]> =>
  (await everyAddress([target(host)], family, resolve)).map(({ endpoint }) => endpoint.address);

describe('the addresses of a name', () => {
  it('are each a target', async () =>
    assert.deepEqual(await addressesOf('mail.mydomain.com'), ['127.0.0.1', '127.0.0.2', '::1']));
  it('are those of IPv4 by choice', async () =>
    assert.deepEqual(await addressesOf('mail.mydomain.com', 4), ['127.0.0.1', '127.0.0.2']));
  it('leave the target as it was where there is one', async () =>
    assert.deepEqual(await addressesOf('one.mydomain.com'), [undefined]));
  it('leave the target as it was where the name is not known', async () =>
    assert.deepEqual(await addressesOf('unknown.mydomain.com'), [undefined]));
  it('are not looked up of an address', async () => assert.deepEqual(await addressesOf('127.0.0.9'), [undefined]));
  it('of which the named one is connected to', async () => {
    const server = await serve(speakTls(pki().b), '127.0.0.2');
    const endpoint = { ...target('localhost').endpoint, port: server.port };
    const [there, elsewhere] = [
      await probeEndpoint({ ...endpoint, address: '127.0.0.2' }),
      await probeEndpoint({ ...endpoint, address: '127.0.0.1' }),
    ];
    await server.close();
    assert.deepEqual([there.outcome, elsewhere.outcome], ['presented', 'unreachable']);
  });
  it('of the other version of IP are not connected to', async () => {
    const seen = await probeEndpoint(target('127.0.0.1').endpoint, { family: 6 });
    assert.deepEqual([seen.outcome, seen.detail], ['unreachable', 'EAFNOSUPPORT']);
  });
});
