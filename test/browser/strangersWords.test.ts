// What a configuration, a connector and a server say, in the real window as a person sees it: no link, no picture, and all of it readable.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { startEditor, type Editor } from '../editor/server';
import { prepareWorkspace, type Sample } from '../editor/workspace';
import { openWindow, type Window } from '../editor/window';
import { sampleOrganization, samplePassword } from '../lab/organization';

/** One click on it would type a line into the terminal. */
const command = 'command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22calc%5Cr%22%7D';
const link = (words: string): string => `[${words}](${command})`;
const shown = (words: string): string => `[${words}] (${command})`;
/** A name has at most 64 characters. */
const connector = '[Relay](command:workbench.action.quit) $(error) SERVER2';

describe('The words of strangers, in the window', function () {
  this.timeout(180_000);
  let sample: Sample;
  let editor: Editor;
  let window: Window;

  before(async () => {
    const state = sampleOrganization();
    const renamed = JSON.parse(JSON.stringify(state).replaceAll('Relay SERVER2', connector)) as typeof state;
    sample = await prepareWorkspace(renamed);
    const config = path.join(sample.workspace, 'exchange-certificates.yaml');
    const pattern = link('certificates/www*.pfx, where to get it');
    writeFileSync(
      config,
      readFileSync(config, 'utf8').replace(
        'connectors:\n',
        `  - name: other\n    pfx: '${pattern}'\n    services: [SMTP]\n    hostnames: [other.mydomain.com]\nconnectors:\n`,
      ),
    );
    editor = await startEditor({ ...sample, extension: process.cwd(), popsUp: true });
    window = await openWindow(editor, 'exchange-certificates.yaml');
    await window.openContainer('Exchange Certificates');
    await window.treeRow('Organization', 'SERVER4').first().waitFor();
  });
  after(async () => {
    await window.close();
    await editor.stop();
    await sample.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.screenshot('failed-strangers');
    await sample.lab.call('fault.clear');
    await window.page.keyboard.press('Escape');
    await window.command('Notifications: Clear All Notifications');
  });

  const hasNoLink = async (place: Locator, text: string): Promise<void> => {
    await place.waitFor();
    assert.equal(await place.locator('a[href], a[data-href], .monaco-link').count(), 0);
    const whole = (await place.textContent()) ?? '';
    assert.ok(whole.includes(text), whole);
  };

  const failing = async (operation: string): Promise<void> => {
    const error = `454 4.7.5 TLS negotiation failed. See the ${link('Microsoft support article')}.`;
    await sample.lab.call('fault.set', { operation, error });
    await window.command('Exchange Certificates: Take Snapshot');
  };

  it('of a server that ends a snapshot are text in the error', async () => {
    await failing('session.open');
    const toast = window.notification(/The snapshot failed/);
    await toast.waitFor({ timeout: 90_000 });
    await hasNoLink(toast.locator('.notification-list-item-message'), shown('Microsoft support article'));
    await window.screenshot('strangers-error');
  });

  it('of a server that tells half are text over the tree', async () => {
    await failing('Get-ExchangeServer');
    const message = window.view('Organization').locator('.message', { hasText: 'The snapshot is not complete' });
    await message.waitFor({ timeout: 90_000 });
    await hasNoLink(message, shown('Microsoft support article'));
  });

  it('of a configuration are text in the warning that no PFX is found', async () => {
    await window.command('Exchange Certificates: Take Snapshot');
    await window.treeRow('Organization', 'Exchange 15.2').first().waitFor({ timeout: 90_000 });
    await window.command('Exchange Certificates: Rotate Certificate');
    await window.quickRow('other').first().click();
    const toast = window.notification(/No PFX file is found/);
    await hasNoLink(toast.locator('.notification-list-item-message'), shown('certificates/www*.pfx, where to get it'));
  });

  it('of a connector are text in the question about it', async () => {
    await window.command('Exchange Certificates: Rotate Certificate');
    await window.quickRow('www').first().click();
    await window.quickRow('www.mydomain.com-2026.pfx').first().click();
    await window.page.locator('.quick-input-widget input[type=password]').waitFor();
    await window.answer(samplePassword);
    await window.quickRow('used by').first().waitFor();
    assert.equal(await window.quickRow('used by').locator('.codicon-error').count(), 0);
    await window.quickRow('used by').first().click();
    await window.quickRow('SERVER4').first().waitFor();
    await window.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    const question = window.page.locator(
      '.quick-input-widget .quick-input-message, .quick-input-widget .quick-input-description',
    );
    await question.filter({ hasText: 'Relay' }).first().waitFor();
    await window.screenshot('strangers-question');
    await hasNoLink(question.filter({ hasText: 'Relay' }).first(), '[Relay] (command:workbench.action.quit)');
  });
});
