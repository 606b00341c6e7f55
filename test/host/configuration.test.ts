// *Create configuration* and the key folder in the real host: what is written where, and what never is.
import assert from 'node:assert/strict';
import { rmSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { template } from '../../src/config/template';
import { commands } from '../../src/ui/commands';
import { ignoreKeys } from '../../src/ui/language/ignoreKeys';
import { makeKeyFolder } from '../../src/ui/shell/keyFolder';
import { configUri, discard, workspaceFolder } from './sample';

const { fs } = vscode.workspace;
const ignoreUri = () => vscode.Uri.joinPath(workspaceFolder(), '.gitignore');
const textOf = async (uri: vscode.Uri): Promise<string> => new TextDecoder().decode(await fs.readFile(uri));
const write = (uri: vscode.Uri, text: string) => fs.writeFile(uri, new TextEncoder().encode(text));
const create = () => vscode.commands.executeCommand(commands.createConfiguration);

describe('Create configuration', () => {
  let sample: Uint8Array;
  before(async () => {
    sample = await fs.readFile(configUri());
  });
  afterEach(async () => {
    await discard();
    await fs.writeFile(configUri(), sample);
    await fs.delete(ignoreUri()).then(undefined, () => undefined);
  });

  it('writes the template, keeps keys out of Git, and opens the file', async () => {
    await fs.delete(configUri());
    await create();
    assert.equal(await textOf(configUri()), template());
    assert.equal(await textOf(ignoreUri()), '*.pfx\n*.p12\n');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), configUri().toString());
  });

  it('adds only what .gitignore lacks, and leaves its lines as they are', async () => {
    await fs.delete(configUri());
    await write(ignoreUri(), 'node_modules/\n*.p12');
    await create();
    assert.equal(await textOf(ignoreUri()), 'node_modules/\n*.p12\n*.pfx\n');
  });

  it('keeps every byte of a .gitignore that is not UTF-8', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0xfc, 0x2f, 0x0d, 0x0a]);
    await fs.writeFile(ignoreUri(), bytes);
    await ignoreKeys(ignoreUri());
    const after = Buffer.from(await fs.readFile(ignoreUri()));
    assert.equal(after.toString('latin1'), `${bytes.toString('latin1')}*.pfx\n*.p12\n`);
  });

  it('writes nothing through a .gitignore that is a link', async () => {
    const target = vscode.Uri.joinPath(workspaceFolder(), 'victim.txt');
    await write(target, 'theirs');
    symlinkSync(target.fsPath, ignoreUri().fsPath);
    try {
      await assert.rejects(ignoreKeys(ignoreUri()), /is a link/);
      assert.equal(await textOf(target), 'theirs');
    } finally {
      rmSync(ignoreUri().fsPath);
      await fs.delete(target);
    }
  });

  it('never overwrites: what stands there is opened', async () => {
    await write(configUri(), 'organization: Mine\n');
    await create();
    assert.equal(await textOf(configUri()), 'organization: Mine\n');
    await assert.rejects(async () => fs.stat(ignoreUri()));
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), configUri().toString());
  });
});

describe('the key folder', () => {
  const setting = () => vscode.workspace.getConfiguration('exchangeCertificates');
  const set = (value: string | undefined) => setting().update('keyFolder', value, vscode.ConfigurationTarget.Global);
  let before: string | undefined;
  let folder: string;
  beforeEach(async () => {
    before = setting().inspect<string>('keyFolder')?.globalValue;
    folder = await mkdtemp(path.join(tmpdir(), 'keys-'));
  });
  afterEach(async () => {
    await set(before);
    await rm(folder, { recursive: true });
  });

  for (const inside of ['', 'keys', 'certificates/../keys']) {
    it(`is refused within the workspace ("${inside}"), and not made`, async () => {
      const refused = path.join(workspaceFolder().fsPath, inside);
      await set(`${workspaceFolder().fsPath}/${inside}`);
      await assert.rejects(makeKeyFolder(), /is in the workspace .*contoso, where others may write/);
      if (inside !== '') await assert.rejects(stat(refused));
    });
  }

  it('is made outside of it, for this user alone', async () => {
    await set(path.join(folder, 'mine'));
    const made = await makeKeyFolder();
    assert.equal(made.path, path.join(folder, 'mine'));
    assert.equal(made.protection, 'mode');
    assert.equal((await stat(made.path)).mode & 0o777, 0o700);
  });

  it('beside the workspace, with its name as a beginning, is outside of it', async () => {
    const beside = `${workspaceFolder().fsPath}-keys`;
    await set(beside);
    assert.equal((await makeKeyFolder()).path, beside);
    await rm(beside, { recursive: true });
  });
});
