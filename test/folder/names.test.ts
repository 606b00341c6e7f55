// Names that Windows, Git and a shell take as they are.
import assert from 'node:assert/strict';
import { rotationName, snapshotPath } from '../../src/folder/names';
import { renderJson } from '../../src/folder/renderJson';

describe('names of files', () => {
  const cases: readonly [string, readonly string[], string][] = [
    ['www', [], '2026-11-22-www'],
    ['www', ['2026-11-22-WWW'], '2026-11-22-www-2'],
    ['www', ['2026-11-22-www', '2026-11-22-www-2'], '2026-11-22-www-3'],
    ['../..\\CON: ü', [], '2026-11-22-CON'],
    ['***', [], '2026-11-22-certificate'],
  ];
  for (const [label, taken, name] of cases) {
    it(`${JSON.stringify(label)} becomes ${name}`, () => {
      assert.equal(rotationName('2026-11-22T20:15:04Z', label, taken), name);
    });
  }

  it('a snapshot is named for its time, the second of a second counted', () => {
    assert.equal(snapshotPath('2026-11-22T20:14:00Z'), 'snapshots/20261122T201400Z.json');
    assert.equal(snapshotPath('2026-11-22T20:14:00Z', 2), 'snapshots/20261122T201400Z-2.json');
  });
});

describe('JSON on disk', () => {
  it('is the same bytes whatever the order of keys, with one line break at its end', () => {
    assert.equal(renderJson({ b: [{ d: 1, c: null }], a: 'x' }), renderJson({ a: 'x', b: [{ c: null, d: 1 }] }));
    assert.equal(renderJson({ b: 1, a: 2 }), '{\n  "a": 2,\n  "b": 1\n}\n');
  });
});
