// The keys of a management shell on a pseudo-terminal: completion, history over shells, and tables as wide as the window.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { labProgram } from '../lab/labProgram';
import { prompt, serverPrompt, useShell } from './shellBed';
import { openTerminal, type TerminalDriver } from './terminalDriver';

const up = '\u001b[A';
const tab = '\t';
const backTab = '\u001b[Z';

describe('the keys of the lab’s shell', function () {
  this.timeout(60_000);
  const { data, shell, type, leave } = useShell('127.78.2');

  /** Types keys without Enter, then looks for what the line has become. */
  const typed: readonly (readonly [title: string, keys: string, line: string])[] = [
    ['Tab completes a cmdlet', `Get-SendC${tab}`, 'Get-SendConnector'],
    ['Tab completes a parameter', `Set-SendConnector -TlsC${tab}`, 'Set-SendConnector -TlsCertificateName'],
    ['Tab goes on to the next candidate', `Get-P${tab}${tab}`, 'Get-P(?!opSettings)\\w+'],
    ['Shift+Tab goes back', `Get-SendConnector -Do${tab}${tab}${backTab}`, 'Get-SendConnector -DomainController'],
    [
      'Tab in the middle of a line keeps what follows',
      `Get-ExchangeSer | fl Name\u001b[D\u001b[D\u001b[D\u001b[D\u001b[D\u001b[D\u001b[D\u001b[D\u001b[D\u001b[D${tab}`,
      'Get-ExchangeServer \\| fl Name',
    ],
    ['Tab finds no helper of the lab', `Invoke-L${tab}`, 'Invoke-L\\x07'],
    ['Ctrl+Left goes a word back', 'one three\u001b[1;5Dtwo ', 'one two three'],
  ];
  /** One terminal for all of them: each line is given up by Ctrl+C. */
  let server: TerminalDriver | undefined;
  after(() => server?.close());
  for (const [title, keys, line] of typed) {
    it(title, async () => {
      if (server === undefined) {
        server = openTerminal(labProgram(), ['shell', '--data', data(), '--server', 'SERVER1']);
        await server.expect(serverPrompt);
      }
      await server.send(keys);
      await server.expect(line);
      await server.send('\u0003');
      await server.expect(serverPrompt);
    });
  }

  it('what Tab has completed is run as it stands', async () => {
    const terminal = await shell(['--server', 'SERVER1'], serverPrompt);
    assert.match(
      await type(terminal, `(Get-ExchangeServ${tab} -Ident${tab} SERVER2).Name`, serverPrompt),
      /\nSERVER2\r\n$|^SERVER2\r\n/m,
    );
  });

  it('Tab completes over there, in a session that was entered', async () => {
    const terminal = await shell();
    await type(terminal, 'Enter-PSSession server1.mydomain.com', '\\[server1[^>]*> $');
    await terminal.send(`Get-WebBin${tab}`);
    await terminal.expect('Get-WebBinding');
    await terminal.send('\u0003');
    await terminal.expect('\\[server1[^>]*> $');
  });

  it('the answer to a question has neither completion nor history', async () => {
    const terminal = await shell();
    await type(terminal, '"before"');
    await terminal.send('"got <$(Read-Host Name)>"\r');
    await terminal.expect('Name: $');
    await terminal.send(`${up}x\r`);
    await terminal.expect('got <x>');
  });

  it('arrow up brings back what another shell of the same place was told, also over two lines', async () => {
    const first = await shell();
    await first.send('if ($true) {\r');
    await first.expect('>> $');
    await type(first, '"in" + "side" }');
    await leave(first);
    const second = await shell();
    await second.send(`${up}${up}\r`);
    await second.expect('\\ninside\\r\\n');
    await second.expect(prompt);
    await leave(second);
  });

  it('a server’s history is its own', async () => {
    const workstation = await shell();
    await type(workstation, '"at the workstation"');
    await leave(workstation);
    const server = await shell(['--server', 'SERVER3'], serverPrompt);
    await server.send(`${up}"nothing" + " before"\r`);
    await server.expect('\\nnothing before');
  });

  it('no line with a password is kept for another shell', async () => {
    const terminal = await shell();
    await type(terminal, '$null = ConvertTo-SecureString "geheim" -AsPlainText -Force');
    await type(terminal, '"kept"');
    await leave(terminal);
    const kept = readFileSync(path.join(data(), 'history-workstation.txt'), 'utf8');
    assert.match(kept, /"kept"/);
    assert.doesNotMatch(kept, /geheim/);
  });

  for (const columns of [60, 160]) {
    it(`a table is as wide as a window of ${String(columns)} columns`, async () => {
      const terminal = await shell(['--server', 'SERVER1'], serverPrompt);
      await terminal.resize(40, columns);
      const text = await type(terminal, 'Get-SendConnector', serverPrompt);
      const lines = text.replace(/\u001b\[[0-9;]*m/g, '').split('\r\n');
      const widest = Math.max(...lines.map((line) => line.length));
      assert.ok(widest <= columns, `${String(widest)} columns:\n${text}`);
      // the long name is cut in the narrow window and whole in the wide one
      assert.equal(text.includes('12345567-1234-49d6-b8d7-a4baf80d9b37'), columns === 160, text);
    });
  }

  it('warnings are yellow, and what a cmdlet asks can be answered by its letter', async () => {
    const terminal = await shell(['--server', 'SERVER1'], serverPrompt);
    assert.match(await type(terminal, "Write-Warning 'careful'", serverPrompt), /\u001b\[93mWARNING: careful/);
    await terminal.send('Set-Content C:\\x.txt x; Remove-Item C:\\x.txt -Confirm\r');
    await terminal.expect('default is "Y"\\): $');
    await terminal.send('n\r');
    await terminal.expect(serverPrompt);
    assert.match(await type(terminal, 'Test-Path C:\\x.txt', serverPrompt), /^True/);
  });

  it('a line longer than the window is shown once, and changes where it stands', async () => {
    const terminal = await shell(['--server', 'SERVER1'], serverPrompt);
    await terminal.resize(40, 60);
    const before = `# ${'a long line '.repeat(12)}`;
    await terminal.send(`${before}end\u007f\u001b[D\u001b[DX\r`);
    const text = await terminal.expect(serverPrompt);
    const start = '[PS] C:\\Windows\\system32>';
    assert.equal(shownBy(`${start}${text}`, 60).join(''), `${start}${before}Xen${start}`);
  });

  it('Ctrl+L clears the window and keeps the line', async () => {
    const terminal = await shell();
    await terminal.send('"whole"\u000c');
    await terminal.expect('\\x1b\\[H\\x1b\\[2J.*"whole"');
    await terminal.send('\r');
    await terminal.expect('\\nwhole\\r\\n');
  });
});

/** The rows of a window that showed `text`, by the few controls that drawing a line needs. */
function shownBy(text: string, columns: number): readonly string[] {
  const rows: string[][] = [[]];
  let row = 0;
  let column = 0;
  for (const [sign, count, letter] of text.matchAll(/\u001b\[\??(\d*)(\p{L})|\u001b=|./gsu)) {
    const by = Number(count ?? '') || 1;
    if (sign === '\r') column = 0;
    else if (sign === '\n') row += 1;
    else if (letter === 'A') row -= by;
    else if (letter === 'C') column += by;
    else if (letter === 'J') rows.splice(row, rows.length, (rows[row] ?? []).slice(0, column));
    else if (!sign.startsWith('\u001b')) {
      // a full row holds the cursor until the next letter
      if (column === columns) {
        row += 1;
        column = 0;
      }
      (rows[row] ??= [])[column] = sign;
      column += 1;
    }
  }
  return rows.map((letters) => letters.join(''));
}
