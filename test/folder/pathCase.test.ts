// A file is found below a folder as its file system compares them, and a rotation's paths fit into what Windows opens.
import assert from 'node:assert/strict';
import { longestInFolder } from '../../src/folder/names';
import { pathBelow } from '../../src/folder/pathCase';
import { phases, type Phase } from '../../src/model/phases';
import { stepKinds, type StepKind } from '../../src/model/stepKinds';
import { scriptPath } from '../../src/plan/scriptPath';
import { rotation } from '../plan/organization';

describe('a path below a folder', () => {
  const cases: readonly [string, string, string, string, string | undefined][] = [
    ['on Linux counts case', '/ws', '/WS/a.pfx', 'linux', undefined],
    ['on Windows does not', '/c:/Work', '/C:/work/Certs/A.pfx', 'win32', 'Certs/A.pfx'],
    ['on macOS does not', '/Users/x', '/users/X/a.pfx', 'darwin', 'a.pfx'],
    ['is none beside it', '/c:/work', '/c:/workshop/a.pfx', 'win32', undefined],
    ['keeps a folder whose small letters are longer', '/c:/\u0130', '/c:/\u0130/a.pfx', 'win32', 'a.pfx'],
    ['of the root', '/', '/a.pfx', 'linux', 'a.pfx'],
  ];
  for (const [title, folder, file, platform, expected] of cases)
    it(title, () => assert.equal(pathBelow(folder, file, platform), expected));
});

describe('the longest path of a rotation', () => {
  it('is no longer than what a folder is judged by', () => {
    const server = 'S'.repeat(80);
    const paths = (Object.keys(phases) as Phase[]).flatMap((phase) =>
      (Object.keys(stepKinds) as StepKind[]).map((kind) =>
        scriptPath(phase, { kind, target: { server }, id: '01234567' }, rotation({ servers: [server] })),
      ),
    );
    const result = `results/01234567.20261122T201400Z.${'a'.repeat(16)}.json.tmp`;
    for (const one of [...paths, result]) assert.ok(one.length + 1 <= longestInFolder, `${String(one.length)} ${one}`);
  });
});
