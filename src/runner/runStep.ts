// Runs one step: its script in the terminal, or what the extension does itself; the journal keeps what came of it.
import { copyMade } from '../evidence/conversion';
import { scriptsToRun } from '../folder/asRendered';
import { writeScripts } from '../folder/runFolder';
import { checkKinds } from '../model/checkKinds';
import type { Step, StepKind, StepOf } from '../model/plan';
import { type KindsWith, stepKinds } from '../model/stepKinds';
import { scriptHash } from '../powershell/scriptHash';
import { newRun } from './newRun';
import type { RunPort, TerminalEnd } from './port';
import { readAgain } from './readAgain';
import type { Stop } from './stop';

/** How a step that was begun came to its end: what it came to stands in the journal. */
export interface StepEnd {
  readonly end: TerminalEnd | 'done-by-us';
}

/** A stop: nothing of the step was begun. */
type Runner<Kind extends StepKind> = (step: StepOf<Kind>, port: RunPort) => Promise<StepEnd | Stop>;

/** What the extension does itself; every other kind runs its script, if it has one. */
const own: { readonly [Kind in KindsWith<'by', 'extension'>]: Runner<Kind> } = { probe, convert };

export async function runStep(step: Step, port: RunPort): Promise<StepEnd | Stop> {
  if (isOwn(step.kind)) return (own[step.kind] as Runner<StepKind>)(step, port);
  return step.script === null ? { stop: 'not-run-by-us', step } : script(step, step.script, port);
}

function isOwn(kind: StepKind): kind is keyof typeof own {
  return stepKinds[kind].by === 'extension';
}

async function probe(step: StepOf<'probe'>, port: RunPort): Promise<StepEnd | Stop> {
  // the look before any change proves nothing, and is made once
  const isProof = step.after.some(({ check }) => checkKinds[check].provesCutover);
  const seen = await port.probe(step, isProof ? step.thumbprint : undefined);
  if (seen.length === 0) return { stop: 'no-observation', step };
  await port.rotation.journal([{ event: 'confirmed', step: step.id, what: 'probed' }]);
  return { end: 'done-by-us' };
}

async function convert(step: StepOf<'convert'>, port: RunPort): Promise<StepEnd | Stop> {
  const thumbprint = await port.convert(step);
  if (thumbprint === undefined) return { stop: 'not-converted', step };
  if (thumbprint !== step.thumbprint) return { stop: 'other-certificate', step, found: thumbprint };
  await port.rotation.journal([{ event: 'confirmed', step: step.id, what: copyMade(thumbprint) }]);
  return { end: 'done-by-us' };
}

async function script(step: Step, path: string, { rotation, terminal }: RunPort): Promise<StepEnd | Stop> {
  const known = rotation.known();
  if (known === undefined) return { stop: 'rotation-closed' };
  const scripts = await scriptsToRun(known.port, known.rendered, path);
  if ('differing' in scripts) return { stop: 'script-differs', step, path: scripts.differing };
  const given = await terminal.givenFiles(step);
  if ('missing' in given) return { stop: 'copy-missing', step, file: given.missing };
  // before the journal tells of a run: refused here, nothing was begun
  const free = await terminal.free();
  if (free === undefined) return { stop: 'no-terminal', step };
  const run = newRun();
  const folder = await free.makeFolder(run);
  if ('refused' in folder) return { stop: 'no-run-folder', step, why: folder.refused };
  // what was compared is what runs, whatever becomes of the rotation's folder meanwhile
  await writeScripts(folder.port, scripts.texts);
  const now = await readAgain(rotation);
  if ('stop' in now) return now;
  const hash = scriptHash(known.rendered.get(path) ?? '');
  await rotation.expect({ step: step.id, run, script: hash, server: step.target.server ?? null }, folder);
  await rotation.journal([{ event: 'run', step: step.id, script: hash }]);
  await rotation.refresh();
  const end = await free.run({
    ...given,
    ...('minutes' in step && { waits: step.minutes }),
    folder,
    script: path,
    run,
  });
  if (end !== 'result') {
    // unknown, never success: what it changed is seen by the next snapshot alone
    await rotation.journal([
      { event: 'result', step: step.id, path: 'none', sha256: '0'.repeat(64), outcome: 'unknown' },
    ]);
  }
  return { end };
}
