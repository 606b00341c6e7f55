// Runs steps in this window: shows that a run goes on, and says why it stopped.
import * as vscode from 'vscode';
import type { Scope } from '../../evidence/nextSteps';
import type { Step } from '../../model/plan';
import type { RunScope } from '../../runner/createRun';
import type { RunOutcome } from '../../runner/stop';
import { commands, views } from '../commands';
import { say, showProgressIn } from '../face/say';
import { organizationRooms } from '../rooms';
import type { Workspace } from '../workspace';
import { showDifference } from './compareScript';
import { type StopWords, stopWords } from './stopWords';
import { windowPort } from './windowPort';

/** A window has one rotation open, and so one run at a time. */
export function runInWindow(workspace: Workspace): (scope: Scope) => Promise<void> {
  let created: Promise<RunScope> | undefined;
  const create = async (): Promise<RunScope> => (await organizationRooms()).createRun(windowPort(workspace));
  return async (scope) => {
    created ??= create();
    const run = await created;
    const outcome = await showProgressIn(views.rotation, () => run(scope));
    await tell(outcome, workspace);
  };
}

/** A run that did something and came to where nothing more may begin says it by the view. */
async function tell({ begun, stop }: RunOutcome, workspace: Workspace): Promise<void> {
  const rooms = await organizationRooms();
  if (begun.length > 0 && rooms.stopSorts[stop.stop] === 'idle') {
    return;
  }
  const steps = workspace.rotation?.plan.phases.flatMap((phase) => phase.steps) ?? [];
  const titleOf = (id: string): string => {
    const step = steps.find((one) => one.id === id);
    return step === undefined ? id : rooms.stepTitle(step);
  };
  if (stop.stop === 'script-differs' && workspace.rotation !== undefined) {
    await showDifference(workspace, workspace.rotation, stop.path);
    return;
  }
  const said = stopWords(stop, { rooms, titleOf });
  if (said !== null) {
    show(said, 'step' in stop ? stop.step : undefined);
  }
}

function show({ as, text, offers }: StopWords, step: Step | undefined): void {
  const take = vscode.l10n.t('Take Snapshot');
  const open = vscode.l10n.t('Open Script');
  const choices = offers === undefined ? [] : [take, ...(step?.script == null ? [] : [open])];
  void say[as](text, ...choices).then((choice) => {
    if (choice === take) {
      return vscode.commands.executeCommand(commands.takeSnapshot);
    }
    return choice === open && step !== undefined
      ? vscode.commands.executeCommand(commands.openScript, { subject: { kind: 'step', id: step.id } })
      : undefined;
  });
}
