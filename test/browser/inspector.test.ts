// The inspector in the real window: asked, cancelled, remembered, forgotten, changed on disk, converted, by keyboard and in four themes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { allThemes } from '../editor/window';
import {
  answer,
  closeAll,
  open,
  pageFrame,
  password,
  passwordBox,
  showTheme,
  startBed,
  violations,
  type Bed,
} from './inspectorBed';

const corpus = path.resolve(__dirname, '../../../test/fixtures/pfx/files');

/** The folder of copies once there was one. */
function keyFolder(keys: string): string {
  mkdirSync(keys, { recursive: true });
  return keys;
}

describe('the inspector', () => {
  let bed: Bed;
  const page = (text: string | RegExp): Locator => bed.window.webview().getByText(text).first();
  const boxTitle = (): Locator => bed.window.page.locator('.quick-input-title');
  const pageButton = (name: string): Locator => bed.window.webview().getByRole('button', { name });

  before(async () => {
    bed = await startBed([
      { from: 'openssl-default.pfx', name: 'one.pfx' },
      { from: 'key-ec.pfx', name: 'two.pfx' },
      { from: 'pem.pfx', name: 'chain.pem' },
      { from: '../reported/protected-and-password.pfx', name: 'groups.pfx' },
      { from: 'unreadable-certificate.pfx', name: 'partly.pfx' },
    ]);
  });
  after(() => bed.stop());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bed.window.screenshot('failed-inspector');
    await closeAll(bed.window);
  });

  it('takes a closed box for no outcome, and asks again from the page by keyboard', async () => {
    await open(bed.window, 'one.pfx');
    await passwordBox(bed.window).waitFor();
    assert.equal(await boxTitle().textContent(), 'Password of one.pfx');
    await bed.window.page.keyboard.press('Escape');
    await page('No password was given').waitFor();
    assert.equal(await bed.window.webview().locator('.outcome').count(), 0);
    assert.deepEqual(await violations(bed.window), []);
    await pageButton('Enter Password').press('Enter');
    await answer(bed.window, 'wrong');
    await bed.window.page.getByText('The password is wrong').first().waitFor();
    await answer(bed.window, password);
    await page('Opened: 3 certificates, 1 private key.').waitFor();
  });

  it('keeps the focus in the box while the page comes up behind it, and gives it to the page then', async () => {
    const { page: whole } = bed.window;
    const focused = () => whole.evaluate('document.activeElement?.tagName');
    await open(bed.window, 'one.pfx');
    await passwordBox(bed.window).waitFor();
    await whole.locator('iframe.webview.ready').waitFor();
    assert.equal(await focused(), 'INPUT');
    // as a person types: into whatever has the focus
    await whole.keyboard.type(password);
    await whole.keyboard.press('Enter');
    await page('Opened: 3 certificates, 1 private key.').waitFor();
    assert.equal(await focused(), 'IFRAME');
  });

  it('remembers a password when asked, and forgets it when told', async () => {
    await open(bed.window, 'one.pfx');
    await passwordBox(bed.window).waitFor();
    await bed.window.page.locator('.quick-input-titlebar .action-label[aria-label="Remember the Password"]').click();
    await bed.window.page.getByText('It will be remembered').waitFor();
    await answer(bed.window, password);
    await page('Opened: 3').waitFor();
    await closeAll(bed.window);
    await open(bed.window, 'one.pfx');
    await page('Opened: 3').waitFor();
    await pageButton('Forget the Password').press('Enter');
    await pageButton('Forget the Password').waitFor({ state: 'detached' });
    await closeAll(bed.window);
    await open(bed.window, 'one.pfx');
    await passwordBox(bed.window).waitFor();
    await bed.window.page.keyboard.press('Escape');
  });

  it('asks for one file after the other, and a closed tab takes its box along', async () => {
    await open(bed.window, 'one.pfx');
    await passwordBox(bed.window).waitFor();
    await open(bed.window, 'two.pfx');
    // the second has come to where it would ask, too
    await page('Waiting for the password').waitFor();
    assert.equal(await boxTitle().textContent(), 'Password of one.pfx');
    // at its left, since the box lies over the rest
    const tab = bed.window.page.getByRole('tab', { name: 'one.pfx' });
    await tab.click({ button: 'middle', position: { x: 10, y: 12 } });
    await boxTitle().getByText('Password of two.pfx').waitFor();
    await answer(bed.window, password);
    await page('CN=ec.mydomain.com').waitFor();
  });

  it('shows a file anew that was replaced on disk, and asks nothing where only its time changed', async () => {
    const file = path.join(bed.folder, 'one.pfx');
    await open(bed.window, 'one.pfx', password);
    await page('CN=www.mydomain.com').waitFor();
    utimesSync(file, new Date(), new Date());
    // what is shown of a later change was told after it
    writeFileSync(path.join(bed.folder, 'later'), '');
    await bed.window.explorer('later').waitFor();
    assert.equal(await passwordBox(bed.window).isVisible(), false);
    copyFileSync(path.join(corpus, 'key-ec.pfx'), `${file}.new`);
    renameSync(`${file}.new`, file);
    await answer(bed.window, password);
    await page('CN=ec.mydomain.com').waitFor();
    copyFileSync(path.join(corpus, 'openssl-default.pfx'), file);
    await answer(bed.window, password);
    await page('CN=www.mydomain.com').waitFor();
  });

  it('shows a PEM file by Reopen With, whose default stays the text', async () => {
    await bed.window.explorer('chain.pem').dblclick();
    await bed.window.editorLine('BEGIN CERTIFICATE').first().waitFor();
    await bed.window.command('View: Reopen Editor With...');
    await bed.window.quickRow('Certificate Inspector').click();
    await page(/^Opened: \d+ certificates?\.$/).waitFor();
    assert.deepEqual(await violations(bed.window), []);
  });

  it('tells of a file that Windows protected for groups and asks for nothing, until a person says that it has a password', async () => {
    await open(bed.window, 'groups.pfx');
    await page(/S-1-5-21-1004336348-1177238915-682003330-512 \(Domain Admins\)/).waitFor();
    assert.equal(await passwordBox(bed.window).isVisible(), false);
    await pageButton('Enter Password').press('Enter');
    await answer(bed.window, password);
    await page('Opened: 3 certificates, 1 private key.').waitFor();
  });

  it('writes a copy that lacks a certificate only after it said what is missing', async () => {
    const { window, keys } = bed;
    const before = readdirSync(keyFolder(keys)).length;
    const convert = async (): Promise<void> => {
      await open(window, 'partly.pfx');
      await page(/^Opened: /).waitFor();
      await pageButton('Convert for Windows Server 2016').press('Enter');
      await window.quickRow('Leave out the root certificate').waitFor();
      await window.page.keyboard.press('Enter');
      await window.quickRow("Keep the file's password").click();
      await answer(window, '');
      await window.dialog().getByText('could not be read and will be missing').waitFor();
    };
    await convert();
    await window.dialog().getByText('A part of the file could not be read').waitFor();
    await window.dialog().getByRole('button', { name: 'Cancel' }).click();
    await window.dialog().waitFor({ state: 'detached' });
    assert.equal(readdirSync(keyFolder(keys)).length, before);
    await closeAll(window);
    await convert();
    await window.dialog().getByRole('button', { name: 'Convert without It' }).click();
    await window.dialog().waitFor({ state: 'detached' });
    await window.command('Notifications: Show Notifications');
    await window.page
      .locator('.notifications-center')
      .getByText(/Written: /)
      .first()
      .waitFor();
    await window.command('Notifications: Clear All Notifications');
    const made = readdirSync(keys);
    assert.equal(made.length, before + 1);
    for (const file of made) rmSync(path.join(keys, file));
  });

  it('converts into the key folder with a password of its own, never over another file', async () => {
    const { window, keys } = bed;
    const made: string[] = [];
    for (const key of ['Enter', 'Space']) {
      await open(window, 'one.pfx', password);
      await pageButton('Convert for Windows Server 2016').press(key);
      await window.page
        .getByText('What else is to change in the copy?')
        .or(window.quickRow('Leave out the root certificate'))
        .first()
        .waitFor();
      await window.page.keyboard.press('Enter');
      await window.quickRow('Take a strong one').click();
      await window.page.getByText('it is not shown again').waitFor();
      const offered = await window.quickInput.inputValue();
      assert.match(offered, /^[\w-]{24}$/);
      made.push(offered);
      await window.page.keyboard.press('Enter');
      await answer(window, password);
      await passwordBox(window).waitFor({ state: 'hidden' });
      // the test driver of VS Code lets only errors pop up
      await window.command('Notifications: Show Notifications');
      await window.page
        .locator('.notifications-center')
        .getByText(/Written: .*The mode 0600 keeps it to you/)
        .first()
        .waitFor();
      await window.command('Notifications: Clear All Notifications');
      await closeAll(window);
    }
    const files = readdirSync(keys).sort((one, other) => one.length - other.length);
    assert.equal(files.length, 2, files.join());
    assert.match(files[1] ?? '', /-converted-2\.pfx$/);
    files.forEach((file, at) => {
      const whole = path.join(keys, file);
      assert.equal(statSync(whole).mode & 0o777, 0o600);
      const told = execFileSync('openssl', ['pkcs12', '-in', whole, '-passin', 'stdin', '-nodes'], {
        input: `${made[at] ?? ''}\n`,
        encoding: 'utf8',
      });
      assert.match(told, /Microsoft RSA SChannel Cryptographic Provider[^]*PRIVATE KEY/);
    });
  });

  it('is reached by keyboard whole, in order, and is without violations in four themes', async () => {
    const { window } = bed;
    await open(window, 'one.pfx', password);
    await page('CN=www.mydomain.com').waitFor();
    const frame = await pageFrame(window);
    const reached = frame.locator('button, [tabindex]');
    const all = await reached.count();
    assert.ok(all > 6, String(all));
    await frame.locator('button').first().focus();
    for (let at = 0; at < all; at++) {
      const isFocused = await frame.locator(':focus').and(reached.nth(at)).count();
      assert.equal(isFocused, 1, `after ${at} tabs`);
      await window.page.keyboard.press('Tab');
    }
    for (const theme of allThemes) {
      await showTheme(window, theme);
      assert.deepEqual(await violations(window), [], theme);
    }
    await window.setTheme('light');
  });
});
