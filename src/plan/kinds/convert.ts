// One converted copy of the PFX serves all servers whose Windows can't open the original.
import { judgeCheck } from '../judgeCheck';
import { changeable } from '../planning';
import { copyReason, installedCheck, needsCopy } from './importCertificate';
import type { Kind } from './kind';

export const convert: Kind<'convert'> = {
  drafts: (planning) => {
    const { thumbprint } = planning.fresh;
    const needing = changeable(planning).filter((server) => needsCopy(server, planning));
    const lacking = needing.filter(
      (server) => judgeCheck(installedCheck(server, planning), planning.world).verdict !== 'holds',
    );
    return needing.length === 0
      ? []
      : [
          {
            kind: 'convert',
            phase: 'stage',
            target: {},
            thumbprint,
            reason: copyReason(planning),
            before: [],
            proofs: [{ check: 'copy-present', thumbprint }],
            keeps: [],
            data: {},
            settled: lacking.length === 0 ? 'nothing-to-do' : null,
          },
        ];
  },
};
