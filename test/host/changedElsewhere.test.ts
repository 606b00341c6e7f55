// What came into a workspace by the disk alone: a changed configuration, a planted one, a rotation of an earlier version; in the real host.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { appendJournal, headOf } from '../../src/folder/journal';
import { nodeFolder } from '../../src/folder/nodeFolder';
import { sha256 } from '../../src/folder/sha256';
import { believeConfig, configSaved, configSaving } from '../../src/ui/state/configWitness';
import { author, openRotation, type OpenRotation } from '../../src/ui/state/openRotation';
import { readConfigOnDisk } from '../../src/ui/state/readConfig';
import { releaseLocks } from '../../src/ui/state/rotationLock';
import { rotationFolder, witness } from '../../src/ui/state/rotationWitness';
import { usedConfig } from '../../src/ui/state/usedConfig';
import { workspaceFiles } from '../../src/ui/state/workspaceFiles';
import type { State } from '../../src/ui/workspace';
import { makeRotation, makeWorkspace, type MadeRotation, type Workspace } from '../folder/workspace';
import { newMemento } from './sample';

let workspace: Workspace;
let mine: vscode.Memento;
let made: MadeRotation;

const open = async (folder = made.folder): Promise<OpenRotation> => {
  const rotation = await openRotation(vscode.Uri.file(folder), mine);
  assert.ok(rotation !== undefined && 'plan' in rotation, JSON.stringify(rotation));
  return rotation;
};
const configFile = (): vscode.Uri => vscode.Uri.file(workspace.config);
/** As a merge does it: on the disk, in no editor. */
const changeOnDisk = async (from: string, to: string): Promise<void> => {
  const text = await readFile(workspace.config, 'utf8');
  assert.ok(text.includes(from));
  await writeFile(workspace.config, text.replace(from, to));
};
const readWorkspace = (configs: readonly vscode.Uri[], chosen?: vscode.Uri): Promise<State> =>
  workspaceFiles({ workspaceState: mine, storageUri: undefined } as unknown as vscode.ExtensionContext).read({
    configs,
    chosen,
    rotation: undefined,
    seen: [],
    before: { configs: [] } as unknown as State,
  });

/** Every test stands on a workspace and a rotation of its own. */
function fresh(): void {
  beforeEach(async () => {
    workspace = makeWorkspace();
    mine = newMemento();
    made = await makeRotation(workspace, {}, (folder) => rotationFolder(folder, mine));
  });
  afterEach(() => releaseLocks());
}

describe('A configuration whose one letter was changed on disk', () => {
  fresh();
  const planted = 'http://server2.mydomaln.com/PowerShell/';
  const plant = (): Promise<void> => changeOnDisk('http://server2.mydomain.com/PowerShell/', planted);

  it('has the rotation write and run nothing before a person was asked, with the host named', async () => {
    assert.equal((await open()).mayWrite, true);
    await plant();
    const { mayWrite, configChange, isForeign } = await open();
    assert.deepEqual([mayWrite, isForeign], [false, false]);
    assert.deepEqual(configChange?.differences, [
      `+ remoting.exchange: ${planted}`,
      '- remoting.exchange: http://server2.mydomain.com/PowerShell/',
    ]);
  });

  it('gives a plan without a step and no script, even where a person says that it is used', async () => {
    await open();
    await plant();
    mine = newMemento();
    await witness(made.folder, (await open()).seen, mine);
    await believeConfig(configFile(), await readFile(workspace.config, 'utf8'), mine);
    const { plan, rendered, mayWrite } = await open();
    assert.equal(mayWrite, true);
    assert.deepEqual(
      plan.refusals.map(({ code, detail }) => [code, detail]),
      [['host-not-in-baseline', 'SERVER2.MYDOMALN.COM']],
    );
    assert.deepEqual(
      [...rendered.keys()].filter((name) => /^scripts\/(?!session)/.test(name)),
      [],
    );
    assert.ok(![...rendered].some(([name, text]) => name.endsWith('.ps1') && text.includes('mydomaln')));
  });

  it('is asked about outside a rotation, too, and no longer once it is as it was', async () => {
    await readWorkspace([configFile()]);
    await plant();
    assert.equal((await readWorkspace([configFile()])).configChange?.differences?.length, 2);
    await changeOnDisk(planted, 'http://server2.mydomain.com/PowerShell/');
    assert.equal((await readWorkspace([configFile()])).configChange, undefined);
  });

  it('is asked about where nothing that it names differs', async () => {
    await open();
    await changeOnDisk('observeDays: 0', 'observeDays: 1');
    assert.deepEqual((await open()).configChange?.differences, []);
  });

  it('is not asked about where it was saved in this window, also where the disk is read before that is told', async () => {
    await open();
    const document = await vscode.workspace.openTextDocument(configFile());
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# changed here\n');
    await vscode.workspace.applyEdit(edit);
    await configSaving(document, mine);
    assert.ok(await document.save());
    const early = await open();
    await configSaved(document, mine);
    const { configChange, mayWrite } = await open();
    assert.deepEqual([early.configChange, configChange, mayWrite], [undefined, undefined, true]);
  });

  it('is still asked about where it is not the chosen one, and a person saves something else over it', async () => {
    await readWorkspace([configFile()]);
    await plant();
    const other = vscode.Uri.file(path.join(workspace.folder, 'second.yaml'));
    await files.copyFile(workspace.snapshotFile, other.fsPath);
    await readWorkspace([other, configFile()], other);
    await configSaved(await vscode.workspace.openTextDocument(configFile()), mine);
    assert.equal((await readWorkspace([configFile()])).configChange?.differences?.length, 2);
  });

  it('is still asked about where a person saves something else over it', async () => {
    await open();
    await plant();
    await open();
    await configSaved(await vscode.workspace.openTextDocument(configFile()), mine);
    assert.equal((await open()).configChange?.differences?.length, 2);
  });
});

