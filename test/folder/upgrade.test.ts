// Rotations that earlier versions began: each goes on with this one, and what a newer version wrote is refused.
import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addSnapshot, decide } from '../../src/folder/createRotation';
import { loadRotation, readRotation, type LoadedRotation } from '../../src/folder/loadRotation';
import { nodeFolder } from '../../src/folder/nodeFolder';
import type { FolderPort } from '../../src/folder/port';
import { renderFolder, writeFolder } from '../../src/folder/renderFolder';
import { renderJson } from '../../src/folder/renderJson';
import { sha256 } from '../../src/folder/sha256';
import { upgrade, type UpgradeStep } from '../../src/folder/upgrade';
import { problemSentence } from '../../src/folder/words/problems';
import type { Plan } from '../../src/model/plan';
import { plan } from '../../src/plan/plan';
import { stepState } from '../../src/evidence/stepState';
import { stepOf, stepsOf } from '../plan/organization';
import { readers } from './workspace';

const fixtures = path.resolve(__dirname, '../../../test/fixtures/rotation');
const now = '2026-11-22T21:00:00Z';

describe('a rotation that an earlier version began', () => {
  for (const version of readdirSync(fixtures)) {
    describe(version, () => {
      let folder: string;
      let port: FolderPort;
      const made: string[] = [];
      after(() => made.forEach((one) => rmSync(one, { recursive: true, force: true })));
      beforeEach(() => {
        const workspace = mkdtempSync(path.join(tmpdir(), 'earlier-'));
        made.push(workspace);
        cpSync(path.join(fixtures, version), workspace, { recursive: true });
        const [name = ''] = readdirSync(path.join(workspace, 'rotations'));
        folder = path.join(workspace, 'rotations', name);
        port = nodeFolder(folder, files);
      });

      const load = async (): Promise<ReturnType<typeof loadRotation> extends Promise<infer Read> ? Read : never> => {
        const intent = await readRotation(port);
        assert.ok('value' in intent, JSON.stringify(intent));
        const configText = readFileSync(path.join(folder, intent.value.config.path), 'utf8');
        return loadRotation(port, { readers, configText, now });
      };
      const loaded = async (): Promise<LoadedRotation & { readonly made: Plan }> => {
        const read = await load();
        assert.ok('value' in read, JSON.stringify(read));
        const { wanted } = read.value;
        assert.ok(wanted !== null);
        return { ...read.value, made: plan({ ...read.value, wanted, inputs: read.value.inputs(now) }) };
      };

      it('is read without a problem and planned without a refusal, with what was done, decided and left open', async () => {
        const { problems, made, found, rotation, runs } = await loaded();
        assert.deepEqual([problems, made.refusals], [[], []]);
        assert.deepEqual(
          made.questions.map(({ id }) => id),
          ['follow:receive-connector:SERVER2\\Relay SERVER2'],
        );
        assert.deepEqual(
          found.backups.map(({ server, verified }) => [server, verified]),
          [['SERVER1', true]],
        );
        assert.deepEqual(found.copies, [rotation.to.thumbprint]);
        assert.equal(found.observations.length, 1);
        assert.equal(stepOf(made, 'back-up', 'SERVER1'), undefined);
        const importing = stepOf(made, 'import', 'SERVER1');
        assert.ok(importing !== undefined);
        const situation = { plan: made, found, rotation, now, runs };
        assert.equal(stepState(importing, situation).state, 'unknown');
      });

      it('goes on: a decision, a snapshot that frees the step that broke off, and the scripts of this version', async () => {
        const first = await loaded();
        const author = { at: now, by: 'admin@workstation' };
        const question = 'follow:receive-connector:SERVER2\\Relay SERVER2';
        await decide(port, first.intent, { question, answer: 'leave' }, author);
        const snapshot = readers.parseSnapshot(readFileSync(path.join(folder, first.rotation.baseline.path), 'utf8'));
        assert.ok(snapshot.snapshot !== null);
        const taken = { ...snapshot.snapshot, taken: '2026-11-22T20:50:00Z' };
        await addSnapshot(port, taken, renderJson(taken), author);
        const then = await loaded();
        assert.deepEqual([then.problems, then.made.refusals, then.made.questions], [[], [], []]);
        const { made, found, rotation, runs, wanted } = then;
        const importing = stepOf(made, 'import', 'SERVER1');
        assert.ok(importing !== undefined && wanted !== null);
        assert.equal(stepState(importing, { plan: made, found, rotation, now, runs }).state, 'ready');
        await writeFolder(port, renderFolder(made, { rotation, wanted, found }));
        assert.ok(stepsOf(made).every(({ script }) => script === null || readdirSync(folder).includes('scripts')));
      });

      const newer: readonly [string, string, () => void][] = [
        ['rotation.json', 'rotation.json', () => bump('rotation.json')],
        ['a line of the journal', 'journal.jsonl:12', () => appendFileSync(at('journal.jsonl'), '{"version":2}\n')],
        ['the baseline', 'snapshots/20261122T201400Z.json', () => rewrite(/^snapshots/)],
        ['a result', 'results/417354c4.20261122T202109Z.5b0c1d5e9a7f4c11.json', () => rewrite(/^results/)],
      ];
      const at = (name: string): string => path.join(folder, name);
      const bump = (name: string): void => {
        const json = JSON.parse(readFileSync(at(name), 'utf8')) as object;
        writeFileSync(at(name), renderJson({ ...json, version: 2 }));
      };
      /** A file of the next version, with its hash in order in whatever names it. */
      const rewrite = (kind: RegExp): void => {
        const [name = ''] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
          (one) => kind.test(one) && one.endsWith('.json'),
        );
        const before = sha256(readFileSync(at(name)));
        bump(name);
        const after = sha256(readFileSync(at(name)));
        for (const other of ['rotation.json']) {
          writeFileSync(at(other), readFileSync(at(other), 'utf8').replaceAll(before, after));
        }
        let previous = '0'.repeat(64);
        const lines = readFileSync(at('journal.jsonl'), 'utf8')
          .replaceAll(before, after)
          .split('\n')
          .filter(Boolean)
          .map((line) => {
            const chained = line.replace(/"previous":"[0-9a-f]{64}"/, `"previous":"${previous}"`);
            previous = sha256(chained);
            return `${chained}\n`;
          });
        writeFileSync(at('journal.jsonl'), lines.join(''));
      };
      for (const [what, where, change] of newer) {
        it(`is refused where a newer version wrote ${what}, and it is said what to do`, async () => {
          change();
          const intent = await readRotation(port);
          const read = 'problem' in intent ? intent : await load();
          assert.ok('problem' in read, 'it was read');
          assert.deepEqual([read.problem.path, read.problem.code], [where, 'newer-version']);
          assert.match(problemSentence(read.problem), /written by a newer version .* Update the extension/);
        });
      }
    });
  }
});

describe('a file of an earlier version', () => {
  const steps: readonly UpgradeStep[] = [
    (json) => ({ ...json, version: 2, added: null }),
    (json) => ({ version: 3, renamed: json['added'], name: json['name'] }),
  ];
  const cases: readonly [string, unknown, unknown][] = [
    ['goes up every step', { version: 1, name: 'x' }, { value: { version: 3, renamed: null, name: 'x' } }],
    ['goes up the steps it lacks', { version: 2, added: 7 }, { value: { version: 3, renamed: 7, name: undefined } }],
    ['stays as it is where it is the present one', { version: 3 }, { value: { version: 3 } }],
    ['without a version is the first', { name: 'x' }, { value: { version: 3, renamed: null, name: 'x' } }],
    ['of a version to come is refused', { version: 4 }, { code: 'newer-version', detail: '4' }],
    ['of no version is refused', { version: 1.5 }, { code: 'other-version', detail: '1.5' }],
    ['that is no object is left to its schema', [1], { value: [1] }],
  ];
  for (const [title, json, expected] of cases) {
    it(title, () => assert.deepEqual(upgrade('rotation', json, steps), expected));
  }
});
