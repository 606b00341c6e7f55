// A pattern names files, and the newest of them is taken.
import assert from 'node:assert/strict';
import { pfxFilesFor } from '../../src/config/pfxFilesFor';
import { matchesGlob } from '../../src/config/glob';

describe('a pattern', () => {
  const cases: readonly [pattern: string, path: string, matches: boolean][] = [
    ['certificates/www*.pfx', 'certificates/www.mydomain.com-2026.pfx', true],
    ['certificates/www*.pfx', 'certificates/old/www.pfx', false],
    ['certificates/**/www.pfx', 'certificates/www.pfx', true],
    ['certificates/**/www.pfx', 'certificates/a/b/www.pfx', true],
    ['**', 'a/b.pfx', true],
    ['**/*.pfx', 'www.pfx', true],
    ['**/a/**/b', 'a/x/a/y/b', true],
    ['**/a/**/b', 'a/x/a/y/c', false],
    ['./www.pfx', 'www.pfx', true],
    ['WWW.PFX', 'www.pfx', true],
    ['ww?.pfx', 'www.pfx', true],
    ['w?.pfx', 'w😀.pfx', true],
    ['ww?.pfx', 'ww.pfx', false],
    ['*a*b*c', 'xaxbxbxc', true],
    ['*a*b*c', 'xaxcxb', false],
    ['[w]ww.pfx', 'www.pfx', false],
    ['{a,b}.pfx', 'a.pfx', false],
    ['a+(b).pfx', 'a+(b).pfx', true],
    ['www.pfx', 'wwwxpfx', false],
  ];
  for (const [pattern, path, expected] of cases) {
    it(`${pattern} ${expected ? 'names' : 'does not name'} ${path}`, () =>
      assert.equal(matchesGlob(pattern, path), expected));
  }

  it('full of stars costs no more than its length', () => {
    assert.equal(matchesGlob(`${'*a'.repeat(100)}b`, 'a'.repeat(5_000)), false);
    assert.equal(matchesGlob(`${'**/a/'.repeat(100)}b`, 'a/'.repeat(5_000)), false);
  });
});

describe('the PFX', () => {
  const files = [
    { path: 'www-1.pfx', modified: 2 },
    { path: 'www-3.pfx', modified: 5 },
    { path: 'www-2.pfx', modified: 5 },
    { path: 'other.pfx', modified: 9 },
  ];
  const paths = (pattern: string, of = files): readonly string[] => pfxFilesFor(pattern, of).map(({ path }) => path);

  it('is the newest, then the last by name; the others are named', () => {
    assert.deepEqual(paths('www*.pfx', files), ['www-3.pfx', 'www-2.pfx', 'www-1.pfx']);
    assert.deepEqual(paths('www*.pfx', files.toReversed())[0], 'www-3.pfx');
  });

  it('is not made up', () => assert.deepEqual(paths('x*.pfx', files), []));
});
