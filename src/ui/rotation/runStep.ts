// Runs one step: its script in the terminal, or what the extension does itself; the journal keeps what came of it.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { copyMade } from '../../evidence/conversion';
import { checkKinds } from '../../model/checkKinds';
import type { Step, StepKind } from '../../model/plan';
import { type KindsWith, stepKinds } from '../../model/stepKinds';
import type { Observation } from '../../model/observation';
import { commands } from '../commands';
import { keyFolderPath, makeKeyFolder } from '../shell/keyFolder';
import type { OpenRotation } from '../state/openRotation';
import type { Workspace } from '../workspace';
import { expectResult } from '../state/collectResults';
import { requireAsRendered } from './compareScript';
import { freeTerminal } from '../shell/freeTerminal';
import { newRun, runScript } from '../shell/runScript';

/** `ended`: whatever it came to stands in the journal. `left`: nothing was begun. */
export type StepEnd = 'ended' | 'left';

type Runner = (step: Step, rotation: OpenRotation, workspace: Workspace) => Promise<StepEnd>;

/** What the extension does itself; every other kind runs its script, if it has one. */
const own: Readonly<Record<KindsWith<'by', 'extension'>, Runner>> = { probe, convert };

export async function runStep(step: Step, rotation: OpenRotation, workspace: Workspace): Promise<StepEnd> {
  return (isOwn(step.kind) ? own[step.kind] : script)(step, rotation, workspace);
}

function isOwn(kind: StepKind): kind is keyof typeof own {
  return stepKinds[kind].by === 'extension';
}

async function probe(step: Step, rotation: OpenRotation): Promise<StepEnd> {
  const seen = await vscode.commands.executeCommand<readonly Observation[] | undefined>(commands.checkEndpoints, {
    subject:
      step.kind === 'probe'
        ? { server: step.target.server, endpoints: step.endpoints, ...(isProof(step) && { planned: step.thumbprint }) }
        : undefined,
  });
  // nobody could look, which was said, or it was cancelled
  if (seen === undefined || seen.length === 0) {
    return 'left';
  }
  await rotation.journal([{ event: 'confirmed', step: step.id, what: 'probed' }]);
  return 'ended';
}

/** The look before any change proves nothing, and is made once. */
function isProof({ after }: Step): boolean {
  return after.some(({ check }) => checkKinds[check].provesCutover);
}

async function convert(step: Step, rotation: OpenRotation): Promise<StepEnd> {
  const converted = await vscode.commands.executeCommand<{ readonly thumbprint: string } | undefined>(
    commands.convertForWindowsServer2016,
    { uri: vscode.Uri.file(pfxOf(rotation)).toString(), isForPlan: true },
  );
  if (converted === undefined) {
    return 'left';
  }
  if (converted.thumbprint !== step.thumbprint) {
    throw new Error(vscode.l10n.t('The PFX holds {0}, not the certificate of this rotation.', converted.thumbprint));
  }
  await rotation.journal([{ event: 'confirmed', step: step.id, what: copyMade(step.thumbprint) }]);
  return 'ended';
}

async function script(step: Step, rotation: OpenRotation, workspace: Workspace): Promise<StepEnd> {
  if (step.script === null || !(await requireAsRendered(workspace, rotation, step.script))) {
    return 'left';
  }
  const terminal = terminalName(rotation);
  const given = await argumentsOf(step, rotation);
  // before the journal tells of a run: refused here, nothing was begun
  if ((await freeTerminal(terminal, workspace.context.workspaceState)) === undefined) {
    return 'left';
  }
  const run = newRun();
  const hash = await expectResult(workspace.context, rotation, step, run);
  await rotation.journal([{ event: 'run', step: step.id, script: hash }]);
  await workspace.refresh();
  const end = await runScript(
    {
      terminal,
      script: path.join(rotation.folder, step.script),
      results: path.join(rotation.folder, 'results'),
      run,
      ...('minutes' in step && { waits: step.minutes }),
      ...given,
    },
    workspace.context.workspaceState,
  );
  if (end.end !== 'result') {
    // unknown, never success: what it changed is seen by the next snapshot alone
    await rotation.journal([
      { event: 'result', step: step.id, path: 'none', sha256: '0'.repeat(64), outcome: 'unknown' },
    ]);
  }
  return 'ended';
}

export function terminalName(rotation: OpenRotation): string {
  return vscode.l10n.t('Rotation {0}', rotation.loaded.rotation.name);
}

/** The PFX itself, as the terminal names it. */
export function pfxOf(rotation: OpenRotation): string {
  return path.join(rotation.folder, rotation.loaded.rotation.to.pfx.path);
}

/** Files outside the folder are arguments, never paths within a script. */
export async function argumentsOf(
  step: Step,
  rotation: OpenRotation,
): Promise<{ readonly pfx?: string; readonly keyFolder?: string }> {
  const { given } = stepKinds[step.kind];
  if (given === 'pfx') {
    const isConverted = 'source' in step && step.source === 'converted';
    return { pfx: isConverted ? await convertedCopy(step.thumbprint) : pfxOf(rotation) };
  }
  return given === 'key-folder' ? { keyFolder: (await makeKeyFolder()).path } : {};
}

async function convertedCopy(thumbprint: string): Promise<string> {
  const file = path.join(keyFolderPath(), `${thumbprint}-converted.pfx`);
  if (
    !(await fs.access(file).then(
      () => true,
      () => false,
    ))
  ) {
    throw new Error(
      vscode.l10n.t(
        'The converted copy {0} is not there any more. Take a snapshot, then run the conversion again.',
        file,
      ),
    );
  }
  return file;
}
