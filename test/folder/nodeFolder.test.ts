// A rotation's folder among other programs that hold its files, and with things in it that are no files of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeFolder, type NodeFiles } from '../../src/folder/nodeFolder';
import { FolderFailure, type FolderPort, readText, writeText } from '../../src/folder/port';
import { writeFolder } from '../../src/folder/renderFolder';
import type { FileProblem } from '../../src/folder/readFile';

const refusing = (code: string): Error => Object.assign(new Error(`${code}: held`), { code });

/** node:fs, of which the functions of `held` throw the codes that are given for each before they do what they do. */
function holding(held: Partial<Record<keyof NodeFiles, string[]>>): NodeFiles {
  return Object.fromEntries(
    Object.entries({ ...files }).map(([name, act]) => [
      name,
      (...given: unknown[]): unknown => {
        const code = held[name as keyof NodeFiles]?.shift();
        if (code !== undefined) return Promise.reject(refusing(code));
        return typeof act === 'function' ? (act as (...all: unknown[]) => unknown)(...given) : act;
      },
    ]),
  ) as unknown as NodeFiles;
}

const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'folder-'));

async function problemOf(act: Promise<unknown>): Promise<FileProblem> {
  const error = await act.then(
    () => assert.fail('nothing was refused'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof FolderFailure, String(error));
  return error.problem;
}

describe('a folder whose files another program holds for a moment', () => {
  const acts: readonly [string, (port: FolderPort) => Promise<unknown>][] = [
    ['writes', (port) => writeText(port, 'plan.md', 'new')],
    ['creates', (port) => port.create('x/lock', Buffer.from('x'))],
    ['appends', (port) => port.append('there', () => 'more')],
    ['reads', async (port) => assert.equal(await readText(port, 'there'), 'old')],
    ['lists', async (port) => assert.deepEqual(await port.list('some'), ['one'])],
    ['removes', (port) => port.remove('there')],
  ];
  const each: readonly (keyof NodeFiles)[] = [
    ...(['lstat', 'mkdir', 'stat', 'open', 'writeFile', 'appendFile', 'readdir', 'rename', 'rm'] as const),
  ];
  for (const code of ['EPERM', 'EBUSY', 'EACCES'])
    for (const [title, act] of acts)
      it(`${title} through ${code}`, async () => {
        const folder = newFolder();
        writeFileSync(path.join(folder, 'there'), 'old');
        mkdirSync(path.join(folder, 'some'));
        writeFileSync(path.join(folder, 'some/one'), '');
        const paused: number[] = [];
        const held = holding(Object.fromEntries(each.map((name) => [name, [code, code]])));
        await act(nodeFolder(folder, held, (milliseconds) => Promise.resolve(void paused.push(milliseconds))));
        assert.ok(paused.length >= 2 && paused[0]! < paused[1]!, 'its pauses grow');
        assert.deepEqual(
          readdirSync(folder).filter((name) => name.endsWith('.part')),
          [],
        );
      });

  it('gives up after ten seconds with the file and why, and leaves no part behind', async () => {
    const folder = newFolder();
    let waited = 0;
    const port = nodeFolder(folder, holding({ rename: Array<string>(100).fill('EPERM') }), (milliseconds) => {
      waited += milliseconds;
      return Promise.resolve();
    });
    const { path: file, code, detail } = await problemOf(writeText(port, 'plan.md', 'new'));
    assert.deepEqual([file, code, waited], ['plan.md', 'unreadable', 10_000]);
    assert.match(detail, /^tried for ten seconds: another program holds it open, .*\(EPERM\)$/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('keeps none of the other files from being written', async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'report.md'));
    const port = nodeFolder(folder, files);
    const texts = ['plan.json', 'report.md', 'scripts/a.ps1'];
    const { changed, problems } = await writeFolder(port, new Map(texts.map((name) => [name, name])));
    assert.deepEqual(changed, ['plan.json', 'scripts/a.ps1']);
    assert.deepEqual(problems, [{ path: 'report.md', code: 'unreadable', detail: 'it is not a regular file' }]);
  });

  it('waits for nothing that lasts', async () => {
    const port = nodeFolder(newFolder(), holding({ writeFile: ['ENOSPC'] }), () => assert.fail('it waited'));
    assert.equal((await problemOf(writeText(port, 'plan.md', 'new'))).detail, 'the disk is full (ENOSPC)');
  });
});

describe('a folder with links in it', () => {
  let outside: string;
  let folder: string;
  let port: FolderPort;
  beforeEach(() => {
    outside = newFolder();
    folder = newFolder();
    writeFileSync(path.join(outside, 'victim.txt'), 'theirs');
    symlinkSync(outside, path.join(folder, 'scripts'));
    symlinkSync(path.join(outside, 'victim.txt'), path.join(folder, 'plan.md'));
    symlinkSync(path.join(outside, 'victim.txt'), path.join(folder, 'plan.json.part'));
    symlinkSync('rotation.json', path.join(folder, 'rotation.json'));
    port = nodeFolder(folder, files);
  });
  const refused: readonly [string, string, (port: FolderPort) => Promise<unknown>][] = [
    ['writes nothing behind one', 'scripts', (port) => writeText(port, 'scripts/a.ps1', 'x')],
    ['creates nothing behind one', 'scripts', (port) => port.create('scripts/a.ps1', Buffer.from('x'))],
    ['removes nothing behind one', 'scripts', (port) => port.remove('scripts/victim.txt')],
    ['lists nothing behind one', 'scripts', (port) => port.list('scripts')],
    ['replaces none', 'plan.md', (port) => writeText(port, 'plan.md', 'x')],
    ['appends to none', 'plan.md', (port) => port.append('plan.md', () => 'x')],
  ];
  for (const [title, at, act] of refused)
    it(title, async () => {
      const { path: file, code, detail } = await problemOf(act(port));
      assert.deepEqual([file, code], [at, 'unreadable']);
      assert.match(detail, /^it is a link or a junction/);
      assert.deepEqual(readdirSync(outside), ['victim.txt']);
      assert.equal(readFileSync(path.join(outside, 'victim.txt'), 'utf8'), 'theirs');
    });

  it('writes parts under names that none lies under', async () => {
    await writeText(port, 'plan.json', 'ours');
    assert.equal(readFileSync(path.join(outside, 'victim.txt'), 'utf8'), 'theirs');
    assert.equal(readFileSync(path.join(folder, 'plan.json'), 'utf8'), 'ours');
  });

  it('is refused as a whole where it is one', async () => {
    const link = path.join(newFolder(), 'r');
    symlinkSync(folder, link);
    assert.match((await problemOf(writeText(nodeFolder(link, files), 'x', 'x'))).detail, /link/);
  });

  it('is neither made nor read where the folder of all rotations is one', async () => {
    const rotations = path.join(newFolder(), 'rotations');
    symlinkSync(outside, rotations);
    const made = nodeFolder(path.join(rotations, 'r'), files);
    assert.match((await problemOf(made.create('rotation.json', Buffer.from('x')))).detail, /link/);
    assert.deepEqual(readdirSync(outside), ['victim.txt']);
    mkdirSync(path.join(outside, 'r'));
    writeFileSync(path.join(outside, 'r', 'rotation.json'), '{}');
    const read = await made.read('rotation.json');
    assert.ok('problem' in read && read.problem.code === 'unreadable', 'it was read');
  });
});

describe('reading a file of the folder answers', () => {
  const make: readonly [string, string, (folder: string) => void, FileProblem['code'], RegExp][] = [
    ['where there is none', 'x', () => undefined, 'missing', /^$/],
    ['where its folder is none', 'a/b/x', () => undefined, 'missing', /^$/],
    ['where it is a folder', 'x', (at) => mkdirSync(path.join(at, 'x')), 'unreadable', /not a regular file/],
    ['where its folder is a file', 'x/y', (at) => writeFileSync(path.join(at, 'x'), ''), 'unreadable', /a file where/],
    ['where it is a link', 'x', (at) => symlinkSync('/dev/zero', path.join(at, 'x')), 'unreadable', /a link/],
    [
      'where it is a pipe',
      'x',
      (at) => void execFileSync('/usr/bin/mkfifo', [path.join(at, 'x')]),
      'unreadable',
      /reg/,
    ],
    [
      'where its name is too long',
      'x'.repeat(3000),
      () => undefined,
      'unreadable',
      /path is too long \(ENAMETOOLONG\)/,
    ],
    ['where its path leads out', '../x', () => undefined, 'unreadable', /leads out/],
    ['where Windows leads its path out', '.. /x', () => undefined, 'unreadable', /leads out/],
    ['where it is larger than is read', 'x', (at) => large(path.join(at, 'x')), 'too-large', /64 MiB/],
  ];
  for (const [title, name, prepare, code, detail] of make)
    it(title, async () => {
      const folder = newFolder();
      prepare(folder);
      const read = await nodeFolder(folder, files).read(name);
      assert.ok('problem' in read, 'it was read');
      assert.equal(read.problem.code, code);
      assert.match(read.problem.detail, detail);
    });
});

function large(file: string): void {
  writeFileSync(file, '');
  truncateSync(file, (1 << 26) + 1);
}
