// The view *Rotation*: phases and steps with their state, reason and script.
import type * as vscode from 'vscode';
import type { JournalLine } from '../../model/result';
import { plain, type Said, sentence, together, words } from '../face/say';
import type { OpenRotation } from '../state/openRotation';
import { organizationRooms } from '../rooms';
import type { ShownTree } from '../views';
import type { Workspace } from '../workspace';
import { rotationNodes } from './rotationNodes';

/** Shows what is known now, and anew with each change of the workspace, until it is disposed. */
export function showRotation(workspace: Workspace, { tree, view }: ShownTree): vscode.Disposable {
  const show = async (): Promise<void> => {
    const { rotation, rotationProblem } = workspace;
    if (rotation === undefined) {
      tree.show([]);
      view.message = plain(rotationProblem === undefined ? '' : closedMessage(rotationProblem).text);
      view.description = plain('');
      return;
    }
    tree.show(rotationNodes(rotation, await organizationRooms()));
    view.description = plain(rotation.loaded.rotation.name);
    view.message = plain(messageOf(rotation)?.text ?? '');
  };
  void show();
  return workspace.onDidChange(() => void show());
}

/** A rotation that can't be opened shows no steps: what can be done about it is in the view's menu. */
function closedMessage(problem: Said): Said {
  return together(
    problem,
    words('Restore its files, or choose "Close Rotation" or "Open Rotation…" in the menu of this view.'),
  );
}

function messageOf({ isForeign, owesSnapshot, configChange, lockedBy, plan, loaded }: OpenRotation): Said | undefined {
  if (lockedBy !== undefined) {
    return lockedBy;
  }
  if (configChange?.isNew === true) {
    return words(
      'This window has not seen the configuration of this rotation before. Nothing is run or written until you use it: run a step to be asked.',
    );
  }
  if (configChange !== undefined) {
    return words(
      'The configuration was changed outside this window. Nothing is run or written until you use it: run a step to be asked.',
    );
  }
  if (isForeign) {
    return words(
      "This rotation's journal or intent was written elsewhere. What they tell is another's word until you go on with it.",
    );
  }
  if (owesSnapshot) {
    return words(
      'You went on with what was written elsewhere, and no snapshot has come since. Nothing begins before one did: use "Take Snapshot".',
    );
  }
  const broken = loaded.problems.find(({ code }) => code === 'chain-broken');
  if (broken !== undefined) {
    return words(
      'The journal was changed at {0}: nothing after it is believed, whatever is added. Begin a new rotation with the same certificate: what is done is found again.',
      broken.path,
    );
  }
  const future = loaded.problems.filter(({ code }) => code === 'future');
  if (future.length > 0) {
    return words(
      'Not used, because they claim a time later than now or than what follows them: {0}. Check the clock of the computer that wrote them.',
      sentence(future.map(({ path, detail }) => `${path} (${detail})`).join(', ')),
    );
  }
  if (loaded.problems.length > 0) {
    return words(
      'Files of this rotation were passed over: {0}. Take a snapshot to see what is true.',
      sentence(loaded.problems.map(({ path, code }) => `${path} (${code})`).join(', ')),
    );
  }
  const strange = notBelieved(loaded.journal);
  if (strange.length > 0) {
    return words(
      'Results that no run of this window wrote were not believed: {0}. Take a snapshot to see what is true.',
      sentence(strange.join(', ')),
    );
  }
  return plan.phases.every(({ steps }) => steps.length === 0) && plan.refusals.length === 0
    ? words(
        'No step is open: on the servers of this rotation the new certificate is in place, and the old one is gone.',
      )
    : undefined;
}

/** Since the last snapshot, which has seen what they did. */
function notBelieved(journal: readonly JournalLine[]): readonly string[] {
  const since = journal.slice(journal.findLastIndex(({ event }) => event === 'snapshot') + 1);
  return since.flatMap((line) => (line.event === 'foreign' ? [`${line.path} (${line.why})`] : []));
}
