// Runs steps one after another until none may begin, one fails, or one's end is not known.
import * as vscode from 'vscode';
import type { Scope } from '../../evidence/nextSteps';
import type { StepState } from '../../evidence/stepState';
import type { Step } from '../../model/plan';
import { commands, views } from '../commands';
import { say, sentence, showProgressIn, words } from '../face/say';
import type { OpenRotation } from '../state/openRotation';
import { organizationRooms } from '../rooms';
import type { Workspace } from '../workspace';
import { confirm } from './confirm';
import { whyText } from './rotationNodes';
import { runStep } from './runStep';

/** One run at a time for a rotation, and a window has one rotation open. */
let running = false;

export async function run(workspace: Workspace, scope: Scope): Promise<void> {
  if (running) {
    void say.information(words('A step is running in the terminal. It must end first.'));
    return;
  }
  running = true;
  try {
    await showProgressIn(views.rotation, () => runInOrder(workspace, scope));
  } finally {
    running = false;
  }
}

async function runInOrder(workspace: Workspace, scope: Scope): Promise<void> {
  const rooms = await organizationRooms();
  const begun = new Set<string>();
  for (;;) {
    const { rotation } = workspace;
    if (rotation === undefined) {
      return;
    }
    const step = rooms.nextSteps(rotation.situation, scope).find(({ id }) => !begun.has(id));
    if (step === undefined) {
      if (begun.size === 0) {
        await sayWhyNot(rotation, scope);
      }
      return;
    }
    begun.add(step.id);
    if (!(await confirm(step, rotation)) || (await runStep(step, rotation, workspace)) === 'left') {
      return;
    }
    await workspace.publish();
    const state = stateNow(workspace, step.id, rooms);
    if (state !== undefined && (state.state === 'failed' || state.state === 'unknown')) {
      await sayStopped(workspace, step, state);
      return;
    }
  }
}

/** undefined: the step fell out of the plan, because what it is for holds. */
function stateNow(
  { rotation }: Workspace,
  id: string,
  rooms: Awaited<ReturnType<typeof organizationRooms>>,
): StepState | undefined {
  const step = rotation?.plan.phases.flatMap(({ steps }) => steps).find((one) => one.id === id);
  return step === undefined || rotation === undefined ? undefined : rooms.stepState(step, rotation.situation);
}

async function sayStopped(workspace: Workspace, step: Step, state: StepState): Promise<void> {
  const rooms = await organizationRooms();
  const { rotation } = workspace;
  const message = rotation?.loaded.results.findLast((result) => result.step === step.id)?.error?.message;
  const take = vscode.l10n.t('Take Snapshot');
  const show = vscode.l10n.t('Open Script');
  const said = words(
    '"{0}" stopped the run: {1}',
    rooms.stepTitle(step),
    sentence(message ?? whyText(state, rooms, (id) => id)),
  );
  void say.error(said, take, ...(step.script === null ? [] : [show])).then((choice) => {
    if (choice === take) {
      return vscode.commands.executeCommand(commands.takeSnapshot);
    }
    return choice === show
      ? vscode.commands.executeCommand(commands.openScript, { subject: { kind: 'step', id: step.id } })
      : undefined;
  });
}

/** Nothing may begin: says what the first held step waits for. */
async function sayWhyNot({ plan, situation }: OpenRotation, scope: Scope): Promise<void> {
  const rooms = await organizationRooms();
  const steps = plan.phases
    .filter(({ phase, server }) => scope.scope !== 'phase' || (phase === scope.phase && server === scope.server))
    .flatMap(({ steps: all }) => all)
    .filter(({ id }) => scope.scope !== 'step' || id === scope.id);
  const titles = new Map(plan.phases.flatMap((phase) => phase.steps.map((step) => [step.id, rooms.stepTitle(step)])));
  const [first] = steps;
  if (first === undefined) {
    void say.information(words('There is nothing left to do here.'));
    return;
  }
  const state = rooms.stepState(first, situation);
  const why =
    state.state === 'ready'
      ? vscode.l10n.t('it is run on its own, never with others')
      : whyText(state, rooms, (id) => titles.get(id) ?? id);
  void say.warning(words('Nothing can begin. "{0}": {1}', rooms.stepTitle(first), sentence(why)));
}
