// What a person confirms before a step that can't be taken back, and what only a person can do.
import * as vscode from 'vscode';
import type { Step } from '../../model/plan';
import { type KindsWith, type StepKind, stepKinds } from '../../model/stepKinds';
import { ask, askText, sentence, words, type Said } from '../face/say';
import type { OpenRotation } from '../state/openRotation';

type Confirmation = (step: Step, rotation: OpenRotation) => Promise<boolean>;

const confirmations: Readonly<Record<KindsWith<'confirmed', true>, Confirmation>> = {
  remove: typeServer,
  'take-back-import': takeBack,
  'delete-copies': endOfTheWayBack,
  'hybrid-configuration': byHand,
};

/** True at once for every other kind. */
export async function confirm(step: Step, rotation: OpenRotation): Promise<boolean> {
  return isConfirmed(step.kind) ? confirmations[step.kind](step, rotation) : true;
}

function isConfirmed(kind: StepKind): kind is keyof typeof confirmations {
  return stepKinds[kind].confirmed;
}

async function typeServer(step: Step): Promise<boolean> {
  const server = step.target.server ?? '';
  const typed = await askText({
    title: words('Remove the old certificate from {0}', server),
    prompt: words('Type the name of the server to remove {0} from it.', step.thumbprint),
    validate: (text) => (text === server ? undefined : words('Type {0} to go on.', server)),
  });
  return typed === server;
}

async function takeBack(step: Step): Promise<boolean> {
  const remove = vscode.l10n.t('Remove It Again');
  const choice = await ask.warning({
    message: words('Remove the new certificate from {0} again?', step.target.server ?? ''),
    detail: words(
      'Its key came into a key storage provider, with which OWA and ECP fail. Nothing uses it there. Afterwards the converted copy is imported, which names a provider that Exchange can use.',
    ),
    buttons: [remove],
  });
  return choice === remove;
}

async function endOfTheWayBack(): Promise<boolean> {
  const remove = vscode.l10n.t('Delete');
  const choice = await ask.warning({
    message: words('Delete the backups and converted copies of this rotation?'),
    detail: words('With them the way back to the old certificate ends.'),
    buttons: [remove],
  });
  return choice === remove;
}

/** Whether a journal that another window, computer or pull request wrote may be built on. */
export async function goesOnWithJournal({ rotation, journal }: OpenRotation['loaded']): Promise<boolean> {
  const goOn = vscode.l10n.t('Go On and Take Snapshot');
  const last = journal.at(-1);
  const choice = await ask.warning({
    message: words('Go on with the rotation {0}, which was not written by this window alone?', rotation.name),
    detail: words(
      'The last line of its journal is of {0}, by {1}; {2} decisions stand in rotation.json. If it came by a pull request or a copy, the backups, results and decisions are the word of whoever wrote them: read both files. A snapshot is taken first; nothing else runs.',
      last?.at ?? '?',
      last?.by ?? '?',
      rotation.decisions.length,
    ),
    buttons: [goOn],
  });
  return choice === goOn;
}

/** Whether a lock whose holder can't be asked, because it is of another computer, is taken over. */
export async function takesLockOver(holder: Said): Promise<boolean> {
  const take = vscode.l10n.t('Take Over');
  const choice = await ask.warning({
    message: holder,
    detail: words('Two windows that write at once spoil the journal. Take over only if that window is gone.'),
    buttons: [take],
  });
  return choice === take;
}

/** Whether what is read back from `server` may stand for the look from outside that reaches nothing. */
export async function acceptsWithoutProbe(server: string): Promise<boolean> {
  const accept = vscode.l10n.t('Accept');
  const choice = await ask.warning({
    message: words('Accept {0} without a look from outside?', server),
    detail: words(
      'No probe reaches it from this computer, so nobody sees what it presents: what its scripts read back stands alone. The decision is written to the journal. A probe that is answered still counts.',
    ),
    buttons: [accept],
  });
  return choice === accept;
}

async function byHand(step: Step): Promise<boolean> {
  const done = vscode.l10n.t('It Is Done: Read It Back');
  const name = step.kind === 'hybrid-configuration' ? step.to : '';
  const choice = await ask.information({
    message: words('Set the certificate of the hybrid configuration by hand.'),
    detail: words(
      'In the Exchange Management Shell, or with the Hybrid Configuration Wizard. The script of this step holds the command; the value is:\n{0}',
      sentence(name),
    ),
    buttons: [done],
  });
  return choice === done;
}
