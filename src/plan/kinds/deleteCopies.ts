// Backups and converted copies hold keys: when no server needs them they are deleted, and the way back ends.
import type { Check } from '../../model/plan';
import { deferQuestion } from '../decisions';
import type { Kind } from './kind';

export const deleteCopies: Kind<'delete-copies'> = {
  drafts: ({ servers, fresh, old }) => [
    {
      kind: 'delete-copies',
      phase: 'remove',
      target: {},
      thumbprint: fresh.thumbprint,
      reason: { code: 'always' },
      before: servers
        .filter((server) => server.isDeferred)
        .map(({ name }): Check => ({ check: 'decided', question: deferQuestion(name), answer: 'no' })),
      // none are there before the first one is made either: the old certificate must be gone as well
      proofs: [
        { check: 'copies-deleted' },
        ...servers
          .filter((server) => !server.isDeferred)
          .map(({ name }): Check => ({ check: 'certificate-absent', server: name, thumbprint: old.thumbprint })),
      ],
      keeps: [],
      data: {},
      settled: null,
    },
  ],
};
