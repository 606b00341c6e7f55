// The phases of a rotation, in their order, and what each of them asks.

/** Phases in their order. */
export const phaseOrder = ['check', 'stage', 'cutover', 'organization', 'observe', 'remove'] as const;

export type Phase = (typeof phaseOrder)[number];

interface PhaseRow {
  /** One server is finished before the next: the server's place in the rotation comes before the kind's. */
  readonly serverByServer: boolean;
  /** Waits while a question is open; what is staged is not in use, and so does not. */
  readonly heldByQuestions: boolean;
}

export const phases: Readonly<Record<Phase, PhaseRow>> = {
  check: { serverByServer: false, heldByQuestions: false },
  stage: { serverByServer: false, heldByQuestions: false },
  cutover: { serverByServer: true, heldByQuestions: true },
  organization: { serverByServer: false, heldByQuestions: true },
  observe: { serverByServer: false, heldByQuestions: true },
  remove: { serverByServer: true, heldByQuestions: true },
};
