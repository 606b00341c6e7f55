// The views' words for each reason of emptiness, in the real window: no folder, no configuration, one that cannot be read.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEditor, type Editor } from '../editor/server';
import { openWindow, type Window } from '../editor/window';

describe('an empty tree says why', () => {
  let workspace: string;
  let editor: Editor;
  let window: Window;
  const config = (): string => path.join(workspace, 'exchange-certificates.yaml');

  before(async () => {
    workspace = await mkdtemp(path.join(tmpdir(), 'ec-welcome-'));
    await writeFile(path.join(workspace, 'readme.txt'), 'no configuration yet\n');
    editor = await startEditor({ workspace, extension: process.cwd() });
    window = await openWindow(editor, 'readme.txt');
    await window.openContainer('Exchange Certificates');
  });

  after(async () => {
    await window.close();
    await editor.stop();
    await rm(workspace, { recursive: true });
  });

  const says = async (view: string, text: string): Promise<void> => {
    await window.view(view).getByText(text).first().waitFor();
  };

  it('without a configuration, and offers to write one', async () => {
    await says('Organization', 'No exchange-certificates.yaml was found');
    await says('Rotation', 'A rotation needs a configuration that can be read');
    await window.view('Organization').getByRole('button', { name: 'Create Configuration' }).click();
    await window.treeRow('Organization', 'Servers').first().waitFor();
    await says('Rotation', 'No rotation is open');
    assert.equal(await window.view('Organization').getByText('No exchange-certificates.yaml').isVisible(), false);
  });

  it('with a configuration that cannot be read, and leads to it', async () => {
    await window.command('View: Close All Editors');
    await writeFile(config(), 'version: 1\nservers: [\n');
    await says('Organization', "The configuration can't be read");
    await window.view('Organization').getByRole('button', { name: 'Open Configuration' }).click();
    await window.editorLine('servers:').waitFor();
    assert.equal(await window.treeRow('Organization', 'Servers').count(), 0);
  });

  it('without a folder', async () => {
    await window.page.goto(editor.url().replace(/folder=[^&]*/, 'ew=true'));
    await window.openContainer('Exchange Certificates');
    await says('Organization', 'Open the folder that holds');
    assert.ok(await window.view('Organization').getByRole('button', { name: 'Open Folder' }).isVisible());
  });
});
