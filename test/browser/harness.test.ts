// Proves that the harness sees and moves the real window: explorer, palette, menus, editor, terminal, themes.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { startEditor, type Editor } from '../editor/server';
import { openWindow, screenshots, type Window } from '../editor/window';
import { prepareWorkspace, type Sample } from '../editor/workspace';

describe('the window', () => {
  let sample: Sample;
  let editor: Editor;
  let window: Window;

  before(async () => {
    sample = await prepareWorkspace();
    editor = await startEditor({ ...sample, extension: process.cwd() });
    window = await openWindow(editor, 'exchange-certificates.yaml');
  });

  after(async () => {
    await window.close();
    await editor.stop();
    await sample.stop();
  });

  it("shows the extension's container", async () => {
    await window.openContainer('Exchange Certificates');
    await window.view('Organization').waitFor();
    await window.screenshot('container');
    assert.ok(existsSync(path.join(screenshots, 'container-dark.png')));
  });

  it('opens a file, and a right click in the text shows the menu', async () => {
    await window.openFile('exchange-certificates.yaml');
    const line = window.editorLine('organization: Contoso');
    await line.click({ button: 'right' });
    await window.menuItem('Command Palette').waitFor();
    await window.page.keyboard.press('Escape');
    assert.equal(await window.menuItem('Command Palette').isVisible(), false);
  });

  it('runs a command of the palette, and types into a terminal that answers', async () => {
    await window.command('Terminal: Create New Terminal');
    await window.terminalShows(/[$#] ?$/m);
    await window.typeInTerminal('echo $((6*7))-ok');
    assert.match(await window.terminalShows('42-ok'), /^42-ok$/m);
  });
});