describe('A configuration that an editor holds otherwise than the disk', () => {
  fresh();
  const honest = 'http://server2.mydomain.com/PowerShell/';
  const planted = 'http://server2.mydomaln.com/PowerShell/';
  const addressesOf = ({ config }: Pick<State, 'config'>): readonly string[] | undefined =>
    config?.parsed.wanted?.remoting.exchange;
  const used = async (): Promise<readonly string[] | undefined> => {
    const { config, configs } = await readWorkspace([configFile()]);
    assert.ok(config !== undefined);
    const file = await usedConfig({
      config: { ...config, wanted: config.parsed.wanted },
      configs,
      context: { workspaceState: mine } as unknown as vscode.ExtensionContext,
      refresh: () => Promise.resolve(),
    });
    return file?.parsed.wanted?.remoting.exchange;
  };
  /** Typed in an editor and not saved. */
  const type = async (from: string, to: string): Promise<void> => {
    const { document } = await vscode.window.showTextDocument(configFile());
    const at = document.getText().indexOf(from);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
    await vscode.workspace.applyEdit(edit);
    assert.ok(document.isDirty);
  };
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('is asked about with the hosts of the disk, which are those that would be believed', async () => {
    await readWorkspace([configFile()]);
    await type('Contoso', 'Contoso2');
    await changeOnDisk(honest, planted);
    const { configChange } = await readWorkspace([configFile()]);
    assert.deepEqual(configChange?.differences, [`+ remoting.exchange: ${planted}`, `- remoting.exchange: ${honest}`]);
    assert.ok(configChange.text.includes(planted));
  });

  it('is used as it was saved, not as it is typed', async () => {
    await readWorkspace([configFile()]);
    await type(honest, planted);
    assert.deepEqual(addressesOf(await readWorkspace([configFile()])), [planted]);
    assert.deepEqual(await used(), [honest]);
  });

  it('is read from the disk where the editor only shows what the disk held before', async () => {
    await readWorkspace([configFile()]);
    await changeOnDisk(honest, planted);
    const { document } = await vscode.window.showTextDocument(configFile());
    await changeOnDisk(planted, honest);
    assert.ok(document.getText().includes(planted));
    assert.deepEqual(addressesOf(await readWorkspace([configFile()])), [honest]);
    assert.deepEqual(await used(), [honest]);
  });
});

describe('The configuration that is used', () => {
  fresh();
  const planted = vscode.Uri.file('/somewhere/.github/exchange-certificates.yaml');
  const shown = async (configs: readonly vscode.Uri[], chosen?: vscode.Uri): Promise<string | undefined> =>
    (await readWorkspace(configs, chosen)).config?.uri.toString();
  const plantedHere = async (): Promise<vscode.Uri> => {
    const folder = path.join(workspace.folder, '.github');
    await files.mkdir(folder);
    const file = path.join(folder, path.basename(planted.path));
    await writeFile(file, (await readFile(workspace.config, 'utf8')).replace('Contoso', 'Planted'));
    return vscode.Uri.file(file);
  };

  it('is the only one there is', async () => assert.equal(await shown([configFile()]), configFile().toString()));

  it('is the one used before, though another comes that stands before it by its path', async () => {
    const other = await plantedHere();
    assert.ok(other.path < configFile().path);
    assert.equal(await shown([other, configFile()], configFile()), configFile().toString());
  });

  it('is none of several where none was chosen, and no other where the chosen one went away', async () => {
    const other = await plantedHere();
    assert.equal(await shown([other, configFile()]), undefined);
    assert.equal(await shown([other], configFile()), undefined);
  });
});

