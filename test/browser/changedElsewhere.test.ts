// A rotation whose files somebody else writes, in the real window: a forged plan, a changed address, a journal that goes on elsewhere.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { startEditor, type Editor } from '../editor/server';
import { openWindow, type Window } from '../editor/window';
import { prepareWorkspace, type Sample } from '../editor/workspace';
import { samplePassword } from '../lab/organization';
import { samplePaths } from '../lab/sampleWorkspace';

describe('what somebody else writes, in the window', function () {
  this.timeout(300_000);
  let sample: Sample;
  let editor: Editor;
  let window: Window;

  before(async () => {
    sample = await prepareWorkspace();
    editor = await startEditor({ ...sample, extension: process.cwd() });
    window = await openWindow(editor, 'exchange-certificates.yaml');
    await window.openContainer('Exchange Certificates');
    await window.treeRow('Organization', 'SERVER4').first().waitFor();
    await window.command('Exchange Certificates: Take Snapshot');
    await window.treeRow('Organization', 'Exchange 15.2').first().waitFor({ timeout: 90_000 });
    await beginRotation();
  });

  after(async () => {
    await window.close();
    await editor.stop();
    await sample.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.screenshot('failed-changed-elsewhere');
  });

  const beginRotation = async (): Promise<void> => {
    await window.command('Exchange Certificates: Rotate Certificate');
    await window.quickRow('www').first().click();
    await window.quickRow('www.mydomain.com-2026.pfx').first().click();
    await window.page.locator('.quick-input-widget input[type=password]').waitFor();
    await window.answer(samplePassword);
    await window.quickRow('used by').first().click();
    // the row of the old certificate names its servers, too: the list of servers is there when all are marked
    await window.page.locator('.quick-input-widget').getByText('4 Selected').waitFor();
    await window.page.keyboard.press('Enter');
    for (const question of ['Relay SERVER2', 'hybrid configuration']) {
      await window.page.locator('.quick-input-widget').getByText(new RegExp(question)).first().waitFor();
      await window.quickRow('Follow').first().click();
    }
    await window.treeRow('Rotation', 'Stage').first().waitFor({ timeout: 30_000 });
    await heading('Stage').waitFor();
  };
  const heading = (name: string): Locator => window.webview().getByRole('heading', { name }).first();
  const at = (name: string): string => {
    const [rotation = ''] = readdirSync(path.join(sample.workspace, 'rotations'));
    return path.join(sample.workspace, 'rotations', rotation, name);
  };
  const journal = (): string => readFileSync(at('journal.jsonl'), 'utf8');
  /** As anybody can: the chain proves the order of lines, not who wrote them. */
  const addLine = (line: object): void => {
    const last = journal().trimEnd().split('\n').at(-1) ?? '';
    const previous = createHash('sha256').update(last).digest('hex');
    appendFileSync(at('journal.jsonl'), `${JSON.stringify({ ...line, previous })}\n`);
  };
  const scripts = (): ReadonlyMap<string, string> =>
    new Map(
      readdirSync(at('scripts'), { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => [name, readFileSync(at(`scripts/${name}`), 'utf8')]),
    );
  const allServers = async (are: { readonly down: boolean }): Promise<void> => {
    for (const server of ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4']) {
      await sample.lab.call('fault.set', { server, ...are });
    }
  };
  /** A message that does not pop up in the test driver's window. */
  const told = async (text: RegExp): Promise<void> => {
    await window.command('Notifications: Show Notifications');
    await window.page
      .locator('.notifications-center .notification-list-item')
      .filter({ hasText: text })
      .first()
      .waitFor();
    await window.command('Notifications: Clear All Notifications');
  };

  it('a plan.md that a merge brought is not the plan that is shown, and that it differs is said', async () => {
    await window.command('View: Close All Editors');
    writeFileSync(at('plan.md'), '# Reviewed\n\n## This plan changes nothing\n');
    await window.command('Exchange Certificates: Open Plan');
    await heading('Stage').waitFor();
    assert.equal(await heading('This plan changes nothing').isVisible(), false);
    await told(/plan\.md on disk is not the plan that was made now/);
    await window.command('View: Close All Editors');
  });

  it('one letter of the Exchange addresses, changed on disk, is asked about with the host before anything runs', async () => {
    const config = path.join(sample.workspace, samplePaths.config);
    const honest = readFileSync(config, 'utf8');
    const [before, rendered] = [journal(), scripts()];
    writeFileSync(config, honest.replace('server2.mydomain.com/PowerShell', 'server2.mydomaln.com/PowerShell'));
    await window.view('Rotation').getByText('The configuration was changed outside this window').waitFor();
    await window.command('Exchange Certificates: Run Next Steps');
    await window.dialog().getByText('+ remoting.exchange: http://server2.mydomaln.com/PowerShell/').waitFor();
    await window.page.keyboard.press('Escape');
    await window.command('Exchange Certificates: Take Snapshot');
    await window.dialog().getByText('server2.mydomaln.com').waitFor();
    await window.page.keyboard.press('Escape');
    assert.deepEqual([journal(), scripts()], [before, rendered]);
    // a person who does not read it: the rotation is refused, and no script names the host
    await window.command('Exchange Certificates: Run Next Steps');
    await window.dialog().getByRole('button', { name: 'Use Changed Configuration' }).click();
    await window.treeRow('Rotation', 'SERVER2.MYDOMALN.COM').first().waitFor();
    await window.command('Exchange Certificates: Run Next Steps');
    assert.ok(![...scripts().values()].some((text) => text.includes('mydomaln')));
    assert.doesNotMatch(journal(), /"event":"run"/);
    writeFileSync(config, honest);
    await window.view('Rotation').getByText('The configuration was changed outside this window').waitFor();
    await window.command('Exchange Certificates: Run Next Steps');
    await window.dialog().getByRole('button', { name: 'Use Changed Configuration' }).click();
    await window
      .view('Rotation')
      .getByText('The configuration was changed outside this window')
      .waitFor({ state: 'hidden' });
    await window.treeRow('Rotation', 'Stage').first().waitFor();
  });

  it('a rotation that a person goes on with begins nothing where no snapshot came, also after a reload', async () => {
    const line = {
      event: 'decision',
      question: 'defer:SERVER1',
      answer: 'no',
      at: '2026-11-23T00:00:00Z',
      by: 'other@pc',
    };
    addLine(line);
    await allServers({ down: true });
    const taken = readdirSync(at('snapshots')).length;
    await window.command('Exchange Certificates: Run Next Steps');
    await window.dialog().getByRole('button', { name: 'Go On' }).click();
    await window.terminalShows('No Exchange address of the configuration could be used', 90_000);
    const owed = window.view('Rotation').getByText('no snapshot has come since').first();
    await owed.waitFor();
    await window.page.reload();
    await owed.waitFor({ timeout: 60_000 });
    await window.command('Exchange Certificates: Run Next Steps');
    await told(/Nothing begins yet/);
    assert.equal(readdirSync(at('snapshots')).length, taken);
    assert.doesNotMatch(journal(), /"event":"run"/);
    await allServers({ down: false });
    await window.command('Exchange Certificates: Take Snapshot');
    const end = Date.now() + 90_000;
    while (readdirSync(at('snapshots')).length === taken) {
      assert.ok(Date.now() < end, 'no snapshot came');
      await delay(200);
    }
    await owed.waitFor({ state: 'detached', timeout: 30_000 });
  });

  it('a rotation that can be read no more can be closed and another be opened, also after a reload', async () => {
    const sha256 = '0'.repeat(64);
    addLine({
      event: 'snapshot',
      path: `snapshots/${'a'.repeat(3000)}.json`,
      sha256,
      at: '2026-11-23T00:00:00Z',
      by: 'x',
    });
    rmSync(at('rotation.json'));
    mkdirSync(at('rotation.json'));
    await window.page.reload();
    await window.view('Rotation').getByText('rotation.json').first().waitFor({ timeout: 60_000 });
    await window.screenshot('rotation-unreadable');
    await window.command('Exchange Certificates: Close Rotation');
    await window.view('Rotation').getByText('No rotation is open').first().waitFor();
    await window.treeRow('Organization', 'SERVER4').first().waitFor();
    await window.view('Rotation').getByRole('button', { name: 'Open Rotation…' }).waitFor();
  });
});
