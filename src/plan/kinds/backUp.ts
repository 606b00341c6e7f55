// The old certificate is exported from each server that has it, before anything changes: it is the way back.
import { answerTo, noBackupQuestion } from '../decisions';
import { changeable } from '../planning';
import type { Kind } from './kind';

export const backUp: Kind<'back-up'> = {
  drafts: (planning) =>
    changeable(planning).map(({ name, found }) => {
      const { thumbprint } = planning.old;
      const certificate = found.certificates?.get(thumbprint);
      const accepted = answerTo(planning.rotation, noBackupQuestion(name)) === 'accept';
      return {
        kind: 'back-up',
        phase: 'stage',
        target: { server: name },
        thumbprint,
        reason: { code: 'always' },
        before: [{ check: 'reached', server: name }],
        proofs: [{ check: 'backup-verified', server: name, thumbprint }],
        keeps: [],
        data: {},
        settled: accepted || (found.certificates !== null && certificate === undefined) ? 'nothing-to-do' : null,
      };
    }),
};
