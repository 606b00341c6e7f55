// One writer at a time, and everybody can read who it is.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { breakLock, heldElsewhere, lockPath, readHolder, releaseLock, takeLock } from '../../src/folder/lock';
import { nodeFolder } from '../../src/folder/nodeFolder';
import { readText, writeText, type FolderPort } from '../../src/folder/port';

const me = { host: 'here', process: 1, user: 'user', at: '2026-11-22T21:00:00Z' };
const other = { ...me, process: 2 };
const elsewhere = { ...me, host: 'there', process: 3 };
const lives = (): boolean => true;
const dead = (): boolean => false;

describe('the lock', () => {
  let port: FolderPort;
  beforeEach(() => {
    port = nodeFolder(mkdtempSync(path.join(tmpdir(), 'lock-')), files);
  });

  it('is taken once, and again by its holder', async () => {
    assert.deepEqual(await takeLock(port, me, lives), { lock: 'taken', replaced: null });
    assert.deepEqual(await takeLock(port, me, lives), { lock: 'taken', replaced: null });
    assert.deepEqual(await takeLock(port, other, lives), { lock: 'held', holder: me });
  });

  it('is taken by one of two that come at once', async () => {
    const locks = await Promise.all([takeLock(port, me, lives), takeLock(port, other, lives)]);
    assert.deepEqual(locks.map(({ lock }) => lock).sort(), ['held', 'taken']);
  });

  it('is replaced where its process on this host is gone, and says whose it was', async () => {
    await takeLock(port, me, lives);
    assert.deepEqual(await takeLock(port, other, dead), { lock: 'taken', replaced: me });
  });

  it('tells who else holds it, without taking it', async () => {
    assert.equal(await heldElsewhere(port, me, lives), undefined);
    await takeLock(port, other, lives);
    assert.deepEqual(await heldElsewhere(port, me, lives), other);
    assert.equal(await heldElsewhere(port, other, lives), undefined);
    assert.equal(await heldElsewhere(port, me, dead), undefined);
    assert.deepEqual(await heldElsewhere(port, elsewhere, dead), other);
    await writeText(port, lockPath, 'no JSON');
    assert.equal(await heldElsewhere(port, me, dead), null);
  });

  it('of another host is never stale by itself, and can be broken', async () => {
    await takeLock(port, elsewhere, lives);
    assert.deepEqual(await takeLock(port, me, dead), { lock: 'held', holder: elsewhere });
    await breakLock(port);
    assert.equal((await takeLock(port, me, dead)).lock, 'taken');
  });

  it('that can not be read is held by nobody known', async () => {
    await writeText(port, lockPath, 'x');
    assert.deepEqual(await takeLock(port, me, dead), { lock: 'held', holder: null });
  });

  it('is given back by its holder alone', async () => {
    await takeLock(port, me, lives);
    await releaseLock(port, other);
    assert.deepEqual(await readHolder(port), me);
    await releaseLock(port, me);
    assert.equal(await readText(port, lockPath), undefined);
  });
});
