// Which shell runs scripts: Windows PowerShell 5.1 in full language mode, and no other, by its own word.
import assert from 'node:assert/strict';
import { judgeShell, shellQuestion } from '../../src/powershell/preflightLine';

describe('A shell that answers', () => {
  const is = (answer: string, expected: object) =>
    it(JSON.stringify(answer), () => assert.deepEqual(judgeShell(answer), expected));

  is('5.1.19041.4648 Desktop FullLanguage\r\n', { verdict: 'usable' });
  is('5.1.14393.206 Desktop FullLanguage\r\n', { verdict: 'usable' });
  is('7.5.2 Core FullLanguage\n', { verdict: 'other', version: '7.5.2 Core' });
  is('5.1.19041.1 Core FullLanguage\n', { verdict: 'other', version: '5.1.19041.1 Core' });
  is('4.0  FullLanguage\r\n', { verdict: 'other', version: '4.0' });
  is('5.10.1 Desktop FullLanguage\n', { verdict: 'other', version: '5.10.1 Desktop' });
  is('\n', { verdict: 'other', version: '' });
  is(`7.0 ${'x'.repeat(1000)} FullLanguage\n`, { verdict: 'other', version: `7.0 ${'x'.repeat(28)}` });
  is('5.1.19041.1 Desktop ConstrainedLanguage\r\n', { verdict: 'restricted', mode: 'ConstrainedLanguage' });
  is('5.1.19041.1 Desktop \r\n', { verdict: 'restricted', mode: '' });
});

describe('The question to a shell', () => {
  it('is one line of ASCII that quotes the file it is answered in', () => {
    const line = shellQuestion("C:\\Users\\O'Brien\\shell.txt");
    assert.match(line, /^[\x20-\x7e]+$/);
    assert.ok(line.endsWith("| Set-Content -LiteralPath 'C:\\Users\\O''Brien\\shell.txt' -Encoding ASCII"), line);
  });
});
