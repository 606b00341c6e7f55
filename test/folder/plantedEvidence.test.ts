// Evidence that somebody wrote into a rotation's folder: it outlives no snapshot and no look that is made after it.
import assert from 'node:assert/strict';
import { addSnapshot } from '../../src/folder/createRotation';
import { appendJournal } from '../../src/folder/journal';
import { writeText } from '../../src/folder/port';
import { sha256 } from '../../src/folder/sha256';
import type { CertificateFacts } from '../../src/model/certificate';
import type { JournalEvent } from '../../src/model/result';
import type { ServerRow } from '../../src/model/snapshot';
import { plan } from '../../src/plan/plan';
import { observation, outbound, stepsOf } from '../plan/organization';
import { load, makeRotation, makeWorkspace, type MadeRotation, type Workspace } from './workspace';

const now = '2026-11-22T22:00:00Z';
const protocols = ['smtp', 'https', 'imaps', 'pop3s'] as const;

describe('evidence that was planted in a rotation', () => {
  let workspace: Workspace;
  let honest: readonly string[];
  before(async () => {
    workspace = makeWorkspace();
    honest = await openSteps(await afterSnapshot(await makeRotation(workspace)));
    assert.ok(honest.length > 30);
  });

  const openSteps = async (made: MadeRotation): Promise<readonly string[]> => {
    const loaded = await load(made, now);
    const { wanted } = loaded;
    assert.ok(wanted !== null);
    return stepsOf(plan({ ...loaded, wanted, inputs: loaded.inputs(now) })).map(
      ({ id, kind, target }) => `${kind} ${target.server ?? target.connector ?? ''} ${id}`,
    );
  };

  /** What a person does who goes on with it: a real snapshot, and real looks, which all find the old certificate. */
  const afterSnapshot = async (made: MadeRotation): Promise<MadeRotation> => {
    const author = { at: '2026-11-22T21:50:00Z', by: 'admin@workstation' };
    const snapshot = { ...workspace.snapshot, taken: '2026-11-22T21:49:00Z' };
    await addSnapshot(made.port, snapshot, JSON.stringify(snapshot), author);
    await appendJournal(made.port, looks(workspace.old, '2026-11-22T21:50:00Z'), author);
    return made;
  };

  const looks = (of: CertificateFacts, at: string): readonly JournalEvent[] =>
    workspace.snapshot.servers.flatMap(({ name }) =>
      protocols.map((protocol): JournalEvent => ({
        event: 'observation',
        observation: observation(name, protocol, of, at),
      })),
    );

  /** The server as it would be at the end: every step of its cutover would be settled. */
  const finished = (row: ServerRow): ServerRow => {
    const { thumbprint, tlsCertificateName } = workspace.fresh;
    const [certificate] = row.certificates ?? [];
    assert.ok(certificate !== undefined);
    const fresh = { ...certificate, thumbprint, rawData: null, services: ['POP', 'IMAP', 'IIS', 'SMTP'] };
    return {
      ...row,
      certificates: [certificate, fresh],
      bindings: (row.bindings ?? []).map((one) => ({ ...one, iis: thumbprint, httpSys: thumbprint })),
      receiveConnectors: (row.receiveConnectors ?? []).map((one) => ({ ...one, tlsCertificateName })),
    };
  };

  /** As by a pull request: results, looks and lines, with every hash in order; `all`: also what no snapshot tells of. */
  const plant = async (made: MadeRotation, at: string, all: boolean): Promise<void> => {
    const author = { at, by: 'stranger@elsewhere' };
    const { tlsCertificateName, thumbprint } = workspace.fresh;
    const steps = stepsOf(plan({ ...(await planned(made)) }));
    for (const [count, step] of steps.entries()) {
      const server = step.target.server ?? null;
      const row = workspace.snapshot.servers.find(({ name }) => name === server);
      const text = JSON.stringify({
        version: 1,
        step: step.id,
        run: 'ab'.repeat(8),
        script: '0'.repeat(64),
        server,
        started: at,
        ended: at,
        outcome: 'done',
        changed: step.kind !== 'back-up',
        before: null,
        after: {
          ...(row === undefined ? {} : { servers: [finished(row)], restarted: ['MSExchangePOP3', 'MSExchangeIMAP4'] }),
          sendConnectors: (workspace.snapshot.sendConnectors ?? []).map((one) => ({ ...one, tlsCertificateName })),
          hybrid: { tlsCertificateName },
          ...(all
            ? {
                watched: { name: step.kind === 'wait-for-replication' ? 'replication' : outbound, minutes: 10 },
                backup: { thumbprint: workspace.old.thumbprint, verified: true, file: 'x.pfx' },
              }
            : {}),
        },
        error: null,
      });
      const path = `results/${String(count)}.json`;
      await writeText(made.port, path, text);
      await appendJournal(
        made.port,
        [
          { event: 'run', step: step.id, script: '0'.repeat(64) },
          { event: 'result', step: step.id, path, sha256: sha256(text), outcome: 'done' },
          ...(all ? [{ event: 'confirmed', step: step.id, what: `copy ${thumbprint}` } as const] : []),
        ],
        author,
      );
    }
    await appendJournal(made.port, looks(workspace.fresh, at), author);
  };
  const planned = async (made: MadeRotation) => {
    const loaded = await load(made, now);
    assert.ok(loaded.wanted !== null);
    return { ...loaded, wanted: loaded.wanted, inputs: loaded.inputs(now) };
  };

  it('settles no step where it claims the year 2099, and that is said', async () => {
    const made = await makeRotation(workspace);
    await plant(made, '2099-01-01T00:00:00Z', true);
    assert.deepEqual(await openSteps(await afterSnapshot(made)), honest);
    const { problems } = await load(made, now);
    assert.deepEqual([...new Set(problems.map(({ code }) => code))], ['future']);
    assert.ok(problems.some(({ path, detail }) => path === 'journal.jsonl' && detail === '2099-01-01T00:00:00Z'));
  });

  for (const at of ['2026-11-22T21:52:00Z', '2026-11-22T21:59:00Z']) {
    it(`settles no step that a snapshot or a look tells of, where it claims ${at}, shortly after both`, async () => {
      const made = await makeRotation(workspace);
      await plant(made, at, false);
      assert.deepEqual(await openSteps(await afterSnapshot(made)), honest);
    });
  }

  it('is no latest snapshot where its file claims the year 2099', async () => {
    const made = await makeRotation(workspace);
    const planted = { ...workspace.snapshot, taken: '2099-01-01T00:00:00Z', organization: 'planted' };
    await addSnapshot(made.port, planted, JSON.stringify(planted), { at: '2026-11-22T21:40:00Z', by: 'stranger' });
    const { found, problems } = await load(made, now);
    assert.equal(found.organization, workspace.snapshot.organization);
    assert.deepEqual(
      problems.map(({ path, code, detail }) => [path, code, detail]),
      [['snapshots/20990101T000000Z.json', 'future', '2099-01-01T00:00:00Z']],
    );
  });
});
