// Holds start-up in the real host: the extension activates, and what the manifest offers is there.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const extension = (): vscode.Extension<unknown> => {
  const found = vscode.extensions.getExtension('exchange-certificates.exchange-certificates');
  assert.ok(found, 'the host knows the extension');
  return found;
};

describe('activation', () => {
  it('happens by the config in the workspace, without an error', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('registers every command that the manifest offers', async () => {
    const { contributes } = extension().packageJSON as { contributes: { commands: readonly { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.ok(contributes.commands.length > 0);
    assert.deepEqual(missing, []);
  });

  it("sees the sample's workspace and the shell its settings name", () => {
    assert.ok(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath.endsWith('contoso'));
    const shell = vscode.workspace.getConfiguration('exchangeCertificates').get<{ path: string }>('shell');
    assert.match(shell?.path ?? '', /lab$/);
  });
});
