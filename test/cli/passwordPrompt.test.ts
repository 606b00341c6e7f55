// The question for a password at a real terminal: a pseudo-terminal that `script` makes.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { corpusFolder } from '../pfx/corpus';

const cli = path.resolve(__dirname, '../../src/cli.js');
const file = (name: string) => path.join(corpusFolder, 'files', name);

interface Ran {
  readonly code: number | null;
  /** All that the terminal showed. */
  readonly shown: string;
}

/** Runs the command in a terminal of its own and types each answer once the text before it is shown. */
function inTerminal(
  args: readonly string[],
  answers: readonly (readonly [prompt: string, typed: string])[],
): Promise<Ran> {
  const command = [process.execPath, cli, ...args].map((word) => `'${word}'`).join(' ');
  const terminal = spawn('script', ['-qfec', command, '/dev/null']);
  const waiting = [...answers];
  let shown = '';
  let seen = 0;
  // one question too many would be waited at for ever
  const patience = setTimeout(() => terminal.kill(), 30_000);
  return new Promise((resolve) => {
    terminal.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      const [next] = waiting;
      const at = next === undefined ? -1 : shown.indexOf(next[0], seen);
      if (next === undefined || at < 0) return;
      seen = at + next[0].length;
      waiting.shift();
      terminal.stdin.write(next[1]);
    });
    terminal.on('close', (code) => {
      clearTimeout(patience);
      resolve({ code, shown });
    });
  });
}

describe('a password typed at the terminal', () => {
  it('opens the file and is not shown', async () => {
    const { code, shown } = await inTerminal(['inspect', file('openssl-default.pfx')], [['Password of', 'secret\r']]);
    assert.equal(code, 0, shown);
    assert.match(shown, /Opened: 3 certificates, 1 private key/);
    assert.ok(!shown.includes('secret'));
  });

  it('may be corrected, and holds characters beyond ASCII', async () => {
    const { code } = await inTerminal(
      ['inspect', file('password-unicode.pfx')],
      [['Password of', 'x\u0015pässwörd-€-漢ä\u007f\r']],
    );
    assert.equal(code, 0);
  });

  it('is asked for again where it is wrong, three times', async () => {
    const { code, shown } = await inTerminal(
      ['inspect', file('openssl-default.pfx')],
      [
        ['Password of', 'one\r'],
        ['The password is wrong. Password of', 'two\r'],
        ['The password is wrong. Password of', 'three\r'],
      ],
    );
    assert.equal(code, 2, shown);
  });

  it('is left by Ctrl+C, and then nothing is said of the file', async () => {
    const { code, shown } = await inTerminal(['inspect', file('openssl-default.pfx')], [['Password of', '\u0003']]);
    assert.equal(code, 130, shown);
    assert.ok(!/Opened|wrong/.test(shown));
  });

  it('is not asked for where the empty one opens the file, or no password does', async () => {
    const ran = await inTerminal(['inspect', file('empty-password.pfx')], []);
    assert.equal(ran.code, 0);
    assert.ok(!ran.shown.includes('Password of'));
    const groups = path.join(corpusFolder, 'reported/protected-for-groups.pfx');
    const told = await inTerminal(['inspect', groups], []);
    assert.equal(told.code, 5);
    assert.ok(!told.shown.includes('Password of'));
  });

  it('is asked for twice where the copy is to have a new one', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'pfx-terminal-'));
    try {
      const target = path.join(folder, 'new.pfx');
      const { code, shown } = await inTerminal(
        ['convert', file('openssl-default.pfx'), '--to', target, '--ask-new-password'],
        [
          ['Password of', 'secret\r'],
          ['New password: ', 'Qx7+neu\r'],
          ['The same again: ', 'other\r'],
          ['The two differ. New password: ', 'Qx7+neu\r'],
          ['The same again: ', 'Qx7+neu\r'],
        ],
      );
      assert.equal(code, 0, shown);
      assert.ok(!/Qx7|secret/.test(shown));
      const read = spawnSync('openssl', ['pkcs12', '-in', target, '-noout', '-passin', 'pass:Qx7+neu', '-legacy']);
      assert.equal(read.status, 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
