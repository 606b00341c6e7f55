// Why a run stopped, in the words of this window: one entry for each reason, so that a forgotten one does not compile.
import { l10n } from 'vscode';
import type { StepState } from '../../evidence/stepState';
import type { Step } from '../../model/plan';
import type { HeldBy } from '../../runner/port';
import type { Stop, StopKind, StopOf } from '../../runner/stop';
import { type Said, sentence, words } from '../face/say';
import type { organizationRooms } from '../rooms';
import { whyText } from './rotationNodes';

type Rooms = Awaited<ReturnType<typeof organizationRooms>>;

export interface StopWords {
  readonly as: 'information' | 'warning' | 'error';
  readonly text: Said;
  /** What the person can do about it. */
  readonly offers?: 'snapshot-or-script';
}

export interface Wording {
  readonly rooms: Rooms;
  /** A step's title by its id. */
  readonly titleOf: (id: string) => string;
}

/** null: the person knows, because they did it or were told by whatever they were asked by. */
const stops: {
  readonly [Kind in StopKind]: ((stop: StopOf<Kind>, wording: Wording) => StopWords) | null;
} = {
  'nothing-to-do': () => ({ as: 'information', text: words('There is nothing left to do here.') }),
  'already-running': () => ({
    as: 'information',
    text: words('A step is running in the terminal. It must end first.'),
  }),
  'rotation-closed': null,
  'changed-elsewhere': ({ why }) => ({ as: 'warning', text: heldTexts[why]() }),
  'waits-for-step': ({ step, needs }, wording) => held(step, { state: 'waiting', needs }, wording),
  'waits-for-question': ({ step, question }, wording) => held(step, { state: 'waiting', question }, wording),
  'waits-for-continue': ({ step, check, verdict }, wording) =>
    held(step, { state: 'waiting', check, verdict }, wording),
  'waits-for-check': ({ step, check, verdict }, wording) => held(step, { state: 'waiting', check, verdict }, wording),
  'blocked-by-check': ({ step, check, verdict }, wording) => held(step, { state: 'blocked', check, verdict }, wording),
  'blocked-by-step': ({ step, because }, wording) => held(step, { state: 'blocked', because }, wording),
  'stopped-before': ({ step, state }, wording) => held(step, state, wording),
  'only-by-itself': ({ step }, { rooms }) =>
    nothingBegins(rooms.stepTitle(step), l10n.t('it is run on its own, never with others')),
  'begun-once': null,
  declined: null,
  'not-run-by-us': ({ step }, { rooms }) => ({
    as: 'information',
    text: words('"{0}" has nothing to run.', rooms.stepTitle(step)),
  }),
  'script-differs': ({ path }) => ({ as: 'error', text: differsText(path) }),
  'no-run-folder': ({ why }) => ({ as: 'error', text: sentence(why) }),
  'copy-missing': ({ file }) => ({ as: 'error', text: missingCopyText(file) }),
  'no-terminal': null,
  'no-observation': null,
  'not-converted': null,
  'other-certificate': ({ found }) => ({
    as: 'error',
    text: words('The PFX holds {0}, not the certificate of this rotation.', found),
  }),
  'step-failed': ({ step, state, error }, wording) =>
    stopped(step, error?.message ?? whyText(state, wording.rooms, wording.titleOf), wording),
  'outcome-unknown': ({ step, state }, wording) =>
    stopped(step, whyText(state, wording.rooms, wording.titleOf), wording),
  'terminal-closed': ({ step }, wording) =>
    stopped(step, l10n.t('the terminal was closed before a result came'), wording),
  interrupted: ({ step }, wording) => stopped(step, l10n.t('it was interrupted'), wording),
  'given-up': ({ step }, wording) => stopped(step, l10n.t('no result came while you waited'), wording),
};

/** Each command asks about the change before it begins anything: to use it again is the way on. */
const heldTexts: Readonly<Record<HeldBy, () => Said>> = {
  'config-changed': () =>
    words(
      'The run was stopped: the configuration was changed outside this window. Run the step again to compare the change.',
    ),
  'written-elsewhere': () =>
    words(
      'The run was stopped: the decisions or the journal of this rotation were changed elsewhere. Run the step again to decide whether to go on with them.',
    ),
  'owes-snapshot': () =>
    words(
      'The run was stopped: this rotation was written elsewhere, and no snapshot has come since. Take a snapshot, then run the step again.',
    ),
  locked: () =>
    words(
      'The run was stopped: another window has taken the lock of this rotation. Close the rotation there, then run the step again.',
    ),
};

export function stopWords(stop: Stop, wording: Wording): StopWords | null {
  const say = stops[stop.stop] as ((stop: Stop, wording: Wording) => StopWords) | null;
  return say === null ? null : say(stop, wording);
}

/** Said of a script whose file differs from its rendering. */
export function differsText(path: string): Said {
  return words(
    '{0} is not what this plan renders, so it is not run. Look at the difference before you have it written anew.',
    path,
  );
}

export function missingCopyText(file: string): Said {
  return words('The converted copy {0} is not there any more. Take a snapshot, then run the conversion again.', file);
}

function held(step: Step, state: StepState, { rooms, titleOf }: Wording): StopWords {
  return nothingBegins(rooms.stepTitle(step), whyText(state, rooms, titleOf));
}

function nothingBegins(title: string, why: string): StopWords {
  return { as: 'warning', text: words('Nothing can begin. "{0}": {1}', title, sentence(why)) };
}

function stopped(step: Step, why: string, { rooms }: Wording): StopWords {
  return {
    as: 'error',
    text: words('"{0}" stopped the run: {1}', rooms.stepTitle(step), sentence(why)),
    offers: 'snapshot-or-script',
  };
}
