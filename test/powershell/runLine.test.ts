import assert from 'node:assert/strict';
import { runLine } from '../../src/powershell/runLine';

describe('runLine', () => {
  it('names the script and each argument that is given', () => {
    assert.equal(
      runLine({ script: "C:\\O'Brien\\a.ps1", run: '5b0c1d5e9a7f4c11', pfx: 'C:\\ü.pfx', keyFolder: 'C:\\keys' }),
      "& 'C:\\O''Brien\\a.ps1' -Run '5b0c1d5e9a7f4c11' -Pfx ('C:\\'+[char]0x00FC+'.pfx') -KeyFolder 'C:\\keys'",
    );
  });

  it('leaves out what is not given', () => assert.equal(runLine({ script: '/a b.ps1' }), "& '/a b.ps1'"));

  it('refuses a path with a line break, which a terminal would take for Enter', () => {
    assert.throws(() => runLine({ script: '/a\n.ps1' }), RangeError);
  });
});
