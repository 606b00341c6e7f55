// A PFX that Git tracks, in a real repository: the warning at its entry, and the quick fix that takes it out and leaves it on disk.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/ui/commands';
import { configUri, discard, openConfig, until, workspaceFolder } from './sample';

const git = (...given: string[]): string =>
  execFileSync('git', given, { cwd: workspaceFolder().fsPath, encoding: 'utf8' });
const at = (name: string): string => path.join(workspaceFolder().fsPath, name);
const pfx = 'certificates/www.mydomain.com-2026.pfx';
const warnings = (): readonly vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(configUri()).filter(({ code }) => code === 'pfx-tracked');

describe('A PFX that Git tracks', () => {
  before(async () => {
    await vscode.commands.executeCommand(commands.refresh);
    assert.deepEqual(warnings(), [], 'without a repository there is nothing to say');
    git('init', '--quiet');
    git('add', '--force', pfx);
  });
  after(() => {
    for (const name of ['.git', '.gitignore']) rmSync(at(name), { recursive: true, force: true });
  });

  it('is a warning at the entry that names it', async () => {
    const { document } = await openConfig();
    await vscode.commands.executeCommand(commands.refresh);
    const [warning] = await until('the warning', () => warnings().length > 0 && warnings());
    assert.ok(warning !== undefined);
    assert.equal(document.getText(warning.range), 'www');
    assert.ok(warning.message.startsWith(`${pfx} is tracked by Git`), warning.message);
  });

  it('is no longer tracked, and is still on disk, after the quick fix', async () => {
    const [warning] = warnings();
    assert.ok(warning !== undefined);
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      configUri(),
      warning.range,
    );
    const fix = fixes.find(({ title }) => title.startsWith('Stop tracking PFX files'));
    assert.ok(fix?.command !== undefined, fixes.map(({ title }) => title).join('\n'));
    await vscode.commands.executeCommand(fix.command.command, ...((fix.command.arguments ?? []) as unknown[]));
    await until('no warning', () => warnings().length === 0);
    assert.equal(git('ls-files'), '');
    assert.ok(existsSync(at(pfx)));
    assert.match(readFileSync(at('.gitignore'), 'utf8'), /^\*\.pfx$/m);
    await discard();
  });
});

describe('A workspace that wants a program run by what Git is asked', () => {
  let outside: string;
  const ran = (): string => path.join(outside, 'ran');
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  };
  /** Says that it was started, and does nothing else. */
  const program = (name: string): string => {
    const place = path.join(outside, name);
    writeFileSync(place, `#!/bin/sh\necho ${name} >> '${ran()}'\n`);
    chmodSync(place, 0o755);
    return place;
  };
  /** Refreshes until it is shown at `config` what Git tracks; answers what ran for it. */
  const ranForWarning = async (config: vscode.Uri): Promise<string> => {
    await vscode.commands.executeCommand(commands.refresh);
    await until(
      'the warning',
      () => existsSync(ran()) || vscode.languages.getDiagnostics(config).some(({ code }) => code === 'pfx-tracked'),
    );
    return existsSync(ran()) ? readFileSync(ran(), 'utf8') : '';
  };

  beforeEach(() => {
    outside = mkdtempSync(path.join(tmpdir(), 'attack-'));
    git('init', '--quiet');
    git('add', '--force', pfx);
  });
  afterEach(async () => {
    for (const name of ['.git', 'contoso', 'git']) rmSync(at(name), { recursive: true, force: true });
    rmSync(outside, { recursive: true });
    await vscode.commands.executeCommand(commands.refresh);
    await until('no warning', () => warnings().length === 0);
  });

  it('by the configuration of its repository runs nothing', async () => {
    const hooks = path.join(outside, 'hooks');
    mkdirSync(hooks);
    const planted = program('planted');
    for (const hook of ['post-index-change', 'fsmonitor-watchman']) {
      writeFileSync(path.join(hooks, hook), readFileSync(planted));
      chmodSync(path.join(hooks, hook), 0o755);
    }
    writeFileSync(at('.git/config'), `[core]\nfsmonitor="${planted}"\nhooksPath="${hooks}"\npager="${planted}"\n`);
    assert.equal(await ranForWarning(configUri()), '');
  });

  it('by a folder whose text files make it a repository runs nothing', async () => {
    write('contoso/exchange-certificates.yaml', readFileSync(configUri().fsPath, 'utf8'));
    write('contoso/HEAD', 'ref: refs/heads/main\n');
    write('contoso/objects/x', '');
    write('contoso/refs/x', '');
    write(
      'contoso/config',
      `[core]\nrepositoryformatversion=0\nbare=false\nworktree=.\nfsmonitor="${program('embedded')}"\n`,
    );
    write('contoso/www.pfx', 'a key');
    git('add', '--force', 'contoso/www.pfx');
    const embedded = vscode.Uri.file(at('contoso/exchange-certificates.yaml'));
    assert.equal(await ranForWarning(embedded), '');
  });

  it('by a program of its own named git runs nothing, even where the path begins with its folder', async () => {
    const { PATH } = process.env;
    write('git', readFileSync(program('git'), 'utf8'));
    chmodSync(at('git'), 0o755);
    process.env['PATH'] = `${workspaceFolder().fsPath}${path.delimiter}${String(PATH)}`;
    try {
      assert.equal(await ranForWarning(configUri()), '');
    } finally {
      process.env['PATH'] = PATH;
    }
  });
});

describe('A repository that cannot be read', () => {
  after(async () => {
    rmSync(at('.git'), { recursive: true, force: true });
    await vscode.commands.executeCommand(commands.refresh);
  });

  it('is said to be unknown, and not taken for one that tracks nothing', async () => {
    git('init', '--quiet');
    git('add', '--force', pfx);
    git('update-index', '--split-index');
    await vscode.commands.executeCommand(commands.refresh);
    const said = await until('the word', () =>
      vscode.languages.getDiagnostics(configUri()).find(({ code }) => code === 'pfx-tracked-unknown'),
    );
    assert.match(said.message, /not known: the index is split \(.*index\)\. Run "git ls-files"/);
  });
});
