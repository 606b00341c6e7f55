// *Open session* in the real window, with the lab's shell: a terminal of its own with the session made.
import assert from 'node:assert/strict';
import { startEditor, type Editor } from '../editor/server';
import { openWindow, type Window } from '../editor/window';
import { prepareWorkspace, type Sample } from '../editor/workspace';

describe('a session for work by hand', () => {
  let sample: Sample;
  let editor: Editor;
  let window: Window;

  before(async () => {
    sample = await prepareWorkspace();
    editor = await startEditor({ ...sample, extension: process.cwd() });
    window = await openWindow(editor, 'exchange-certificates.yaml');
    await window.openContainer('Exchange Certificates');
    await window.treeRow('Organization', 'SERVER2').first().waitFor();
  });

  after(async () => {
    await window.close();
    await editor.stop();
    await sample.stop();
  });

  it('is preceded by what the terminal allows: its execution policies and its language mode', async () => {
    await window.command('Exchange Certificates: Check Terminal');
    await window.terminalShows(/MachinePolicy +\w+/, 60_000);
    await window.terminalShows(/Process +RemoteSigned/);
    assert.match(await window.terminalShows('Language mode: FullLanguage'), /^Language mode: FullLanguage$/m);
  });

  it('is preceded by what the organization is asked: what our scripts rely on, shown as text, without a name in its JSON', async () => {
    await window.command('Exchange Certificates: Check Assumptions');
    await window.page
      .locator('.editor-instance .view-line')
      .filter({ hasText: 'could not be asked' })
      .first()
      .waitFor({ timeout: 120_000 });
    const editorText = async (): Promise<string> =>
      (await window.page.locator('.editor-instance .view-lines').last().innerText()).replaceAll('\u00a0', ' ');
    assert.match(await editorText(), /None of what could be asked fails: \d{3} hold\./);
    // the test driver of VS Code lets only errors pop up
    await window.command('Notifications: Show Notifications');
    await window.page.locator('.notifications-center').getByRole('button', { name: 'Show JSON' }).first().click();
    await window.page.locator('.editor-instance .view-line').filter({ hasText: '"exchange": [' }).first().waitFor();
    assert.doesNotMatch(await editorText(), /SERVER\d|mydomain/i);
    await window.command('View: Revert and Close Editor');
    await window.command('View: Revert and Close Editor');
  });

  it('on the organization has the Exchange commands', async () => {
    await window.command('Exchange Certificates: Open Session');
    await window.quickRow('Contoso').first().click();
    await window.terminalShows('Exchange commands are here by', 60_000);
    await window.typeInTerminal('(Get-ExchangeServer).Count');
    await window.terminalShows(/^4$/m);
  });

  it('on a server, from its node in the tree, stands on that server', async () => {
    const row = window.treeRow('Organization', /^SERVER2/).first();
    await window.rowAction(row, 'Open Session');
    await window.terminalShows(/^\[server2[^\]]*\]: PS /im, 60_000);
    await window.typeInTerminal('$env:COMPUTERNAME + "-here"');
    await window.terminalShows(/^SERVER2-here$/m);
  });

  it('that is open already is shown, and nothing is typed into it', async () => {
    const prompts = (text: string): number => [...text.matchAll(/^\[server2/gim)].length;
    const shown = prompts(await window.terminalText());
    await window.rowAction(window.treeRow('Organization', /^SERVER2/).first(), 'Open Session');
    await window.page.getByText('This session is open already').first().waitFor();
    assert.equal(prompts(await window.terminalText()), shown);
  });
});
