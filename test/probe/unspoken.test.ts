// Which versions of TLS cannot be tried from here: found by trying, never assumed.
import assert from 'node:assert/strict';
import { unspoken, unspokenWith } from '../../src/probe/unspoken';
import { look } from './scriptedServer';

describe('the versions that this runtime cannot speak', () => {
  it('are none where the old ones are let in', async () => assert.deepEqual(await unspoken(), []));
  it('are the old ones where the runtime has no suite for them (RFC 5487: GCM from 1.2 on)', async () =>
    assert.deepEqual(await unspokenWith('PSK-AES128-GCM-SHA256'), ['TLSv1', 'TLSv1.1']));
  it('are not told of where nothing can be found out', async () =>
    assert.deepEqual(await unspokenWith('NO-SUCH-SUITE'), []));
  it('stand in no observation where there are none', async () => {
    const seen = await look('https', (socket) => socket.write(Buffer.from([21, 3, 3, 0, 2, 2, 70])));
    assert.deepEqual([seen.detail, seen.untried], ['alert 70 protocol_version', undefined]);
  });
});
