// The whole way by mouse and keyboard: a snapshot, the new PFX, a plan, its steps, the proof from outside, the old one gone.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { toTime } from '../../src/model/names';
import { startEditor, type Editor } from '../editor/server';
import { openWindow, type Window } from '../editor/window';
import { needlesOf, search, secretsOf } from '../engine/driver/secrets';
import { prepareWorkspace, type Sample } from '../editor/workspace';
import { labProgram, samplePassword } from '../lab/organization';
import { samplePaths } from '../lab/sampleWorkspace';
import { answerPrompts, atRest, runRow } from './rotationDriver';

describe('the whole way, in the window', function () {
  this.timeout(480_000);
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

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.screenshot('failed');
  });

  it('the tree shows what the configuration wants before anything was looked at', async () => {
    await window.openContainer('Exchange Certificates');
    await window.treeRow('Organization', 'SERVER4').first().waitFor();
    await window.view('Organization').getByText('No snapshot yet:').waitFor();
    await window.screenshot('01-tree-wanted');
    assert.ok(await window.treeRow('Organization', 'Send connectors').isVisible());
  });

  it('a snapshot, run in the terminal, fills the tree with what is installed', async () => {
    await window.command('Exchange Certificates: Take Snapshot');
    await window.treeRow('Organization', 'Exchange 15.2').first().waitFor({ timeout: 90_000 });
    await window.screenshot('02-tree-found');
    assert.equal(await window.view('Organization').getByText('No snapshot yet:').isVisible(), false);
  });

  it('a snapshot that is older than the settings allow is said to be old', async () => {
    const old = window.view('Organization').getByText('hours old. Use "Take Snapshot"');
    assert.equal(await old.isVisible(), false);
    await window.setSettings({ 'exchangeCertificates.snapshotAgeHours': 0 });
    await old.waitFor();
    await window.setSettings({ 'exchangeCertificates.snapshotAgeHours': 24 });
    await old.waitFor({ state: 'detached' });
  });

  it('the PFX opens in the inspector, after its password', async () => {
    await window.openContainer('Explorer');
    await window.openFile(samplePaths.pfx);
    await window.quickInput.waitFor();
    assert.equal(await window.quickInput.getAttribute('type'), 'password');
    await window.answer(samplePassword);
    const page = window.webview();
    await page.getByText('Windows Server 2016: no ·').waitFor();
    await window.screenshot('03-inspector');
    assert.ok(
      await page.getByText("<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www.mydomain.com", { exact: true }).isVisible(),
    );
  });

  it('a right click on the PFX begins a rotation with that file', async () => {
    const certificate = window.webview().locator('section.certificate').first();
    await certificate.click({ button: 'right' });
    await window.menuItem('Rotate Certificate').waitFor();
    await window.screenshot('04-menu-on-pfx');
    await window.menuItem('Rotate Certificate').click();
    await window.quickRow('www').first().click();
    await window.page
      .locator('.quick-input-widget .monaco-list-row.focused')
      .getByText('www.mydomain.com-2026')
      .waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('a right click in the configuration begins a rotation, which ends in a plan', async () => {
    await window.openFile(samplePaths.config);
    await window.contextMenu(window.editorLine('organization: Contoso'), 'Rotate Certificate');
    await window.quickRow('www').first().click();
    await window.quickRow('www.mydomain.com-2026.pfx').first().waitFor();
    await window.screenshot('05-pick-pfx');
    await window.quickRow('www.mydomain.com-2026.pfx').first().click();
    await window.page.locator('.quick-input-widget input[type=password]').waitFor();
    await window.answer(samplePassword);
    await window.quickRow('used by').first().waitFor();
    await window.screenshot('06-pick-old');
    await window.quickRow('used by').first().click();
    await window.quickRow('SERVER4').first().waitFor();
    await window.screenshot('07-pick-servers');
    await window.page.keyboard.press('Enter');
    for (const question of ['Relay SERVER2', 'hybrid configuration']) {
      await window.page.locator('.quick-input-widget').getByText(new RegExp(question)).first().waitFor();
      await window.screenshot(`08-question-${question.includes('Relay') ? 'relay' : 'hybrid'}`);
      await window.quickRow('Follow').first().click();
    }
    await window.treeRow('Rotation', 'Stage').first().waitFor({ timeout: 30_000 });
    // the plan, read as a page
    await window.webview().getByRole('heading', { name: 'Stage' }).first().waitFor();
    await window.screenshot('09-plan');
    assert.equal(await presents(sample, 'SERVER1'), await thumbprintOf(sample, 'A'), 'a plan changes nothing');
  });

  it('a run stages every server and switches the first, then waits for Continue', async () => {
    await window.command('Exchange Certificates: Run Next Steps');
    await answerPrompts(window, samplePassword, () =>
      window.treeRow('Rotation', /Cutover SERVER1 ?(\d+) of \1 done/).isVisible(),
    );
    await window.screenshot('10-canary');
    assert.equal(await presents(sample, 'SERVER1'), await thumbprintOf(sample, 'B'));
    assert.equal(await presents(sample, 'SERVER2'), await thumbprintOf(sample, 'A'));
  });

  it('after a reload of the window it stands where it stood, in the same terminals', async () => {
    await atRest(window);
    const shells = shellsOf(sample);
    await window.page.reload();
    await window.treeRow('Rotation', /Cutover SERVER1 ?(\d+) of \1 done/).waitFor({ timeout: 60_000 });
    await window.treeRow('Organization', 'SERVER1').first().waitFor();
    // the plan comes back too, and takes the focus from a palette that was open before
    await window.webview().getByRole('heading').first().waitFor();
    const taken = snapshotsOf(sample).length;
    await window.command('Exchange Certificates: Take Snapshot');
    await until(() => snapshotsOf(sample).length > taken);
    await window.treeRow('Rotation', /Cutover SERVER1 ?(\d+) of \1 done/).waitFor();
    assert.deepEqual(shellsOf(sample), shells);
  });

  it('after Continue every server presents the new certificate, by openssl too', async () => {
    await atRest(window);
    await window.command('Exchange Certificates: Continue after the First Server');
    await window.command('Exchange Certificates: Run Next Steps');
    await answerPrompts(window, samplePassword, () =>
      window.treeRow('Rotation', /hybrid configuration, by hand.*ready/).isVisible(),
    );
    await window.screenshot('11-cutover');
    const b = await thumbprintOf(sample, 'B');
    for (const server of servers) {
      assert.equal(await presents(sample, server), b, server);
    }
  });

  it('the hybrid configuration is changed by hand and read back', async () => {
    await atRest(window);
    await runLab(
      sample,
      `Set-HybridConfiguration -TlsCertificateName "<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www.mydomain.com"`,
    );
    await runRow(window, 'hybrid configuration');
    await window.dialog().waitFor();
    await window.screenshot('12-by-hand');
    await window.dialog().getByRole('button', { name: 'It Is Done' }).click();
    await window.treeRow('Rotation', /Organization ?(\d+) of \1 done/).waitFor({ timeout: 60_000 });
    assert.equal(await window.treeRow('Rotation', 'by hand').count(), 0);
  });

  it('the old certificate is removed server by server, its name typed each time, and no step is open at the end', async () => {
    for (const server of servers) {
      await atRest(window);
      await runRow(window, `Remove the old certificate from ${server}`);
      await window.quickInput.waitFor();
      if (server === 'SERVER1') await window.screenshot('13-remove');
      await window.answer(server);
      await window.treeRow('Rotation', `Removal · ${server}`).first().waitFor({ timeout: 60_000 });
      await atRest(window);
      await window.command('Exchange Certificates: Run Next Steps');
      await window.treeRow('Rotation', `Look from outside · ${server}`).first().waitFor({ timeout: 60_000 });
    }
    await atRest(window);
    await runRow(window, 'Delete the backups');
    await window.dialog().getByRole('button', { name: 'Delete' }).click();
    await window.view('Rotation').getByText('No step is open').waitFor({ timeout: 60_000 });
    await window.screenshot('14-end');
    const state = await sample.lab.state();
    const a = await thumbprintOf(sample, 'A');
    for (const server of state.servers) {
      assert.ok(!server.store.some(({ certificate }) => certificate === 'A' || certificate === a), server.name);
    }
  });

  it('neither the password nor the key stands in what the editor kept, and the search would find them there', async () => {
    const needles = needlesOf(secretsOf(samplePassword, keyOf(sample)));
    const leaks = async (): Promise<readonly string[]> =>
      [...(await keptBy(editor, window))].flatMap(([place, bytes]) => (search(bytes, needles).size > 0 ? [place] : []));
    assert.deepEqual(await leaks(), []);
    const logs = path.join(editor.profile, 'user/logs');
    const storage = path.join(editor.profile, 'user/User/workspaceStorage');
    assert.ok(existsSync(logs) && existsSync(storage), 'logs and storage are where they are searched');
    const ran = scriptsThatRan(editor);
    assert.ok(ran.length > 30, 'the scripts that ran are there, too');
    const planted = [
      ...[path.join(logs, 'planted.log'), path.join(storage, 'planted.json'), path.join(rotationOf(sample), 'planted')],
      path.join(path.dirname(ran[0] ?? ''), 'planted'),
    ];
    for (const file of planted) writeFileSync(file, `at 12:00 ${samplePassword} was typed`);
    await window.page.evaluate(`document.body.append(${JSON.stringify(samplePassword)})`);
    assert.deepEqual((await leaks()).toSorted(), [...planted, 'the window'].toSorted());
    for (const file of planted) rmSync(file);
    await window.page.evaluate('document.body.lastChild.remove()');
  });

  it('a journal that goes on elsewhere is not built on before a person says so', async () => {
    const journal = path.join(rotationOf(sample), 'journal.jsonl');
    const last = readFileSync(journal, 'utf8').trimEnd().split('\n').at(-1) ?? '';
    const planted = {
      ...{ event: 'decision', question: 'defer:SERVER1', answer: 'no', at: toTime(new Date()), by: 'other@pc' },
      previous: createHash('sha256').update(last).digest('hex'),
    };
    appendFileSync(journal, `${JSON.stringify(planted)}\n`);
    const bytes = readFileSync(journal, 'utf8');
    await window.command('Exchange Certificates: Run Next Steps');
    await window.dialog().getByText('by other@pc').waitFor();
    await window.screenshot('15-journal-of-another');
    await window.page.keyboard.press('Escape');
    await window.view('Rotation').getByText('was written elsewhere').waitFor();
    assert.equal(readFileSync(journal, 'utf8'), bytes);
    const taken = snapshotsOf(sample).length;
    await window.command('Exchange Certificates: Run Next Steps');
    await window.dialog().getByRole('button', { name: 'Go On' }).click();
    await until(() => snapshotsOf(sample).length > taken);
    await window.view('Rotation').getByText('No step is open').waitFor({ timeout: 60_000 });
  });

  it('once the rotation is closed nothing is left of it where its scripts ran, and its record holds their results', async () => {
    const results = readdirSync(path.join(rotationOf(sample), 'results'));
    assert.ok(results.length > 30, String(results.length));
    await window.command('Exchange Certificates: Close Rotation');
    await until(() => scriptsThatRan(editor).length === 0);
    assert.deepEqual(readdirSync(path.join(rotationOf(sample), 'results')), results);
  });
});

