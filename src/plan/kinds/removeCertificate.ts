// The old certificate is removed from each server behind the guard: nothing uses it, and there is a way back.
import type { Check } from '../../model/plan';
import { answerTo, noBackupQuestion } from '../decisions';
import { configuredEndpoints } from '../offered';
import { changeable, type PlannedServer, type Planning } from '../planning';
import { installedCheck } from './importCertificate';
import type { Kind } from './kind';

export const removeCertificate: Kind<'remove'> = {
  drafts: (planning) =>
    changeable(planning).map((server) => {
      const { thumbprint, name } = planning.old;
      const target = { server: server.name };
      return {
        kind: 'remove',
        phase: 'remove',
        target,
        thumbprint,
        reason: { code: 'always' },
        before: [
          { check: 'reached', ...target },
          installedCheck(server, planning),
          wayBack(server, planning),
          { check: 'unused', ...target, thumbprint, endpoints: configuredEndpoints(server) },
        ],
        proofs: [{ check: 'certificate-absent', ...target, thumbprint }],
        keeps: [],
        data: { tlsCertificateName: name, replacement: planning.fresh.thumbprint },
        settled: null,
      };
    }),
};

/** The verified backup, or a person's word that none is wanted. */
function wayBack({ name }: PlannedServer, { rotation, old }: Planning): Check {
  const question = noBackupQuestion(name);
  return answerTo(rotation, question) === 'accept'
    ? { check: 'decided', question, answer: 'accept' }
    : { check: 'backup-verified', server: name, thumbprint: old.thumbprint };
}
