// Takes in the results that scripts wrote: those of our own runs are believed and journaled, others are shown as foreign.
import type * as vscode from 'vscode';
import type { ExpectedResult } from '../evidence/believe';
import { readText } from '../folder/port';
import type { Step } from '../model/plan';
import type { JournalEvent, StepResult } from '../model/result';
import { author, type OpenRotation } from './openRotation';
import { organizationRooms } from './rooms';

/** Runs this window started and has no result of yet, by their ids; they lie outside the folder, in the window's own storage. */
type Expectations = Readonly<Record<string, ExpectedResult>>;

const key = (rotation: OpenRotation): string => `runs:${rotation.folder}`;

/** Notes the run before it is started; returns the hash of the script it will run. */
export async function expectResult(
  context: vscode.ExtensionContext,
  rotation: OpenRotation,
  step: Step,
  run: string,
): Promise<string> {
  const { scriptHash } = await organizationRooms();
  const script = scriptHash(rotation.rendered.get(step.script ?? '') ?? '');
  const known = context.workspaceState.get<Expectations>(key(rotation), {});
  await context.workspaceState.update(key(rotation), {
    ...known,
    [run]: { step: step.id, run, script, server: step.target.server ?? null },
  });
  return script;
}

/** Journals every result file that the journal does not know yet. Each run id counts once. Returns whether there was any. */
export async function collectResults(context: vscode.ExtensionContext, rotation: OpenRotation): Promise<boolean> {
  const rooms = await organizationRooms();
  const known = new Set(
    rotation.loaded.journal.flatMap((line) => (line.event === 'result' || line.event === 'foreign' ? [line.path] : [])),
  );
  const files = (await rotation.port.list('results')).filter(
    (name) => name.endsWith('.json') && !known.has(`results/${name}`),
  );
  let expected = context.workspaceState.get<Expectations>(key(rotation), {});
  const events: JournalEvent[] = [];
  for (const name of files) {
    const path = `results/${name}`;
    const text = (await readText(rotation.port, path)) ?? '';
    const read = rooms.readResult(path, text, rooms);
    if ('problem' in read) {
      events.push({ event: 'foreign', path, why: read.problem.code });
      continue;
    }
    const belief = rooms.believe(read.value, expected[read.value.run]);
    if ('foreign' in belief) {
      events.push({ event: 'foreign', path, why: belief.why });
      continue;
    }
    expected = Object.fromEntries(Object.entries(expected).filter(([run]) => run !== read.value.run));
    events.push({
      event: 'result',
      step: belief.believed.step,
      path,
      sha256: rooms.sha256(text),
      outcome: belief.believed.outcome,
    });
    await keepSnapshot(rotation, belief.believed);
  }
  if (events.length > 0) {
    await rotation.journal(events);
    await context.workspaceState.update(key(rotation), expected);
  }
  return events.length > 0;
}

/** A believed snapshot gets its copy in snapshots/, where the next plan begins. */
async function keepSnapshot(rotation: OpenRotation, { after }: StepResult): Promise<void> {
  if (after?.snapshot !== undefined) {
    const { addSnapshot, renderJson } = await organizationRooms();
    await addSnapshot(rotation.port, after.snapshot, renderJson(after.snapshot), author());
  }
}
