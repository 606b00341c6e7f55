// What a window does where Windows is otherwise: a number that another process got, and a folder without links.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeNew } from '../../src/ui/pfxEditor/writeNew';
import { mayBe, mayLive, startedNow } from '../../src/ui/state/holderLife';

const at = '2026-11-22T21:00:00Z';
const hour = 3_600_000;

describe('the holder of a lock', () => {
  const now = Date.parse(at) + hour;
  const cases: readonly [string, boolean, Parameters<typeof mayBe>][] = [
    [
      'lives where the process of its number began when it did',
      true,
      [
        { at, started: 100 },
        { isAlive: true, started: 101 },
        { uptime: 9000, now },
      ],
    ],
    [
      'does not where another process has its number',
      false,
      [
        { at, started: 100 },
        { isAlive: true, started: 4000 },
        { uptime: 9000, now },
      ],
    ],
    [
      'does not where no process has its number',
      false,
      [
        { at, started: 100 },
        { isAlive: false, started: null },
        { uptime: 9000, now },
      ],
    ],
    [
      'may live where the system does not tell when a process began',
      true,
      [
        { at, started: 100 },
        { isAlive: true, started: null },
        { uptime: 9000, now },
      ],
    ],
    [
      'does not where the computer was started since',
      false,
      [
        { at, started: 5000 },
        { isAlive: true, started: null },
        { uptime: 600, now },
      ],
    ],
    [
      'does not where the lock is older than the computer’s start',
      false,
      [
        { at, started: 100 },
        { isAlive: true, started: null },
        { uptime: 600, now: now + 24 * hour },
      ],
    ],
    [
      'may live where an older version wrote the lock',
      true,
      [{ at }, { isAlive: true, started: 100 }, { uptime: 9000, now }],
    ],
  ];
  for (const [title, expected, given] of cases) it(title, () => assert.equal(mayBe(...given), expected));

  it('is this process, and is not once it has another start', () => {
    const me = { host: '', process: process.pid, user: '', at: new Date().toISOString() };
    assert.equal(mayLive({ ...me, started: startedNow() }), true);
    assert.equal(mayLive({ ...me, started: startedNow() - 1000 }), false);
  });
});

describe('a new file of keys', () => {
  const folder = (): string => mkdtempSync(path.join(tmpdir(), 'keys-'));
  const linkless = { ...fs, link: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })) };
  for (const [title, files] of [
    ['with links', fs],
    ['without', linkless],
  ] as const)
    it(`is complete, for this user alone, and never over another, on a file system ${title}`, async () => {
      const file = path.join(folder(), 'a.pfx');
      assert.equal(await writeNew(file, Buffer.from('one'), files), true);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(await writeNew(file, Buffer.from('two'), files), false);
      assert.equal(readFileSync(file, 'utf8'), 'one');
      assert.deepEqual(readdirSync(path.dirname(file)), ['a.pfx']);
      assert.ok(existsSync(file));
    });
});
