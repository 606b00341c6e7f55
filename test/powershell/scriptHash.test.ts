import assert from 'node:assert/strict';
import { renderSession } from '../../src/powershell/renderSession';
import { scriptHash, withoutSignature } from '../../src/powershell/scriptHash';

const text = "\uFEFF# a script\n$a = '# SIG # Begin signature block'\nGet-Date\n";
const block = '# SIG # Begin signature block\r\n# MIIabc\r\n# SIG # End signature block\r\n';

describe('scriptHash', () => {
  const same: readonly [string, string][] = [
    ['a signature block', `${text}\r\n${block}`],
    ['a signature block without a blank line', text + block],
    ['a block of several lines', text + block.replace('# MIIabc', '# MIIabc+/\r\n# Zm9v\r\n# Yg==')],
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
    ['a module that a false block loads', text + block.replace('# MIIabc', '#requires -Modules Planted')],
    ['the same with a blank before it', text + block.replace('# MIIabc', '# requires -Modules Planted')],
    ['such a line behind true ones', text + block.replace('# MIIabc', '# MIIabc\r\n#Requires -Modules Planted')],
    ['a block comment inside a false block', text + block.replace('# MIIabc', '#><#')],
    ['a line of a block without its blank', text + block.replace('# MIIabc', '#MIIabc')],
    ['letters that are no base64 inside a block', text + block.replace('MIIabc', 'MII\u212Abc')],
    ['an empty comment inside a block', text + block.replace('# MIIabc', '# ')],
    ['a block without its end', `${text}# SIG # Begin signature block\n# MIIabc\n`],
  ];
  for (const [what, changed] of other) {
    it(`is another with ${what}`, () => assert.notEqual(scriptHash(changed), scriptHash(text)));
  }

  it('covers session.ps1 to its last line', () => {
    assert.equal(withoutSignature(renderSession()), renderSession().slice(1).trimEnd());
  });
});
