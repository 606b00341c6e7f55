// Programs are started by their full path, outside of every workspace, and the folder of Windows is believed only where it can be one.
import assert from 'node:assert/strict';
import path from 'node:path';
import { isWithin, outside } from '../../src/programs/place';
import { runSystemProgram, windowsFolder } from '../../src/programs/systemProgram';

const workspace = path.resolve('/srv/contoso');

describe('a program', () => {
  for (const name of ['git', 'git.exe', './git', 'tools/git']) {
    it(`named ${name} is not started: it is no full path`, () =>
      assert.throws(() => outside(name, []), /is not a full path/));
  }
  for (const place of ['git', 'tools/git', '../contoso/git', '..git']) {
    it(`at ${place} of the workspace is not started`, () =>
      assert.throws(() => outside(path.resolve(workspace, place), [workspace]), /lies in the workspace/));
  }
  for (const place of ['/usr/bin/git', '/srv/contoso-tools/git', '/srv/git', '/srv/contoso/../git']) {
    it(`at ${place} is outside of the workspace`, () =>
      assert.equal(outside(path.resolve(place), [workspace]), path.resolve(place)));
  }
  it('that is the workspace itself is within it', () => assert.equal(isWithin(workspace, workspace), true));
});

describe('the folder of Windows', () => {
  const folder = (SystemRoot?: string) => windowsFolder({ SystemRoot });
  for (const told of ['C:\\Windows', 'd:\\WINNT']) {
    it(`is ${told} where the environment tells so`, () => assert.equal(folder(told), told));
  }
  for (const told of [
    undefined,
    '',
    '.',
    'Windows',
    'C:Windows',
    'C:\\',
    '\\\\server\\share\\Windows',
    '/Windows',
    'C:\\work\\contoso',
    'C:\\Windows\\..',
  ]) {
    it(`is not believed as ${told}`, () => assert.equal(folder(told), undefined));
  }
  it('is needed for a program of Windows, which else is refused by its name', () =>
    assert.rejects(runSystemProgram('whoami.exe', [], []), /whoami\.exe is a program of Windows/));
});
