// What Git tracks is read from the index as Git itself tells it, for each format; nothing a repository names is run or followed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readKeyIndex } from '../../src/ui/language/gitIndex';
import { stopTrackingBelow, trackedKeys, type Tracked } from '../../src/ui/language/repository';

const keys = [
  'www.pfx',
  'keys/mail.P12',
  'keys/deep/er/Ünal O’Brien.PFX',
  'keys/line\nbreak.pfx',
  `${'long/'.repeat(60)}a.pfx`,
];
const others = ['exchange-certificates.yaml', 'www.pfx.txt', 'keys/pfx', 'p12', 'keys-beside/other.pfx.yaml'];

let folder: string;
const at = (...parts: readonly string[]): string => path.join(folder, ...parts);
const gitIn = (cwd: string, ...given: readonly string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@mydomain.com', '-c', 'protocol.file.allow=always', ...given],
    {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
const git = (...given: readonly string[]): string => gitIn(folder, ...given);
const listed = (place = folder): readonly string[] =>
  gitIn(place, 'ls-files', '-z', '--', ':(icase)*.pfx', ':(icase)*.p12').split('\0').filter(Boolean).sort();

async function write(names: readonly string[], text = 'a key'): Promise<void> {
  for (const name of names) {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(name), text);
  }
}

async function told(place = folder): Promise<Tracked> {
  const answer = (await trackedKeys([place])).get(place);
  assert.ok(answer);
  return answer;
}

async function namesIn(place = folder): Promise<readonly string[]> {
  const answer = await told(place);
  assert.ok('names' in answer, JSON.stringify(answer));
  return answer.names;
}

async function problemIn(place = folder): Promise<string> {
  const answer = await told(place);
  assert.ok('problem' in answer, JSON.stringify(answer));
  return answer.problem;
}

/** A repository with the files, as `git init` with these arguments makes it. */
async function made(...given: readonly string[]): Promise<void> {
  git('init', '--quiet', ...given);
  await write([...keys, ...others]);
  git('add', '--all', '--force');
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'repository-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('What Git tracks', () => {
  const same = async (expected = keys.length) => {
    assert.deepEqual(await namesIn(), listed());
    assert.equal(listed().length, expected);
  };

  it('is as Git lists it', async () => {
    await made();
    await same();
  });
  it('is as Git lists it in an index of version 3', async () => {
    await made();
    git('update-index', '--skip-worktree', 'www.pfx', 'exchange-certificates.yaml');
    assert.equal((await readFile(at('.git/index'))).readUInt32BE(4), 3);
    await same();
  });
  it('is as Git lists it in an index of version 4', async () => {
    await made();
    git('update-index', '--index-version', '4');
    assert.equal((await readFile(at('.git/index'))).readUInt32BE(4), 4);
    await same();
  });
  it('is as Git lists it with SHA-256', async () => {
    await made('--object-format=sha256');
    await same();
  });
  it('is as Git lists it after a commit, with what Git keeps for itself in the index', async () => {
    await made();
    git('commit', '--quiet', '--message=a');
    git('update-index', '--untracked-cache');
    git('status');
    await same();
  });
  it('is as Git lists it without a checksum (index.skipHash)', async () => {
    await made();
    const bytes = await readFile(at('.git/index'));
    await writeFile(at('.git/index'), bytes.fill(0, bytes.length - 20));
    await same();
  });

  it('below a folder are the names from there', async () => {
    await made();
    assert.deepEqual(await namesIn(at('keys')), listed(at('keys')));
    assert.deepEqual(await namesIn(at('keys-beside')), []);
  });
  it('in conflict is one name', async () => {
    await made();
    git('commit', '--quiet', '--message=a');
    for (const branch of ['one', 'other']) {
      git('checkout', '--quiet', '-b', branch, 'HEAD');
      await write(['www.pfx'], branch);
      git('commit', '--quiet', '--all', `--message=${branch}`);
      if (branch === 'one') git('checkout', '--quiet', 'HEAD~');
    }
    assert.throws(() => git('merge', 'one'));
    assert.deepEqual(await namesIn(), [...new Set(listed())]);
  });
  it('is nothing before the first add, and without a repository', async () => {
    assert.deepEqual(await namesIn(), []);
    git('init', '--quiet');
    assert.deepEqual(await namesIn(), []);
  });
  it('in a work tree and in a submodule is that of their own index', async () => {
    await made();
    git('commit', '--quiet', '--message=a');
    git('worktree', 'add', '--quiet', 'tree');
    git('submodule', '--quiet', 'add', folder, 'sub');
    for (const place of ['tree', 'sub']) {
      await rm(at(place, 'www.pfx'));
      gitIn(at(place), 'rm', '--quiet', '--cached', 'www.pfx');
      assert.equal(listed(at(place)).length, keys.length - 1);
      assert.deepEqual(await namesIn(at(place)), listed(at(place)));
    }
  });
  it('is as Git lists it after each change', async () => {
    await made();
    for (const name of keys) {
      git('rm', '--quiet', '--cached', name);
      await same(listed().length);
    }
    git('add', '--force', ...keys);
    await same();
  });
  it('by many folders is read once', async () => {
    await made();
    const answers = await trackedKeys([folder, at('keys'), at('keys/deep')]);
    assert.deepEqual([...answers.keys()], [folder, at('keys'), at('keys/deep')]);
  });
});

