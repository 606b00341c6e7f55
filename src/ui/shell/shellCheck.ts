// Asks a shell that was just started what it is, so that one in which no script can run is reported at once.
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { type Said, words } from '../face/say';
import { organizationRooms } from '../rooms';

/** Milliseconds between two looks for the answer, and until no answer is awaited any more: a busy machine starts a shell slowly. */
const every = 100;
const longest = 60_000;

/** What is wrong with the shell at `program`, running in `terminal`; undefined where it is Windows PowerShell 5.1 in full language mode. */
export async function shellProblem(
  terminal: vscode.Terminal,
  program: string,
  most = longest,
): Promise<Said | undefined> {
  const { shellQuestion, judgeShell } = await organizationRooms();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'exchange-certificates-'));
  try {
    const file = path.join(folder, 'shell.txt');
    terminal.sendText(shellQuestion(file), true);
    const answer = await answerIn(file, terminal, most);
    if (answer === undefined) {
      return terminal.exitStatus === undefined ? silent(program) : ended(program);
    }
    const judged = judgeShell(answer);
    if (judged.verdict === 'usable') {
      return undefined;
    }
    terminal.dispose();
    return judged.verdict === 'other' ? other(program, judged.version) : restricted(judged.mode);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** The whole line that was written; undefined where none came. */
async function answerIn(file: string, terminal: vscode.Terminal, most: number): Promise<string | undefined> {
  const end = Date.now() + most;
  while (Date.now() < end) {
    const text = await fs.readFile(file, 'latin1').catch(() => '');
    if (text.endsWith('\n')) {
      return text;
    }
    if (terminal.exitStatus !== undefined) {
      return undefined;
    }
    await pause(every);
  }
  return undefined;
}

function other(program: string, version: string): Said {
  return words(
    'The shell {0} is PowerShell {1}. The scripts run in Windows PowerShell 5.1 (powershell.exe) only: remove the setting exchangeCertificates.shell, and open the workspace on a Windows machine.',
    program,
    version,
  );
}

function restricted(mode: string): Said {
  return words(
    'Windows PowerShell runs in the language mode {0} here: a policy of this computer, AppLocker or App Control, restricts it. The scripts need FullLanguage. Only whoever sets the policy can allow it.',
    mode,
  );
}

function silent(program: string): Said {
  return words(
    'The shell {0} did not answer as Windows PowerShell 5.1 does. Read in its terminal what it says; nothing was run.',
    program,
  );
}

function ended(program: string): Said {
  return words('The shell {0} ended before anything was run in it.', program);
}
