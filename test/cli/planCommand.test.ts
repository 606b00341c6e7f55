// `plan` as a command of its own process: the editor's bytes, a plan without a folder, and its exit codes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderFolder } from '../../src/folder/renderFolder';
import { appendJournal } from '../../src/folder/journal';
import { writeText } from '../../src/folder/port';
import { renderJson } from '../../src/folder/renderJson';
import type { Plan } from '../../src/model/plan';
import { plan } from '../../src/plan/plan';
import { observation } from '../plan/organization';
import { configText, load, makeRotation, makeWorkspace, type Workspace } from '../folder/workspace';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function run(words: readonly string[], input = ''): Ran {
  const ran = spawnSync(process.execPath, [path.join(__dirname, '../../src/cli.js'), 'plan', ...words], {
    input,
    encoding: 'utf8',
  });
  return { code: ran.status, out: ran.stdout, error: ran.stderr };
}

const now = '2026-11-22T21:00:00Z';

describe('plan as a command', () => {
  let workspace: Workspace;
  let fresh: readonly string[];
  /** A configuration with an error. */
  let broken: string;
  before(() => {
    workspace = makeWorkspace();
    broken = path.join(workspace.folder, 'broken', 'exchange-certificates.yaml');
    mkdirSync(path.dirname(broken));
    writeFileSync(broken, `${configText}nonsense: 1\n`);
    fresh = [
      workspace.config,
      ...['--snapshot', workspace.snapshotFile, '--certificate', 'www', '--replace', workspace.old.thumbprint],
      ...['--with', workspace.pfx, '--password-stdin', '--now', now, '--json'],
    ];
  });

  it('prints the editor’s plan.json byte for byte, without reading it', async () => {
    const made = await makeRotation(workspace, {
      config: { path: '../../exchange-certificates.yaml', certificate: 'www' },
    });
    const loaded = await load(made);
    assert.ok(loaded.wanted !== null);
    const { wanted, baseline, found, rotation, inputs } = loaded;
    const rendered = renderFolder(plan({ wanted, baseline, found, rotation, inputs: inputs(now) }), {
      rotation,
      wanted,
      found,
    });
    await made.port.write('plan.json', new TextEncoder().encode('not a plan'));
    const ran = run([made.folder, '--snapshot', workspace.snapshotFile, '--now', now, '--json']);
    assert.equal(ran.error, '');
    assert.equal(ran.out, rendered.get('plan.json'));
    assert.equal(ran.code, 0);
    assert.equal(run([made.folder, '--now', now]).out, rendered.get('plan.md'));
  });

  const inWorkspace = { config: { path: '../../exchange-certificates.yaml', certificate: 'www' } };

  it('says on standard error which lines of the journal claim a time that has not come, and plans without them', async () => {
    const made = await makeRotation(workspace, inWorkspace);
    const plain = run([made.folder, '--now', now]);
    const look = observation('SERVER1', 'https', workspace.fresh, '2099-01-01T00:00:00Z');
    const author = { at: '2099-01-01T00:00:00Z', by: 'stranger' };
    await appendJournal(made.port, [{ event: 'observation', observation: look }], author);
    const ran = run([made.folder, '--now', now]);
    assert.deepEqual([ran.code, ran.out], [0, plain.out]);
    assert.match(ran.error, /^journal\.jsonl: claims the time 2099-01-01T00:00:00Z, .* check the clock/);
  });

  it('says that a plan.md in the folder is another than the plan it prints', async () => {
    const made = await makeRotation(workspace, inWorkspace);
    const honest = run([made.folder, '--now', now]);
    await writeText(made.port, 'plan.md', honest.out);
    assert.equal(run([made.folder, '--now', now]).error, '');
    await writeText(made.port, 'plan.md', '# Reviewed: this plan changes nothing\n');
    const { error, out } = run([made.folder, '--now', now]);
    assert.equal(out, honest.out);
    assert.match(error, /^plan\.md: differs from the plan that was made now/);
  });

  it('exits 65 for a rotation that a newer version wrote, and says what to do', async () => {
    const made = await makeRotation(workspace, inWorkspace);
    await writeText(made.port, 'rotation.json', renderJson({ ...made.rotation, version: 2 }));
    const { code, error } = run([made.folder, '--now', now]);
    assert.equal(code, 65);
    assert.match(error, /newer version .*format 2.* Update the extension/);
  });

  it('plans from a configuration, lists the open questions, and writes nothing', () => {
    const there = readdirSync(workspace.folder, { recursive: true }).length;
    const { code, out, error } = run(fresh, workspace.password);
    assert.equal(code, 0, error);
    const made = JSON.parse(out) as Plan;
    assert.equal(made.class, 'new-name');
    assert.deepEqual(
      made.questions.map(({ id }) => id),
      ['follow:receive-connector:SERVER2\\Relay SERVER2', 'follow:hybrid'],
    );
    assert.ok(made.phases.some(({ phase }) => phase === 'remove'));
    assert.ok(!out.includes(workspace.password) && !error.includes(workspace.password));
    assert.equal(readdirSync(workspace.folder, { recursive: true }).length, there);
  });

  it('exits with the outcome of the PFX: 2 for a wrong password', () => {
    const ran = run(fresh, 'wrong');
    assert.deepEqual([ran.code, ran.out], [2, '']);
    assert.match(ran.error, /password/i);
  });

  it('exits 7 where the plan is refused, and prints it', () => {
    const at = fresh.indexOf(workspace.old.thumbprint);
    const ran = run(fresh.with(at, 'AB'.repeat(20)), workspace.password);
    assert.equal(ran.code, 7);
    assert.deepEqual(
      (JSON.parse(ran.out) as Plan).refusals.map(({ code }) => code),
      ['old-certificate-not-found'],
    );
  });

  const exits = (code: number, what: string, args: () => readonly string[], password?: () => string): void =>
    void it(`exits ${code} for ${what}`, () => {
      assert.equal(run(args(), password?.()).code, code);
    });
  exits(
    65,
    'a configuration with an error',
    () => [broken, ...fresh.slice(1)],
    () => workspace.password,
  );
  exits(65, 'a folder that is no rotation', () => [path.dirname(broken)]);
  exits(66, 'a file that is not there', () => [path.join(workspace.folder, 'none.yaml'), ...fresh.slice(1)]);
  exits(64, 'no argument', () => []);
  exits(64, 'a configuration alone', () => [workspace.config]);
  exits(64, 'a time that is none', () => [...fresh, '--now', 'yesterday']);
  exits(64, 'a thumbprint that is none', () => [...fresh.slice(0, 5), '--replace', 'short', ...fresh.slice(7)]);

  it('shows no control character of a file it was given', () => {
    const ran = run([`${workspace.config}\u001b[31m`, ...fresh.slice(1)]);
    assert.equal(ran.code, 66);
    assert.ok(!ran.error.includes('\u001b'));
  });
});
