// The shell, its environment and its folder are the machine's: a workspace that names others in its settings is not heard.
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/ui/commands';
import { shellFolder } from '../../src/ui/shell/environment';
import { shell } from '../../src/ui/shell/shell';
import { shellProblem } from '../../src/ui/shell/shellCheck';
import { terminalFor } from '../../src/ui/shell/terminals';
import { newMemento, until, workspaceFolder } from './sample';

const inWorkspace = (...parts: readonly string[]): string => path.join(workspaceFolder().fsPath, ...parts);

let folder: string;
let opened: vscode.Terminal[];
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'shell-'));
});
after(() => rmSync(folder, { recursive: true }));
beforeEach(() => (opened = [...vscode.window.terminals]));
afterEach(async () => {
  const news = (): readonly vscode.Terminal[] => vscode.window.terminals.filter((one) => !opened.includes(one));
  for (const terminal of news()) terminal.dispose();
  await until('no terminal of the test', () => news().length === 0);
});

/** A program that a shell can be started from. */
function program(place: string, body: string): string {
  writeFileSync(place, `#!/bin/sh\n${body}\n`);
  chmodSync(place, 0o755);
  return place;
}

describe('A workspace whose settings name a shell, its environment and its folder', () => {
  const ran = (): string => path.join(folder, 'ran');
  const marks = ['ExchangeInstallPath', 'PSModulePath', 'ATTACK'];
  before(async () => {
    mkdirSync(inWorkspace('.vscode'));
    mkdirSync(inWorkspace('tools'));
    const tool = program(path.join(folder, 'tool.sh'), `echo started >> '${ran()}'; exec sh`);
    const environment = Object.fromEntries(marks.map((name) => [name, inWorkspace('tools')]));
    const settings = {
      'exchangeCertificates.shell': { path: tool },
      'terminal.integrated.env.linux': environment,
      'terminal.integrated.env.osx': environment,
      'terminal.integrated.env.windows': environment,
      'terminal.integrated.cwd': inWorkspace('tools'),
    };
    writeFileSync(inWorkspace('.vscode/settings.json'), JSON.stringify(settings));
    const settled = (): string | undefined =>
      vscode.workspace.getConfiguration('terminal.integrated').inspect<string>('cwd')?.workspaceValue;
    await until('the settings', () => settled() !== undefined);
  });
  after(() => {
    for (const name of ['.vscode', 'tools']) rmSync(inWorkspace(name), { recursive: true });
  });

  it('reaches a terminal that is made without care', async () => {
    const terminal = vscode.window.createTerminal({ name: 'careless' });
    const { pid } = await until('what the settings say', async () => {
      const found = await processOf(terminal);
      return found.environment.get('ATTACK') === inWorkspace('tools') && found;
    });
    assert.equal(readlinkSync(`/proc/${pid}/cwd`), inWorkspace('tools'));
  });

  it("does not reach the extension's: the shell, the environment and the folder are the machine's", async () => {
    await vscode.commands.executeCommand(commands.checkTerminal);
    const made = await until('a terminal', () => vscode.window.terminals.find((one) => !opened.includes(one)));
    const { pid, environment } = await processOf(made);
    assert.ok(!existsSync(ran()), 'the tool of the workspace was started');
    assert.match(readlinkSync(`/proc/${pid}/exe`), /lab$/);
    assert.deepEqual(
      marks.map((name) => environment.get(name)),
      [undefined, undefined, undefined],
    );
    assert.equal(environment.get('HOME'), process.env['HOME']);
    assert.equal(readlinkSync(`/proc/${pid}/cwd`), process.env['HOME']);
  });
});

/** The process of a terminal and what it was started with, as the system tells it. */
async function processOf(
  terminal: vscode.Terminal,
): Promise<{ pid: number; environment: ReadonlyMap<string, string> }> {
  const pid = await terminal.processId;
  assert.ok(pid !== undefined);
  const pairs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  return {
    pid,
    environment: new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
  };
}

describe('The folder of a shell', () => {
  it("is the user's own, and a folder of the system where the workspace holds that", () => {
    assert.equal(shellFolder([workspaceFolder().fsPath], folder), folder);
    for (const home of [workspaceFolder().fsPath, inWorkspace('certificates'), path.join(folder, 'missing')])
      assert.equal(shellFolder([workspaceFolder().fsPath], home), '/');
  });
});

describe('A shell that the machine names', () => {
  const setting = () => vscode.workspace.getConfiguration('exchangeCertificates');
  const set = (value: unknown) => setting().update('shell', value, vscode.ConfigurationTarget.Global);
  let machines: unknown;
  before(() => (machines = setting().inspect('shell')?.globalValue));
  afterEach(() => set(machines));

  for (const named of ['powershell.exe', './tool.sh', '', 'certificates/tool.sh']) {
    it(`by "${named}" is refused: it is no full path outside of the workspace`, async () => {
      await set({ path: named.startsWith('certificates') ? inWorkspace(named) : named });
      const answer = shell();
      assert.ok('problem' in answer);
      assert.match(answer.problem.text, /full path of powershell\.exe, outside of the workspace/);
    });
  }

  it('is used where it is Windows PowerShell 5.1, and asked once', async () => {
    const memento = newMemento();
    const [one, other] = await Promise.all([terminalFor('5.1', memento), terminalFor('5.1', memento)]);
    assert.ok(one !== undefined && one === other);
    assert.equal(await terminalFor('5.1', memento), one);
  });

  // in place of PowerShell 7, which these tests cannot count on: it answers the question as that does
  const answering = (text: string): string =>
    program(
      path.join(folder, 'other.sh'),
      `while read -r line; do file=\${line#*LiteralPath \\'}; echo '${text}' > "\${file%%\\'*}"; done`,
    );

  it('and is PowerShell 7 is reported at once, with what to do, and closed', async () => {
    const other = answering('7.5.2 Core FullLanguage');
    await set({ path: other });
    const began = Date.now();
    assert.equal(await terminalFor('7', newMemento()), undefined);
    assert.ok(Date.now() - began < 20_000);
    await until('no terminal', () => vscode.window.terminals.length === opened.length);
    const terminal = vscode.window.createTerminal({ shellPath: other });
    const problem = await shellProblem(terminal, other);
    assert.match(
      problem?.text ?? '',
      /other\.sh is PowerShell 7\.5\.2 Core\. .*5\.1 \(powershell\.exe\) only: remove the setting/,
    );
  });

  it('and is restricted by a policy is reported with the language mode', async () => {
    const terminal = vscode.window.createTerminal({ shellPath: answering('5.1.19041.1 Desktop ConstrainedLanguage') });
    assert.match((await shellProblem(terminal, ''))?.text ?? '', /language mode ConstrainedLanguage here: a policy/);
  });

  it('and is no PowerShell is reported, with its terminal left to read', async () => {
    const terminal = vscode.window.createTerminal({ shellPath: '/bin/sh' });
    assert.match((await shellProblem(terminal, '/bin/sh', 2000))?.text ?? '', /The shell \/bin\/sh did not answer/);
    assert.equal(terminal.exitStatus, undefined);
  });

  it('and ends at once is reported', async () => {
    const terminal = vscode.window.createTerminal({ shellPath: '/bin/true' });
    assert.match((await shellProblem(terminal, '/bin/true'))?.text ?? '', /The shell \/bin\/true ended before/);
  });
});
