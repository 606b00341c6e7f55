// How a rotation names files outside its folder, on either system.
import assert from 'node:assert/strict';
import path from 'node:path';
import { pathBetween } from '../../src/folder/pathBetween';

describe('the path from a rotation to a file', () => {
  const cases: readonly [string, string, string, 'posix' | 'win32', string | undefined][] = [
    ['goes up with slashes', '/ws/rotations/r', '/ws/certificates/www.pfx', 'posix', '../../certificates/www.pfx'],
    ['has slashes on Windows too', 'C:\\ws\\rotations\\r', 'c:\\ws\\www.pfx', 'win32', '../../www.pfx'],
    ['is none to another drive', 'C:\\ws\\rotations\\r', 'D:\\certs\\www.pfx', 'win32', undefined],
    ['is none to a share', 'C:\\ws\\rotations\\r', '\\\\srv\\certs\\www.pfx', 'win32', undefined],
    ['is none to another share of the server', '\\\\srv\\admin\\r', '\\\\srv\\certs\\www.pfx', 'win32', undefined],
    ['stays on a share in whatever case', '\\\\SRV\\ws\\r', '\\\\srv\\WS\\www.pfx', 'win32', '../www.pfx'],
    ['stays on a share', '\\\\srv\\ws\\rotations\\r', '\\\\srv\\ws\\www.pfx', 'win32', '../../www.pfx'],
  ];
  for (const [title, folder, file, system, expected] of cases)
    it(title, () => {
      assert.equal(pathBetween(folder, file, path[system]), expected);
    });
});