describe('A rotation that a person goes on with after it was written elsewhere', () => {
  fresh();
  const writeElsewhere = async (): Promise<void> => {
    await appendJournal(
      nodeFolder(made.folder, files),
      [{ event: 'decision', question: 'continue:after-canary', answer: 'yes' }],
      { ...author(), by: 'other@pc' },
    );
  };

  it('owes a snapshot until one was kept, also after a reload', async () => {
    await writeElsewhere();
    const { seen, isForeign } = await open();
    assert.equal(isForeign, true);
    await witness(made.folder, { ...seen, owesSnapshot: true }, mine);
    for (let reload = 0; reload < 2; reload += 1) {
      const { isForeign: still, owesSnapshot } = await open();
      assert.deepEqual([still, owesSnapshot], [false, true]);
    }
    const rotation = await open();
    await rotation.journal([{ event: 'confirmed', step: '3f9a01c2', what: 'probed' }]);
    assert.equal((await open()).owesSnapshot, true);
    await witness(made.folder, { owesSnapshot: false }, mine);
    assert.equal((await open()).owesSnapshot, false);
  });
});

describe('The configuration of a rotation that another began', () => {
  fresh();
  /** Another configuration that this window never saw, named by the intent from now on. */
  const nameOther = async (): Promise<vscode.Uri> => {
    const intent = path.join(made.folder, 'rotation.json');
    const text = await readFile(intent, 'utf8');
    const other = path.join(workspace.folder, 'other', 'exchange-certificates.yaml');
    await files.mkdir(path.dirname(other));
    await writeFile(
      other,
      (await readFile(workspace.config, 'utf8')).replace('server2.mydomain.com/', 'evil.example/'),
    );
    await writeFile(intent, text.replace('../../exchange-', '../../other/exchange-'));
    assert.notEqual(await readFile(intent, 'utf8'), text);
    return vscode.Uri.file(other);
  };

  it('is asked about where this window never saw it, and is not believed for being shown', async () => {
    await open();
    const other = await nameOther();
    for (let reading = 0; reading < 2; reading += 1) {
      const { configChange, mayWrite, config } = await open();
      assert.deepEqual([config.fsPath, mayWrite, configChange?.isNew], [other.fsPath, false, true]);
      assert.equal(configChange?.differences?.[0], '+ remoting.exchange: http://evil.example/PowerShell/');
      const state = await readWorkspace([configFile(), other], other);
      assert.equal(state.configChange?.isNew, true);
    }
    await witness(made.folder, (await open()).seen, mine);
    assert.equal((await open()).configChange?.isNew, true);
  });

  it('is one: an intent that names another before it is read again opens nothing', async () => {
    await open();
    const rotation = await openRotation(vscode.Uri.file(made.folder), mine, async (config) => {
      const read = await readConfigOnDisk(config);
      await nameOther();
      return read;
    });
    assert.ok(rotation !== undefined && 'problem' in rotation);
    assert.match(rotation.problem.text, /rotation\.json was changed while it was read/);
  });
});

describe('A rotation that an earlier version of the extension began in this window', () => {
  fresh();
  it('goes on without a question: what that version kept of it is enough', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'earlier-'));
    cpSync(path.resolve(__dirname, '../../../test/fixtures/rotation/version1'), folder, { recursive: true });
    const rotation = path.join(folder, 'rotations/2026-11-22-www');
    // journal and intent are all that it kept
    await mine.update(`witness:${rotation}`, {
      journal: headOf(await readFile(path.join(rotation, 'journal.jsonl'), 'utf8')),
      intent: sha256(await readFile(path.join(rotation, 'rotation.json'), 'utf8')),
    });
    const { isForeign, mayWrite, owesSnapshot, configChange, plan } = await open(rotation);
    assert.deepEqual([isForeign, mayWrite, owesSnapshot, configChange], [false, true, false, undefined]);
    assert.deepEqual(plan.refusals, []);
    await releaseLocks();
    rmSync(folder, { recursive: true });
  });
});
