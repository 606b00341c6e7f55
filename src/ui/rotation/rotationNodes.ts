// The rotation as nodes: why there is no plan, what is to be decided, and the phases with each step as it stands.
import { l10n } from 'vscode';
import type { StepState } from '../../evidence/stepState';
import { checkKinds } from '../../model/checkKinds';
import type { Phase, PlannedPhase, Question, Settled, Step } from '../../model/plan';
import { phaseOrder } from '../../model/phases';
import { stepKinds } from '../../model/stepKinds';
import { commands } from '../commands';
import type { OpenRotation } from '../state/openRotation';
import type { organizationRooms } from '../rooms';
import type { TreeNode } from '../face/nodeTree';

type Rooms = Awaited<ReturnType<typeof organizationRooms>>;

/** What the commands of a node's menu get as `subject`. */
export type RotationSubject =
  | { readonly kind: 'step'; readonly id: string }
  | { readonly kind: 'phase'; readonly phase: Phase; readonly server?: string }
  | { readonly kind: 'question'; readonly id: string };

interface Look {
  readonly icon: string;
  readonly color?: string;
  readonly word: () => string;
}

const looks: Readonly<Record<StepState['state'], Look>> = {
  done: { icon: 'pass', color: 'testing.iconPassed', word: () => l10n.t('done') },
  ready: { icon: 'play-circle', word: () => l10n.t('ready') },
  waiting: { icon: 'circle-outline', word: () => l10n.t('waiting') },
  blocked: { icon: 'circle-slash', color: 'list.warningForeground', word: () => l10n.t('held') },
  failed: { icon: 'error', color: 'list.errorForeground', word: () => l10n.t('failed') },
  unknown: { icon: 'question', color: 'list.warningForeground', word: () => l10n.t('not known') },
};

export function rotationNodes(rotation: OpenRotation, rooms: Rooms): TreeNode[] {
  const { plan } = rotation;
  const all = plan.phases.flatMap(({ steps }) => steps);
  const title = (id: string): string => {
    const step = all.find((one) => one.id === id);
    return step === undefined ? id : rooms.stepTitle(step);
  };
  return [
    ...plan.refusals.map((refusal): TreeNode => {
      const sentence = rooms.refusalSentence(refusal);
      return leaf(
        `refusal:${refusal.code}:${refusal.where}`,
        sentence,
        { icon: 'error', color: 'list.errorForeground', word: () => l10n.t('no plan') },
        'refusal',
      );
    }),
    ...plan.questions.map((question) => questionNode(question, rooms)),
    ...phaseNodes(rotation, rooms, title),
  ];
}

function questionNode(question: Question, rooms: Rooms): TreeNode {
  const label = rooms.questionSentence(question);
  return {
    ...leaf(
      `question:${question.id}`,
      label,
      { icon: 'question', color: 'list.warningForeground', word: () => l10n.t('open question') },
      'question',
    ),
    subject: { kind: 'question', id: question.id } satisfies RotationSubject,
  };
}

/** Each phase in its place, with what is settled beside what is open; a cutover stands by its server. */
function phaseNodes(
  { plan, situation, loaded }: OpenRotation,
  rooms: Rooms,
  title: (id: string) => string,
): TreeNode[] {
  const places = phaseOrder.flatMap((phase): { phase: Phase; server?: string }[] =>
    phase === 'cutover' ? loaded.rotation.servers.map((server) => ({ phase, server })) : [{ phase }],
  );
  return places.flatMap(({ phase, server }) => {
    const planned = plan.phases.filter((one) => one.phase === phase && (server === undefined || one.server === server));
    const settled = plan.settled.filter(
      (one) => one.phase === phase && (server === undefined || one.target.server === server),
    );
    if (planned.length === 0 && settled.length === 0) {
      return [];
    }
    const steps = planned
      .flatMap((one) => one.steps)
      .map((step) => ({ step, state: rooms.stepState(step, situation) }));
    const children = [
      ...settled.map((one) => settledNode(one, rooms)),
      ...steps.map(({ step, state }) => stepNode(step, state, rooms, title, isUnseen(step, situation, rooms))),
    ];
    return [
      phaseNode(
        { phase, ...(server !== undefined && { server }) },
        planned,
        steps.map(({ state }) => state),
        settled.length,
        children,
        rooms,
      ),
    ];
  });
}

