// The interactive shell on a pseudo-terminal, as a VS Code terminal gives it one.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { labProgram } from '../lab/labProgram';
import { prompt, serverPrompt, useShell } from './shellBed';

describe('the shell of the lab', function () {
  this.timeout(60_000);
  const { data, open, shell, type, leave } = useShell('127.78.1');

  it('takes the arguments of powershell.exe and starts at the workstation', async () => {
    const terminal = await shell(['-NoLogo', '-NoProfile', '-ExecutionPolicy', 'RemoteSigned']);
    assert.match(await type(terminal, 'Get-ExecutionPolicy'), /^RemoteSigned\r\n/);
    assert.match(await type(terminal, 'Get-ExchangeServer'), /CommandNotFoundException/);
    assert.equal(await leave(terminal), 0);
  });

  it('on a server is the management shell', async () => {
    const terminal = await shell(['--server', 'SERVER1'], serverPrompt);
    assert.match(await type(terminal, '(Get-ExchangeServer SERVER1).Name', serverPrompt), /^SERVER1\r\n/);
    assert.equal(await leave(terminal), 0);
  });

  it('refuses an argument it does not know', async () => {
    const terminal = open(labProgram(), ['shell', '--data', data(), '-Frobnicate']);
    const { text, code } = await terminal.end();
    assert.deepEqual([code, text.includes('-Frobnicate')], [64, true]);
  });

  it('takes a command over several lines', async () => {
    const terminal = await shell();
    await terminal.send('if ($true) {\r');
    await terminal.expect('>> $');
    await terminal.send('"in" + "side"\r');
    await terminal.expect('>> $');
    assert.match(await type(terminal, '}'), /^inside\r\n/);
    await leave(terminal);
  });

  it('takes many pasted lines, each in its turn', async () => {
    const terminal = await shell();
    await terminal.send('$a = 1\r$b = 2\r"sum $($a + $b)"\r');
    await terminal.expect('\\nsum 3\\r\\n');
    await terminal.expect(prompt);
    await leave(terminal);
  });

  it('brings back what was typed before, and edits it', async () => {
    const terminal = await shell();
    await type(terminal, '"first"');
    await type(terminal, '"second"');
    await terminal.send('\u001b[A\u001b[A\u001b[D\u001b[D\u001b[Ds\r');
    await terminal.expect('\\nfirsst\\r\\n|\\nfisrst\\r\\n|\\nfirsst');
    await terminal.expect(prompt);
    await leave(terminal);
  });

  it('reads and shows letters beyond ASCII', async () => {
    const terminal = await shell();
    assert.match(await type(terminal, '"Grüße 证书".Length'), /^8\r\n/);
    assert.match(await type(terminal, '"Grüße 证书"'), /^Grüße 证书\r\n/);
    await leave(terminal);
  });

  it('never shows a password, typed or pasted', async () => {
    const terminal = await shell();
    await terminal.send('$p = Read-Host "PFX password" -AsSecureString; "length $($p.Length)"\r');
    await terminal.expect('PFX password: $');
    await terminal.send('gehäim\u007f\u007fimX\r');
    const text = await terminal.expect(prompt);
    assert.match(text, /length 7\r\n/);
    assert.doesNotMatch(text, /geh|häi|imX/);
    await leave(terminal);
  });

  it('stops a pipeline by Ctrl+C, runs its finally, and goes on', async () => {
    const terminal = await shell();
    await terminal.send(
      'try { Write-Host ("beg" + "in"); Start-Sleep 1000 } finally { Write-Host ("fin" + "ally") }; "never"\r',
    );
    await terminal.expect('\\nbegin');
    await terminal.send('\u0003');
    const text = await terminal.expect(prompt);
    assert.match(text, /finally/);
    assert.doesNotMatch(text, /\nnever/);
    assert.match(await type(terminal, '"on"'), /^on\r\n/);
    await leave(terminal);
  });

  it('stops a pipeline by Ctrl+C at a question', async () => {
    const terminal = await shell();
    await terminal.send('$x = Read-Host "Name"; Write-Host ("ne" + "ver")\r');
    await terminal.expect('Name: $');
    await terminal.send('\u0003');
    assert.doesNotMatch(await terminal.expect(prompt), /never/);
    await leave(terminal);
  });

  it('drops a half typed line by Ctrl+C', async () => {
    const terminal = await shell();
    await terminal.send('"half\u0003');
    await terminal.expect(prompt);
    assert.match(await type(terminal, '"whole"'), /^whole\r\n/);
    await leave(terminal);
  });

  for (const how of ['hang-up', 'SIGTERM'] as const) {
    it(`lets finally run at ${how}`, async () => {
      const mark = path.join(data(), `finally-${how}`);
      const terminal = await shell();
      await terminal.send(
        `try { Write-Host ("beg" + "in"); Start-Sleep 1000 } finally { Set-Content '${mark}' done }\r`,
      );
      await terminal.expect('\\nbegin');
      if (how === 'hang-up') {
        await terminal.hangUp();
      } else {
        await terminal.signal('SIGTERM');
        await terminal.end();
      }
      assert.equal(existsSync(mark), true);
    });
  }

  it('ends no server and loses no change when its terminal is closed', async () => {
    const terminal = await shell(['--server', 'SERVER1'], serverPrompt);
    await terminal.send("Set-Content C:\\kept.txt 'kept'\r");
    await terminal.expect(serverPrompt);
    await terminal.hangUp();
    const again = await shell(['--server', 'SERVER1'], serverPrompt);
    assert.match(await type(again, 'Get-Content C:\\kept.txt', serverPrompt), /^kept\r\n/);
    await leave(again);
  });

  it('knows its new width after the window was resized', async () => {
    const terminal = await shell();
    await terminal.resize(30, 77);
    assert.match(await type(terminal, '$Host.UI.RawUI.WindowSize.Width'), /^77\r\n/);
    await leave(terminal);
  });

  it('prints colours where asked and errors in red with their position, as 5.1 does', async () => {
    const terminal = await shell();
    assert.match(await type(terminal, 'Write-Host green -ForegroundColor Green'), /^\u001b\[92mgreen/);
    const error = await type(terminal, "throw 'oops'");
    assert.match(error, /\[91moops/);
    assert.match(error, /At line:1 char:1/);
    assert.match(error, / {4}\+ FullyQualifiedErrorId : oops/);
    await leave(terminal);
  });

  it('enters a session and comes back', async () => {
    const terminal = await shell();
    const inside = await type(
      terminal,
      'Enter-PSSession server1.mydomain.com',
      '\\[server1.mydomain.com\\]: PS [^>]*> $',
    );
    assert.match(inside, /\[server1/);
    assert.match(await type(terminal, '$env:COMPUTERNAME', '\\[server1[^>]*> $'), /^SERVER1\r\n/);
    assert.match(await type(terminal, 'Exit-PSSession'), /^PS /);
    assert.equal(await leave(terminal), 0);
  });

  for (const [title, text, args, code, printed] of [
    [
      'runs -File with its arguments and gives its exit code',
      'param([string]$Run) "run $Run"; exit 3',
      ['-Run', 'r1'],
      3,
      /run r1/,
    ],
    ['gives 0 for a -File that ends well', "'well'", [], 0, /well/],
    ['gives 1 for a -File that throws', "throw 'bad'", [], 1, /bad/],
  ] as const) {
    it(title, async () => {
      const file = path.join(data(), 'script.ps1');
      writeFileSync(file, `\ufeff${text}`);
      const terminal = open(labProgram(), [
        'shell',
        '--data',
        data(),
        '-NoProfile',
        '-ExecutionPolicy',
        'RemoteSigned',
        '-File',
        file,
        ...args,
      ]);
      const end = await terminal.end();
      assert.match(end.text, printed);
      assert.equal(end.code, code);
    });
  }

  it('gives the code of exit as its own', async () => {
    const terminal = await shell();
    await terminal.send('exit 5\r');
    assert.equal((await terminal.end()).code, 5);
  });

  it('clears nothing of what a script wrote to a file', async () => {
    const file = path.join(data(), 'out.txt');
    const terminal = await shell();
    await type(terminal, `'text' | Set-Content '${file}' -Encoding UTF8`);
    assert.equal(readFileSync(file, 'utf8'), '\ufefftext\r\n');
    await leave(terminal);
  });
});
