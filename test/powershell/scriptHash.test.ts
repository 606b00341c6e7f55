import assert from 'node:assert/strict';
import { renderSession } from '../../src/powershell/renderSession';
import { scriptHash, withoutSignature } from '../../src/powershell/scriptHash';

const text = "\uFEFF# a script\n$a = '# SIG # Begin signature block'\nGet-Date\n";
const block = '# SIG # Begin signature block\r\n# MIIabc\r\n# SIG # End signature block\r\n';

describe('scriptHash', () => {
  const same: readonly [string, string][] = [
    ['a signature block', `${text}\r\n${block}`],
    ['a signature block without a blank line', text + block],
    ['no byte order mark', text.slice(1)],
    ['blanks at the end', `${text}\r\n\n  `],
  ];
  for (const [what, changed] of same) {
    it(`is the same with ${what}`, () => assert.equal(scriptHash(changed), scriptHash(text)));
  }

  const other: readonly [string, string][] = [
    ['another last line', text.replace('Get-Date', 'Get-Item')],
    ['code behind a false signature block', `${text}${block}Remove-Item x\n`],
    ['code inside a false signature block', text + block.replace('# MIIabc', 'Remove-Item x')],
    ['code behind a lone CR inside a false block', text + block.replace('# MIIabc', '# MIIabc\rRemove-Item x')],
    ['a block without its end', `${text}# SIG # Begin signature block\n# MIIabc\n`],
  ];
  for (const [what, changed] of other) {
    it(`is another with ${what}`, () => assert.notEqual(scriptHash(changed), scriptHash(text)));
  }

  it('covers session.ps1 to its last line', () => {
    assert.equal(withoutSignature(renderSession()), renderSession().slice(1).trimEnd());
  });
});