function phaseNode(
  place: { readonly phase: Phase; readonly server?: string },
  planned: readonly PlannedPhase[],
  states: readonly StepState[],
  settled: number,
  children: readonly TreeNode[],
  rooms: Rooms,
): TreeNode {
  const deferred = planned.some((one) => one.deferred === true);
  const done = settled + states.filter(({ state }) => state === 'done').length;
  const total = settled + states.length;
  const label =
    place.server === undefined ? rooms.phaseNames[place.phase] : `${rooms.phaseNames[place.phase]} ${place.server}`;
  const description = deferred ? l10n.t('deferred by decision') : l10n.t('{0} of {1} done', done, total);
  const canary = states.some(
    (state) => state.state === 'waiting' && 'check' in state && state.check.check === 'decided',
  );
  const context = ['phase', place.phase, deferred ? 'deferred' : '', canary ? 'canary' : '']
    .filter((word) => word !== '')
    .join(' ');
  return {
    // another id once all is done: VS Code keeps what is expanded by id, and a finished phase folds itself
    id: `phase:${place.phase}:${place.server ?? ''}${done === total ? ':done' : ''}`,
    label,
    description,
    icon: deferred
      ? { name: 'debug-pause' }
      : done === total
        ? { name: 'pass', color: 'testing.iconPassed' }
        : { name: 'list-ordered' },
    context,
    spoken: `${label}, ${description}`,
    expanded: done < total && !deferred,
    children,
    subject: { kind: 'phase', ...place } satisfies RotationSubject,
  };
}

function settledNode({ id, kind, target, check, note }: Settled, rooms: Rooms): TreeNode {
  const label = [rooms.kindNames[kind], target.connector ?? target.server]
    .filter((text) => text !== undefined)
    .join(' · ');
  const proof = rooms.checkSentence(check);
  const description = note === undefined ? proof : rooms.settledNotes[note];
  return {
    ...leaf(`settled:${id}`, label, looks.done, 'settled'),
    description,
    tooltip: `${label}\n${proof}`,
    spoken: `${label}, ${looks.done.word()}, ${description}`,
  };
}

function stepNode(
  step: Step,
  state: StepState,
  rooms: Rooms,
  title: (id: string) => string,
  unseen: boolean,
): TreeNode {
  const look = looks[state.state];
  const label = rooms.stepTitle(step);
  const why = whyText(state, rooms, title);
  const description = why === '' ? look.word() : `${look.word()}: ${why}`;
  const runnable = state.state === 'ready' || state.state === 'failed' || state.state === 'unknown';
  const context = [
    'step',
    step.kind,
    runnable && stepKinds[step.kind].by !== 'nobody' ? 'runnable' : '',
    step.script === null ? '' : 'script',
    unseen ? 'unseen' : '',
  ]
    .filter((word) => word !== '')
    .join(' ');
  const clauses = (name: string, checks: Step['before']): string[] =>
    checks.map((check) => `${name}: ${rooms.checkSentence(check)}`);
  return {
    id: `step:${step.id}`,
    label,
    description,
    tooltip: [
      label,
      description,
      `${l10n.t('Why')}: ${rooms.reasonSentence(step.reason)}`,
      ...clauses(l10n.t('Before'), step.before),
      ...clauses(l10n.t('After'), step.after),
    ].join('\n'),
    icon: { name: look.icon, ...(look.color !== undefined && { color: look.color }) },
    context,
    spoken: `${label}, ${description}`,
    children: [],
    subject: { kind: 'step', id: step.id } satisfies RotationSubject,
    ...(step.script !== null && {
      command: {
        command: commands.openScript,
        title: l10n.t('Open Script'),
        arguments: [{ subject: { kind: 'step', id: step.id } }],
      },
    }),
  };
}

/** A proof of a cutover that ended because nobody answered: it may be accepted without. */
function isUnseen(step: Step, situation: OpenRotation['situation'], rooms: Rooms): boolean {
  return (
    rooms.stepState(step, situation).state !== 'done' &&
    step.after.some(({ check }) => checkKinds[check].provesCutover) &&
    situation.found.observations.some((one) => one.server === step.target.server && rooms.isSilent(one))
  );
}

/** What holds a step, or how it ended, in words. */
export function whyText(state: StepState, rooms: Rooms, title: (id: string) => string): string {
  if ('check' in state) {
    return `${rooms.checkSentence(state.check)} – ${rooms.verdictSentence(state.verdict)}`;
  }
  if ('run' in state) {
    return state.run.outcome === 'failed' ? l10n.t('its run failed') : l10n.t('its run ended without a result');
  }
  if ('needs' in state) {
    return l10n.t('after "{0}"', title(state.needs));
  }
  if ('question' in state) {
    return l10n.t('a question is open');
  }
  return 'because' in state ? l10n.t('stopped by "{0}"', title(state.because)) : '';
}

function leaf(id: string, label: string, look: Look, context: string): TreeNode {
  return {
    id,
    label,
    icon: { name: look.icon, ...(look.color !== undefined && { color: look.color }) },
    context,
    spoken: `${look.word()}, ${label}`,
    children: [],
  };
}
