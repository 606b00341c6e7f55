// A folder that scripts run in or keys are kept in: made for this user alone, and refused where others could put something in its place.
import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderIn, makeFolderIn, makeSafeFolder, type Unsafe } from '../../src/ui/shell/safeFolder';

describe('a folder of this user alone', () => {
  let home: string;
  const at = (...names: string[]): string => path.join(home, ...names);
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'safe-folder-'));
    mkdirSync(at('workspace'));
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const made = (folder: string) => makeSafeFolder(folder, [at('workspace')]);

  it('is made with its parents, and what was there is taken from everybody else', async () => {
    assert.equal(await made(at('a', 'runs')), undefined);
    chmodSync(at('a', 'runs'), 0o777);
    assert.equal(await made(at('a', 'runs')), undefined);
    assert.equal(statSync(at('a', 'runs')).mode & 0o777, 0o700);
  });

  it('takes a new folder of a name once', async () => {
    await made(at('runs'));
    await makeFolderIn(at('runs'), 'one');
    await assert.rejects(makeFolderIn(at('runs'), 'one'), { code: 'EEXIST' });
  });

  it('takes no link for a folder that is in it already', async () => {
    await made(at('runs'));
    assert.equal(await folderIn(at('runs'), 'group'), await folderIn(at('runs'), 'group'));
    symlinkSync(at('workspace'), at('runs', 'other'), 'junction');
    await assert.rejects(folderIn(at('runs'), 'other'), /link or a junction/);
  });

  const refused: readonly [claim: string, prepare: () => string, expected: Unsafe['unsafe']][] = [
    ['in a workspace', () => at('workspace', 'runs'), 'in-workspace'],
    ['that is a workspace', () => at('workspace'), 'in-workspace'],
    [
      'that a link above it leads into a workspace',
      () => {
        symlinkSync(at('workspace'), at('elsewhere'));
        return at('elsewhere', 'runs');
      },
      'in-workspace',
    ],
    [
      'that is a link',
      () => {
        mkdirSync(at('there'));
        symlinkSync(at('there'), at('runs'), 'junction');
        return at('runs');
      },
      'link',
    ],
    [
      'that is a file',
      () => {
        writeFileSync(at('runs'), '');
        return at('runs');
      },
      'no-folder',
    ],
    [
      'in a folder that everybody can write to',
      () => {
        mkdirSync(at('open'));
        chmodSync(at('open'), 0o777);
        return at('open', 'runs');
      },
      'others-write',
    ],
    [
      'that belongs to another user',
      () => {
        if (process.getuid?.() !== 0) return '/usr';
        mkdirSync(at('of-another'));
        chownSync(at('of-another'), 4711, 4711);
        return at('of-another');
      },
      'of-another-user',
    ],
  ];
  for (const [claim, prepare, expected] of refused) {
    it(`is none ${claim}`, async () => {
      assert.equal((await made(prepare()))?.unsafe, expected);
    });
  }

  it('may be in a folder with the sticky bit, as temporary ones are', async () => {
    mkdirSync(at('temporary'));
    chmodSync(at('temporary'), 0o1777);
    assert.equal(await made(at('temporary', 'runs')), undefined);
  });
});
