// *Check Endpoints* in the real window: what it shows and where, that a cancel and a reload leave no socket open, and a server that looks.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { startEditor, type Editor } from '../editor/server';
import { openWindow, type Window } from '../editor/window';
import { prepareWorkspace, type Sample } from '../editor/workspace';

const check = 'Exchange Certificates: Check Endpoints';

/** The sockets that `server` has open; it says nothing to them. */
function heldBy(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .on('close', () => sockets.delete(socket))
      .resume();
  });
  return sockets;
}

async function count(sockets: ReadonlySet<Socket>, wanted: number): Promise<void> {
  const end = Date.now() + 25_000;
  while (sockets.size !== wanted) {
    assert.ok(Date.now() < end, `${sockets.size} sockets are open, not ${wanted}`);
    await delay(50);
  }
}

describe('Check Endpoints, in the window', function () {
  this.timeout(180_000);
  let sample: Sample;
  let editor: Editor;
  let window: Window;
  let config: string;

  before(async () => {
    sample = await prepareWorkspace();
    config = path.join(sample.workspace, 'exchange-certificates.yaml');
    editor = await startEditor({ ...sample, extension: process.cwd() });
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
    if (this.currentTest?.state === 'failed') await window.screenshot('failed-probing');
  });

  /** The test writes the configuration as a merge does, and a server looks from where it says: that is asked about. */
  const useChanged = (): Promise<void> =>
    window.dialog().getByRole('button', { name: 'Use Changed Configuration' }).click();
  const status = () => window.page.locator('.statusbar-item').filter({ hasText: /\d+ endpoints/ });

  /** Where they are listed: only errors pop up under the test driver. */
  const inNotifications = async (text: string): Promise<Locator> => {
    await window.command('Notifications: Show Notifications');
    return window.page.locator('.notifications-center .notification-list-item').filter({ hasText: text });
  };

  it('shows nothing in the status bar before anything was looked at', async () =>
    assert.equal(await status().count(), 0));

  it('shows the results in the tree, in the status bar and in Problems, at the server in the configuration', async () => {
    await window.command(check);
    await status().filter({ hasText: '16 endpoints' }).waitFor();
    await window.treeRow('Organization', 'SERVER1').first().click();
    await window.page.keyboard.press('ArrowRight');
    await window.treeRow('Organization', 'SMTP (STARTTLS)').first().waitFor();
    await window.page.keyboard.press('Control+Shift+M');
    const problem = window.page
      .locator('.markers-panel .monaco-list-row')
      .filter({ hasText: 'The certificate expires in' });
    await problem.first().waitFor();
    await window.screenshot('probing-problems');
    await problem.first().dblclick();
    await window
      .editorLine(/name:\sSERVER\d/)
      .first()
      .waitFor();
  });

  it('opens the table by a click on the status bar', async () => {
    await window.page.keyboard.press('Control+Shift+M');
    await status().click();
    await window.editorLine('| Server | Endpoint | Presented |').waitFor();
    await window.command('Markdown: Open Preview to the Side');
    await window.webview().locator('td').filter({ hasText: 'SERVER1' }).first().waitFor();
    await window.screenshot('probing-table');
    await window.command('View: Close All Editors');
    await window
      .dialog()
      .getByRole('button', { name: /Don.t Save/ })
      .click();
  });

  describe('with servers that accept and say nothing', () => {
    const silent = createServer();
    const sockets = heldBy(silent);
    let right: string;

    before(async () => {
      silent.listen(0, '0.0.0.0');
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      right = readFileSync(config, 'utf8');
      const servers = Array.from(
        { length: 40 },
        (_, at) =>
          `  - { name: S${at}, fqdn: s${at}.mydomain.com, address: 127.78.0.${at + 1}, endpoints: { smtp: ${port}, https: 0, imaps: 0, pop3s: 0 } }\n`,
      );
      writeFileSync(config, right.replace(/^servers:\n[^]*?(?=^certificates:)/m, `servers:\n${servers.join('')}`));
      await window.treeRow('Organization', 'S0').first().waitFor();
    });
    after(async () => {
      writeFileSync(config, right);
      silent.close();
      await once(silent, 'close');
      await window.treeRow('Organization', 'SERVER1').first().waitFor();
    });

    it('tells of its progress, and a cancel there closes every socket', async () => {
      await window.command(check);
      await useChanged();
      await count(sockets, 32);
      const progress = await inNotifications('Looking at 40 endpoints');
      await window.screenshot('probing-progress');
      await progress.getByRole('button', { name: 'Cancel' }).click();
      await count(sockets, 0);
      await progress.waitFor({ state: 'detached' });
    });

    it('leaves no socket open where the window is reloaded meanwhile, and can be used again then', async () => {
      await window.command(check);
      await count(sockets, 32);
      await window.page.reload();
      await count(sockets, 0);
      await window.treeRow('Organization', 'S0').first().waitFor({ timeout: 60_000 });
      await window.command(check);
      await count(sockets, 32);
      await (await inNotifications('Looking at 40 endpoints')).getByRole('button', { name: 'Cancel' }).click();
      await count(sockets, 0);
    });
  });

  it('is made by a server where the configuration says so, in the terminal', async () => {
    // the view tells the organization's name: so it is seen that the file was read again
    const right = readFileSync(config, 'utf8');
    writeFileSync(config, right.replace('organization: Contoso', 'organization: Fabrikam\nprobe: { from: SERVER2 }'));
    await window.view('Organization').getByText('Fabrikam').first().waitFor();
    await window.command(check);
    await useChanged();
    await window.terminalShows(/look-at-endpoints\.ps1/);
    await window.terminalShows(/^done/m, 60_000);
    await status().filter({ hasText: '16 endpoints' }).waitFor();
    await window.screenshot('probing-from');
    writeFileSync(config, right);
    await window.view('Organization').getByText('Contoso').first().waitFor();
  });

  it('closes the sockets of the server that looks where it is cancelled, and can be made again then', async () => {
    const silent = createServer();
    const sockets = heldBy(silent);
    silent.listen(0, '0.0.0.0');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const right = readFileSync(config, 'utf8');
    const entry = `  - { name: SILENT, fqdn: silent.mydomain.com, address: 127.78.0.1, endpoints: { smtp: ${port}, https: 0, imaps: 0, pop3s: 0 } }`;
    writeFileSync(config, right.replace('servers:\n', `probe: { from: SERVER2 }\nservers:\n${entry}\n`));
    await window.treeRow('Organization', 'SILENT').first().waitFor();
    const looks = async (): Promise<void> => {
      await count(sockets, 1);
      await (
        await inNotifications('Looking at 17 endpoints from SERVER2')
      )
        .getByRole('button', { name: 'Cancel' })
        .click();
      await count(sockets, 0);
    };
    await window.command(check);
    await useChanged();
    await looks();
    await window.command(check);
    await looks();
    writeFileSync(config, right);
    silent.close();
    await once(silent, 'close');
  });
});