/** The scripts in the folders of the rotation's runs, full paths. */
function scriptsThatRan({ profile }: Editor): readonly string[] {
  const runs = path.join(profile, 'user/User/globalStorage/exchange-certificates.exchange-certificates/runs');
  return readdirSync(runs, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ps1') && !name.endsWith('session.ps1') && !name.startsWith('own'))
    .map((name) => path.join(runs, name));
}

/** Everything the editor keeps of a workspace: its files, the profile with logs and storage, and what the window keeps by itself. */
async function keptBy({ profile, workspace }: Editor, { page }: Window): Promise<ReadonlyMap<string, Buffer>> {
  const kept = new Map<string, Buffer>();
  for (const folder of [workspace, path.join(profile, 'user'), path.join(profile, 'home')]) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile()) kept.set(file, readFileSync(file));
    }
  }
  const databases = await page.evaluate<string>(`(async () => {
    const ended = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const values = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await ended(indexedDB.open(name));
      for (const store of database.objectStoreNames)
        values.push(name, store, await ended(database.transaction(store).objectStore(store).getAll()));
      database.close();
    }
    return JSON.stringify(values);
  })()`);
  assert.match(databases, /witness:/, 'what the window remembers is searched, too');
  return kept.set('IndexedDB', Buffer.from(databases)).set('the window', Buffer.from(await page.innerText('body')));
}

