// Restricted Mode in the real window: every command that writes, runs or probes refuses in its own code, called past menu and palette.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startEditor, type Editor } from '../editor/server';
import { openWindow, type Window } from '../editor/window';
import { prepareWorkspace, type Sample } from '../editor/workspace';
import { commands } from '../../src/ui/commands';

/** What writes, runs or probes; the others only show, copy, or insert into a text the user sees. */
const guarded = [
  ...(['createConfiguration', 'takeSnapshot', 'checkEndpoints', 'rotate', 'runStep', 'runPhase', 'runNext'] as const),
  ...(['openInTerminal', 'continueAfterCanary', 'deferServer', 'resumeServer', 'answerQuestion'] as const),
  ...([
    'openSession',
    'convertForWindowsServer2016',
    'acceptWithoutProbe',
    'checkTerminal',
    'checkAssumptions',
    'convertToAes256',
    'stopTrackingKeys',
  ] as const),
];
const keyOf = (index: number): string => String.fromCharCode('a'.charCodeAt(0) + index);

describe('in a workspace that is not trusted', () => {
  let sample: Sample;
  let editor: Editor;
  let window: Window;
  let written: readonly string[];
  const files = (): readonly string[] =>
    readdirSync(sample.workspace, { recursive: true, encoding: 'utf8' }).toSorted();

  before(async () => {
    sample = await prepareWorkspace();
    written = files();
    editor = await startEditor({
      ...sample,
      extension: process.cwd(),
      trust: true,
      settings: { ...sample.settings, 'security.workspace.trust.startupPrompt': 'never' },
    });
    // A key runs a command whatever its menu or the palette would hide: so its own code is asked.
    const keys = guarded.map((name, index) => ({
      key: `ctrl+alt+shift+${keyOf(index)}`,
      command: commands[name],
      args: { subject: { kind: 'server', server: 'SERVER1' } },
    }));
    await writeFile(path.join(editor.profile, 'user/User/keybindings.json'), JSON.stringify(keys));
    window = await openWindow(editor, 'exchange-certificates.yaml');
  });

  after(async () => {
    await window.close();
    await editor.stop();
    await sample.stop();
  });

  it('the tree shows what the configuration wants, and says that nothing is run', async () => {
    await window.openContainer('Exchange Certificates');
    await window.treeRow('Organization', 'SERVER1').first().waitFor();
    await window.view('Organization').getByText('This workspace is not trusted').waitFor();
    await window.view('Rotation').getByText('Nothing is planned or run until you trust this workspace').waitFor();
  });

  guarded.forEach((name, index) => {
    it(`${name} refuses`, async () => {
      await window.page.keyboard.press(`Control+Alt+Shift+Key${keyOf(index).toUpperCase()}`);
      // the toast leaves by itself; the list keeps what was said
      const refused = window.page
        .locator('.notifications-center .monaco-list-row')
        .filter({ hasText: 'until this workspace is trusted' });
      await window.command('Notifications: Show Notifications');
      await refused.waitFor();
      await window.command('Notifications: Clear All Notifications');
      await refused.waitFor({ state: 'hidden' });
    });
  });

  it('nothing was written, and no terminal is open', async () => {
    assert.deepEqual(files(), written);
    assert.equal(existsSync(path.join(path.dirname(sample.workspace), 'keys')), false);
    assert.equal(await window.page.locator('.terminal-wrapper').count(), 0);
  });
});
