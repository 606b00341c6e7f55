// An import whose key lies in a key storage provider is taken back where nothing uses it, so that the copy can be imported.
import { isInKeyStorage } from '../keyProvider';
import { configuredEndpoints } from '../offered';
import { changeable } from '../planning';
import type { Kind } from './kind';

export const takeBackImport: Kind<'take-back-import'> = {
  drafts: (planning) => {
    const { fresh, old, rotation } = planning;
    const { thumbprint, tlsCertificateName } = fresh;
    return changeable(planning)
      .filter(({ found }) => isInKeyStorage(found, rotation))
      .map((server) => {
        const target = { server: server.name };
        const endpoints = configuredEndpoints(server);
        return {
          kind: 'take-back-import',
          phase: 'stage',
          target,
          thumbprint,
          reason: { code: 'key-storage-provider' },
          before: [
            { check: 'reached', ...target },
            {
              check: 'certificate-installed',
              ...target,
              thumbprint: old.thumbprint,
              privateKey: true,
              provider: 'any',
            },
            { check: 'unused', ...target, thumbprint, endpoints, instead: old.thumbprint },
          ],
          proofs: [{ check: 'certificate-absent', ...target, thumbprint }],
          keeps: [],
          data: { tlsCertificateName, replacement: old.thumbprint },
          settled: null,
        };
      });
  },
};
