// Holds start-up: the extension activates in the real host, and loads no more than its own bundle.
import assert from 'node:assert/strict';
import path from 'node:path';
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

  it('loads the main bundle and none of the parts that are for later', () => {
    const folder = path.join(extension().extensionPath, 'dist') + path.sep;
    const loaded = Object.keys(require.cache).filter((file) => file.startsWith(folder));
    assert.ok(loaded.includes(`${folder}extension.js`), 'the main bundle is loaded');
    const later = loaded.filter((file) => !path.basename(file).startsWith('chunk-') && !file.endsWith('extension.js'));
    assert.deepEqual(later, []);
  });

  it("sees the sample's workspace and the shell its settings name", () => {
    assert.ok(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath.endsWith('contoso'));
    const shell = vscode.workspace.getConfiguration('exchangeCertificates').get<{ path: string }>('shell');
    assert.match(shell?.path ?? '', /lab$/);
  });
});
