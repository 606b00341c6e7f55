// The rotation's commands: run a step, a phase or what comes next; decide; open what was written.
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Scope } from '../../evidence/nextSteps';
import type { Step } from '../../model/plan';
import { renderedScheme } from '../commands';
import type { Handler, Handlers } from '../handlers';
import { pickOne, say, words } from '../face/say';
import { author, type OpenRotation } from '../state/openRotation';
import { organizationRooms } from '../rooms';
import { requireLock } from '../state/rotationLock';
import { subjectOf } from '../subject';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';
import { askQuestion } from './askQuestion';
import { acceptsWithoutProbe, takesLockOver } from './confirm';
import { mayGoOn } from './goOn';
import { openPlan } from './openPlan';
import { rotateCommand } from './rotate';
import type { RotationSubject } from './rotationNodes';
import { openInTerminal } from './openInTerminal';
import { runInWindow } from './run';

type RotationCommand =
  | 'rotate'
  | 'openRotation'
  | 'closeRotation'
  | 'openPlan'
  | 'openScript'
  | 'openInTerminal'
  | 'runStep'
  | 'runPhase'
  | 'runNext'
  | 'continueAfterCanary'
  | 'deferServer'
  | 'resumeServer'
  | 'acceptWithoutProbe'
  | 'answerQuestion';

type Act = (rotation: OpenRotation, subject: RotationSubject | undefined) => unknown;

export function rotationCommands(workspace: Workspace): Handlers<RotationCommand> {
  /** What `onlyShows` asks for no lock, and does not mind who wrote the journal. */
  const withRotation =
    (act: Act, onlyShows = false): Handler =>
    async (argument) => {
      if (!requireTrust()) {
        return;
      }
      await workspace.refresh();
      if (workspace.rotation === undefined) {
        void say.information(
          words('No rotation is open. "Rotate Certificate…" begins one, "Open Rotation…" goes on with one.'),
        );
        return;
      }
      if (!onlyShows) {
        if (!(await mayGoOn(workspace.rotation, workspace))) {
          return;
        }
        await requireLock(workspace.rotation, takesLockOver);
      }
      await act(workspace.rotation, rotationSubject(argument));
    };
  const run = runInWindow(workspace);
  const decide = async (rotation: OpenRotation, question: string, answer: string): Promise<void> => {
    const rooms = await organizationRooms();
    await requireLock(rotation);
    await rooms.decide(rotation.port, rotation.loaded.intent, { question, answer }, author());
    await workspace.publish();
  };
  const defer = async (
    rotation: OpenRotation,
    subject: RotationSubject | undefined,
    answer: 'yes' | 'no',
  ): Promise<void> => {
    if (subject?.kind === 'phase' && subject.server !== undefined) {
      await decide(rotation, (await organizationRooms()).deferQuestion(subject.server), answer);
    }
  };
  return {
    ...rotateCommand(workspace),
    openRotation: () => openRotationFolder(workspace),
    closeRotation: () => workspace.useRotation(undefined),
    openPlan: withRotation((rotation) => openPlan(rotation, workspace), true),
    openScript: withRotation(openScript, true),
    openInTerminal: withRotation(async (rotation, subject) => {
      const step = stepOf(rotation, subject);
      if (step !== undefined) {
        await openInTerminal(step, rotation, workspace);
      }
    }),
    runStep: withRotation((_, subject) =>
      subject?.kind === 'step' ? run({ scope: 'step', id: subject.id }) : undefined,
    ),
    runPhase: withRotation((_, subject) => (subject?.kind === 'phase' ? run(phaseScope(subject)) : undefined)),
    runNext: withRotation(() => run({ scope: 'all' })),
    continueAfterCanary: withRotation(async (rotation) => {
      const rooms = await organizationRooms();
      if (rooms.waitsForContinue(rotation.situation)) {
        await decide(rotation, rooms.continueAfterCanary, 'yes');
      } else {
        void say.information(
          words('Nothing waits for this: the first server is not done yet, or the others go on already.'),
        );
      }
    }),
    deferServer: withRotation((rotation, subject) => defer(rotation, subject, 'yes')),
    resumeServer: withRotation((rotation, subject) => defer(rotation, subject, 'no')),
    acceptWithoutProbe: withRotation(async (rotation, subject) => {
      const server = stepOf(rotation, subject)?.target.server;
      if (server !== undefined && (await acceptsWithoutProbe(server))) {
        await decide(rotation, (await organizationRooms()).withoutProbeQuestion(server), 'accept');
      }
    }),
    answerQuestion: withRotation(async (rotation, subject) => {
      const question = rotation.plan.questions.find(({ id }) => subject?.kind === 'question' && id === subject.id);
      const answer = question === undefined ? undefined : await askQuestion(question);
      if (question !== undefined && answer?.answer === 'chosen' && answer.value !== undefined) {
        await decide(rotation, question.id, answer.value);
      }
    }),
  };
}

function phaseScope({ phase, server }: Extract<RotationSubject, { kind: 'phase' }>): Scope {
  return { scope: 'phase', phase, ...(server !== undefined && { server }) };
}

function rotationSubject(argument: unknown): RotationSubject | undefined {
  const subject = subjectOf(argument);
  return subject !== undefined && 'kind' in subject ? (subject as RotationSubject) : undefined;
}

function stepOf({ plan }: OpenRotation, subject: RotationSubject | undefined): Step | undefined {
  return plan.phases.flatMap(({ steps }) => steps).find(({ id }) => subject?.kind === 'step' && id === subject.id);
}

function fileOf({ folder }: OpenRotation, file: string): vscode.Uri {
  return vscode.Uri.file(path.join(folder, file));
}

/** The file as it is on disk, else what it would be: there is always something to read before it runs. */
async function openScript(rotation: OpenRotation, subject: RotationSubject | undefined): Promise<void> {
  const script = stepOf(rotation, subject)?.script;
  if (script == null) {
    return;
  }
  const there = 'value' in (await rotation.port.read(script));
  await vscode.window.showTextDocument(
    there ? fileOf(rotation, script) : vscode.Uri.from({ scheme: renderedScheme, path: `/${script}` }),
    { preview: true },
  );
}

async function openRotationFolder(workspace: Workspace): Promise<void> {
  const files = await vscode.workspace.findFiles('**/rotations/*/rotation.json', '**/node_modules/**');
  if (files.length === 0) {
    void say.information(words('This workspace has no rotation yet. "Rotate Certificate…" begins one.'));
    return;
  }
  const folders = files
    .map((file) => vscode.Uri.joinPath(file, '..'))
    .sort((one, other) => (one.path < other.path ? 1 : -1));
  const picked = await pickOne(
    folders.map((folder) => ({
      label: folder.path.split('/').at(-1) ?? '',
      description: vscode.workspace.asRelativePath(folder),
      folder,
    })),
    { title: words('Open Rotation'), placeHolder: words('The newest is listed first') },
  );
  if (picked !== undefined) {
    await workspace.useRotation(picked.folder);
  }
}
