// The new certificate gets the friendly name the configuration asks for.
import { friendlyName, friendlyNameLimit } from '../../model/friendlyName';
import { changeable } from '../planning';
import { reasonFor } from '../reasonFor';
import { installedCheck } from './importCertificate';
import type { Kind } from './kind';

export const setFriendlyName: Kind<'set-friendly-name'> = {
  drafts: (planning) => {
    const { certificate, fresh, world } = planning;
    if (certificate.friendlyName === null) return [];
    const { thumbprint } = fresh;
    const name = friendlyName(certificate.friendlyName, fresh).slice(0, friendlyNameLimit);
    return changeable(planning).map((server) => {
      const target = { server: server.name };
      const proof = { check: 'friendly-name', server: server.name, thumbprint, name } as const;
      const previous = server.found.certificates?.get(thumbprint)?.friendlyName ?? null;
      return {
        kind: 'set-friendly-name',
        phase: 'stage',
        target,
        thumbprint,
        reason: reasonFor(proof, name, world),
        before: [{ check: 'reached', server: server.name }, installedCheck(server, planning)],
        proofs: [proof],
        keeps: [],
        data: { friendlyName: name, previous },
        settled: null,
      };
    });
  },
};
