// Holds both lock files to one registry and a hash for each package, and npm ci to running no package's script.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lockBreaches, type Lock, type Locked } from './lockRules';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const integrity = `sha512-${'A'.repeat(86)}==`;
const given = (row: Locked, place = 'node_modules/a'): Lock => ({
  packages: { '': {}, [place]: { version: '1.0.0', integrity, ...row } },
});

/** Those of each lock file that have an install script: it never runs (.npmrc), and what is needed of it is built by name. */
const scripted = {
  'package-lock.json': ['@vscode/vsce-sign', 'esbuild', 'keytar'],
  'test/run/code-server/package-lock.json': ['argon2', 'code-server'],
};

describe('A lock file', () => {
  for (const [file, names] of Object.entries(scripted)) {
    it(`${file} has each package with its hash, of one registry, and names those with an install script`, () => {
      const lock = JSON.parse(read(file)) as Lock;
      assert.ok(Object.keys(lock.packages).length > 100);
      assert.deepEqual(lockBreaches(lock, names), []);
    });
  }

  for (const [what, lock, expected] of [
    ['without a hash', { packages: { 'node_modules/a': { version: '1.0.0' } } }, /no SHA-512 hash/],
    ['with a hash of SHA-1', given({ integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }), /no SHA-512 hash/],
    [
      'of another registry',
      given({ resolved: 'https://registry.invalid/a.tgz' }),
      /comes from https:\/\/registry\.invalid/,
    ],
    ['of a repository', given({ resolved: 'git+ssh://git@github.com/a/a.git#1' }), /comes from git/],
    ['of a folder', given({}, 'packages/a'), /folder of this machine/],
    ['with a script that nobody named', given({ hasInstallScript: true }), /a has an install script/],
  ] as const) {
    it(`with a package ${what} is found`, () => {
      const [breach = ''] = lockBreaches(lock, []);
      assert.match(breach, expected);
    });
  }
  it('whose package lost its script is found', () =>
    assert.deepEqual(lockBreaches(given({}), ['a']), ['a has no install script any more']));
});

describe('npm ci', () => {
  it('runs no script of a package', () => assert.match(read('.npmrc'), /^ignore-scripts=true$/m));
});
