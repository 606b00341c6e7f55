// *Compute thumbprint* and *Copy thumbprint* in the real host, told by the clipboard.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import * as vscode from 'vscode';
import { commands } from '../../src/ui/commands';
import { connectLab } from '../lab/labClient';
import { discard, until, workspaceFolder } from './sample';

const thumbprintOf = (pem: string): string => new X509Certificate(pem).fingerprint.replaceAll(':', '');

describe('a thumbprint comes to the clipboard', () => {
  const uri = () => vscode.Uri.joinPath(workspaceFolder(), 'two.pem');
  const pem: Record<'A' | 'B', string> = { A: '', B: '' };
  before(async () => {
    const lab = await connectLab(process.env['LAB_DATA'] ?? '');
    for (const name of ['A', 'B'] as const) {
      const { certificate } = (await lab.call('certificate.pem', { certificate: name })) as { certificate: string };
      pem[name] = certificate.trim();
    }
    lab.close();
    await vscode.env.clipboard.writeText('nothing yet');
  });
  afterEach(async () => {
    await discard();
    await vscode.workspace.fs.delete(uri()).then(undefined, () => undefined);
  });
  const write = (text: string) => vscode.workspace.fs.writeFile(uri(), new TextEncoder().encode(text));
  const copied = async (thumbprint: string): Promise<void> => {
    assert.match(thumbprint, /^[0-9A-F]{40}$/);
    await until(`${thumbprint} on the clipboard`, async () => (await vscode.env.clipboard.readText()) === thumbprint);
  };

  it('of a PEM file that the explorer hands over', async () => {
    await write(pem.A);
    await vscode.commands.executeCommand(commands.computeThumbprint, uri());
    await copied(thumbprintOf(pem.A));
  });

  it('of a DER file', async () => {
    await vscode.workspace.fs.writeFile(uri(), new X509Certificate(pem.B).raw);
    await vscode.commands.executeCommand(commands.computeThumbprint, uri());
    await copied(thumbprintOf(pem.B));
  });

  it('of the PEM block at the cursor, and of no other', async () => {
    await write(`Old:\n${pem.A}\nNew:\n${pem.B}\n`);
    const editor = await vscode.window.showTextDocument(uri());
    const lines = pem.A.split('\n').length;
    for (const [line, name] of [
      [3, 'A'],
      [lines + 5, 'B'],
    ] as const) {
      editor.selection = new vscode.Selection(line, 0, line, 0);
      await vscode.commands.executeCommand(commands.computeThumbprint);
      await copied(thumbprintOf(pem[name]));
    }
  });

  it('of a tree node or a certificate of the PFX page', async () => {
    const [one, other] = [thumbprintOf(pem.A), thumbprintOf(pem.B)];
    await vscode.commands.executeCommand(commands.copyThumbprint, {
      subject: { kind: 'wanted-certificate', thumbprint: one },
    });
    await copied(one);
    await vscode.commands.executeCommand(commands.copyThumbprint, { webviewSection: 'certificate', thumbprint: other });
    await copied(other);
  });
});
