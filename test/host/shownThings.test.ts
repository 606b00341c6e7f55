// What a person is asked and shown in the real host: an answer that is none, a node as it is now, a terminal that is not free.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { freeTerminal, noteBegun, noteEnded } from '../../src/ui/shell/freeTerminal';
import { createNodeTree, type TreeNode } from '../../src/ui/face/nodeTree';
import { words } from '../../src/ui/face/say';
import { askOne } from '../../src/ui/rotation/questions';
import { newMemento, until } from './sample';

describe('One of several answers', () => {
  const choices = [
    { label: 'Follow', value: 'follow' },
    { label: 'Leave', value: 'leave' },
    { label: 'Decide later', value: undefined },
  ];
  for (const [at, { label, value }] of choices.entries())
    it(`can be chosen: ${label}`, async () => {
      const asked = askOne<string | undefined>(
        { title: words('Question'), step: 1, total: 1 },
        words('What?'),
        choices,
      );
      for (let move = 0; move < at; move += 1) {
        await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      }
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.deepEqual(await asked, { answer: 'chosen', value });
    });
});

describe('A node of a tree', () => {
  it('hands commands what it stands for now, not what it stood for when it was first shown', async () => {
    const node = (thumbprint: string): TreeNode => ({
      ...{ id: 'SERVER1/smtp', label: 'SMTP', context: 'endpoint', spoken: 'SMTP', children: [] },
      subject: { thumbprint },
    });
    const tree = createNodeTree();
    tree.show([node('OLD')]);
    const [element] = (await tree.getChildren()) ?? [];
    tree.show([node('NEW')]);
    assert.deepEqual(element?.subject, { thumbprint: 'NEW' });
    const [again] = (await tree.getChildren()) ?? [];
    assert.equal(again, element, 'the editor knows it by its identity');
  });
});

describe('A terminal', () => {
  const name = 'Not free';
  const results = mkdtempSync(path.join(os.tmpdir(), 'results-'));
  const begun = { script: path.join(results, 'stage-010-import.ps1'), results, run: '5b0c1d5e9a7f4c11' };
  let memento: vscode.Memento;
  let terminal: vscode.Terminal;

  beforeEach(async () => {
    memento = newMemento();
    const free = await freeTerminal(name, memento);
    assert.ok(free !== undefined);
    terminal = free;
    writeFileSync(begun.script, '');
    await noteBegun(name, terminal, begun, memento);
  });
  afterEach(() => {
    terminal.dispose();
  });

  it('in which a script may still ask for a password is not typed into unless the user says that it has ended', async () => {
    // a modal question: the editor answers none in tests
    await assert.rejects(freeTerminal(name, memento), /stage-010-import\.ps1 has given no result yet in the terminal/);
  });

  it('is free once the result is there', async () => {
    writeFileSync(path.join(results, `3f9a01c2.20261122T210000Z.${begun.run}.json`), '{}');
    assert.equal(await freeTerminal(name, memento), terminal);
  });

  it('is free once the result was taken in and the folder of its run removed, though a reload kept the end from being noted', async () => {
    rmSync(begun.script);
    assert.equal(await freeTerminal(name, memento), terminal);
  });

  it('is free once its script was interrupted', async () => {
    await noteEnded(name, memento);
    assert.equal(await freeTerminal(name, memento), terminal);
  });

  it('is another one once it was closed, whatever ran in it', async () => {
    terminal.dispose();
    await until('the terminal closed', () => terminal.exitStatus !== undefined);
    const next = await freeTerminal(name, memento);
    assert.ok(next !== undefined && next !== terminal);
    next.dispose();
  });
});