/** The new certificate's key as a person with the password would take it out. */
function keyOf({ workspace }: Sample): string {
  return execFileSync(
    'openssl',
    ['pkcs12', '-in', path.join(workspace, samplePaths.pfx), '-nodes', '-nocerts', '-passin', 'env:WORD'],
    { encoding: 'utf8', env: { ...process.env, WORD: samplePassword } },
  ).replace(/^[^]*?(?=-----BEGIN)/, '');
}

const servers = ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'];

/** A command typed by a person in the management shell on a server. */
async function runLab(sample: Sample, command: string): Promise<void> {
  await promisify(execFile)(labProgram(), [
    'shell',
    '--data',
    sample.environment['LAB_DATA'] ?? '',
    '--server',
    'SERVER1',
    '-Command',
    command,
  ]);
}

/** The folder of the one rotation. */
function rotationOf({ workspace }: Sample): string {
  const [name = ''] = readdirSync(path.join(workspace, 'rotations'));
  return path.join(workspace, 'rotations', name);
}

function snapshotsOf(sample: Sample): readonly string[] {
  return readdirSync(path.join(rotationOf(sample), 'snapshots'));
}

/** The process ids of this lab's shells. */
function shellsOf(sample: Sample): readonly string[] {
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .filter((id) => {
      const line = `/proc/${id}/cmdline`;
      return existsSync(line) && readFileSync(line, 'utf8').includes(`shell\0--data\0${sample.lab.data}`);
    });
}

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!isSo()) {
    assert.ok(Date.now() < end, 'it never came to be');
    await delay(200);
  }
}

/** What openssl sees on SMTP with STARTTLS: the second witness. */
async function presents(sample: Sample, name: string): Promise<string> {
  const { servers } = await sample.lab.state();
  const server = servers.find((one) => one.name === name);
  const child = promisify(execFile)('openssl', [
    's_client',
    '-starttls',
    'smtp',
    '-connect',
    `${server?.address ?? ''}:${server?.ports?.smtp ?? 0}`,
    '-servername',
    'www.mydomain.com',
  ]);
  child.child.stdin?.end();
  const { stdout } = await child;
  const [pem = ''] = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/.exec(stdout) ?? [];
  return new X509Certificate(pem).fingerprint.replaceAll(':', '');
}

async function thumbprintOf(sample: Sample, certificate: string): Promise<string> {
  const { certificate: pem } = (await sample.lab.call('certificate.pem', { certificate })) as { certificate: string };
  return new X509Certificate(pem).fingerprint.replaceAll(':', '');
}