describe('What cannot be read of a repository is said, and never taken for nothing', () => {
  it('a split index', async () => {
    await made();
    git('update-index', '--split-index');
    assert.equal(await problemIn(), 'split');
  });
  it('a sparse index', async () => {
    await made();
    git('commit', '--quiet', '--message=a');
    git('sparse-checkout', 'set', '--cone', '--sparse-index', 'keys-beside');
    assert.equal(await problemIn(), 'sparse');
  });
  it('an index that is cut off, or of another version, or none', async () => {
    await made();
    const bytes = await readFile(at('.git/index'));
    await writeFile(at('.git/index'), bytes.subarray(0, 200));
    assert.equal(await problemIn(), 'damaged');
    bytes.writeUInt32BE(5, 4);
    await writeFile(at('.git/index'), bytes);
    assert.equal(await problemIn(), 'version');
    await writeFile(at('.git/index'), '');
    assert.equal(await problemIn(), 'damaged');
  });
  it('an index that is too large to read', async () => {
    git('init', '--quiet');
    await writeFile(at('.git/index'), '');
    await truncate(at('.git/index'), 2 ** 40);
    assert.equal(await problemIn(), 'large');
  });
  it('an index that is a device, a pipe or a folder', async () => {
    git('init', '--quiet');
    await symlink('/dev/zero', at('.git/index'));
    assert.equal(await problemIn(), 'no-file');
    await rm(at('.git/index'));
    execFileSync('mkfifo', [at('.git/index')]);
    assert.equal(await problemIn(), 'no-file');
    await rm(at('.git/index'));
    await mkdir(at('.git/index'));
    assert.equal(await problemIn(), 'no-file');
  });
  for (const pointer of [
    'gitdir: nowhere',
    'gitdir: ',
    'not one',
    `gitdir: ${'a'.repeat(10_000)}`,
    'gitdir: //server/share/x.git',
  ]) {
    it(`a .git that says "${pointer.slice(0, 40)}"`, async () => {
      await writeFile(at('.git'), pointer);
      assert.equal(await problemIn(), 'no-repository');
    });
  }
});

describe('A folder that is made a repository by its files', () => {
  it('is none: the one around it counts, as its own folder', async () => {
    await made();
    await write(['contoso/HEAD'], 'ref: refs/heads/main\n');
    await write(['contoso/config'], '[core]\nrepositoryformatversion=0\nbare=false\nworktree=.\n');
    await write(['contoso/objects/x', 'contoso/refs/x', 'contoso/www.pfx']);
    git('add', '--force', 'contoso/www.pfx');
    assert.deepEqual(await namesIn(at('contoso')), ['www.pfx']);
  });
});

describe('Stopping to track', () => {
  const stopped = async (place = folder): Promise<readonly string[]> => {
    const removal = await stopTrackingBelow(place);
    assert.ok('removed' in removal, JSON.stringify(removal));
    return removal.removed;
  };
  const entries = (): readonly string[] => git('ls-files', '-z', '--stage').split('\0').filter(Boolean);
  const isKey = (entry: string): boolean => /\.(pfx|p12)$/i.test(entry);

  for (const [what, given] of [
    ['', []],
    [' with SHA-256', ['--object-format=sha256']],
  ] as const) {
    it(`takes out the keys${what} and nothing else, and leaves an index that Git takes for sound`, async () => {
      await made(...given);
      git('commit', '--quiet', '--message=a');
      git('update-index', '--skip-worktree', 'exchange-certificates.yaml');
      git('status');
      await chmod(at('.git/index'), 0o640);
      const before = entries();
      assert.deepEqual(await stopped(), [...keys].sort());
      assert.deepEqual(
        entries(),
        before.filter((entry) => !isKey(entry)),
      );
      git('fsck', '--strict', '--cache');
      assert.equal(git('diff', '--cached', '--name-only', '-z').split('\0').filter(Boolean).length, keys.length);
      assert.ok(keys.every((name) => existsSync(at(name))));
      assert.ok(!existsSync(at('.git/index.lock')));
    });
  }
  it('below a folder leaves the keys beside it', async () => {
    await made();
    assert.equal((await stopped(at('keys'))).length, 3);
    assert.deepEqual(listed(), [keys.at(-1), 'www.pfx']);
  });
  it('where nothing is tracked writes nothing', async () => {
    git('init', '--quiet');
    assert.deepEqual(await stopped(), []);
    assert.ok(!existsSync(at('.git/index')));
  });
  it('waits for no other program that writes the index, and leaves its lock', async () => {
    await made();
    await writeFile(at('.git/index.lock'), '');
    assert.deepEqual(await stopTrackingBelow(folder), { problem: 'changed' });
    assert.ok(existsSync(at('.git/index.lock')));
  });
  it('is left to Git in an index of version 4, and where the repository lies elsewhere', async () => {
    await made();
    git('update-index', '--index-version', '4');
    const before = await readFile(at('.git/index'));
    assert.deepEqual(await stopTrackingBelow(folder), { problem: 'by-hand' });
    assert.deepEqual(await readFile(at('.git/index')), before);
    await writeFile(at('keys/.git'), `gitdir: ${at('.git')}\n`);
    assert.deepEqual(await stopTrackingBelow(at('keys')), { problem: 'by-hand' });
  });
});

describe('An index of any bytes', () => {
  it('is read or refused, without a throw', async () => {
    await made();
    const seeds = [await readFile(at('.git/index'))];
    git('update-index', '--index-version', '4');
    seeds.push(await readFile(at('.git/index')));
    let random = 20261130;
    const next = (below: number): number => (random = (random * 1_103_515_245 + 12_345) % 2 ** 31) % below;
    for (let round = 0; round < 20_000; round++) {
      const bytes = Buffer.from(seeds[round % 2]!);
      for (let left = 1 + next(4); left > 0; left--) bytes[next(bytes.length)] = next(256);
      // without a checksum, so that what was changed is looked into
      readKeyIndex(bytes.fill(0, bytes.length - 20).subarray(0, next(20) === 0 ? next(bytes.length) : bytes.length));
    }
  });
});
