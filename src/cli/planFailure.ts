// Why the command can't plan: the sentence it prints and the code it exits with.
/** There is a plan, and it says why nothing is planned. */
export const refusedExit = 7;

/** As in sysexits.h: a file is there and is not what it should be. */
export const dataError = 65;

export class PlanFailure extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}
