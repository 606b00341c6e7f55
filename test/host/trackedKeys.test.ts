// A PFX that Git tracks, in a real repository: the warning at its entry, and the quick fix that takes it out and leaves it on disk.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/ui/commands';
import { configUri, discard, openConfig, until, workspaceFolder } from './sample';

const git = (...given: string[]): string =>
  execFileSync('git', given, { cwd: workspaceFolder().fsPath, encoding: 'utf8' });
const warnings = (): readonly vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(configUri()).filter(({ code }) => code === 'pfx-tracked');

describe('A PFX that Git tracks', () => {
  const pfx = 'certificates/www.mydomain.com-2026.pfx';
  const at = (name: string): string => path.join(workspaceFolder().fsPath, name);

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
