// POP and IMAP present a new certificate after a restart; a stopped service is neither started nor restarted.
import { changeable, type PlannedServer, type Planning } from '../planning';
import { turnOf } from './cutover';
import { installedCheck } from './importCertificate';
import type { Kind } from './kind';

type MailService = 'POP' | 'IMAP';

export const restartServices: Kind<'restart-services'> = {
  drafts: (planning) =>
    changeable(planning).flatMap((server) => {
      const wanted = (['POP', 'IMAP'] as const).filter((service) => planning.certificate.services.includes(service));
      if (wanted.length === 0) return [];
      const running = wanted.filter((service) => isOffered(service, server));
      return [draft(server, planning, running.length > 0 ? running : wanted, running.length > 0)];
    }),
};

function draft(
  server: PlannedServer,
  planning: Planning,
  services: readonly MailService[],
  offered: boolean,
): ReturnType<typeof restartServices.drafts>[number] {
  const { thumbprint } = planning.fresh;
  return {
    kind: 'restart-services',
    phase: 'cutover',
    target: { server: server.name },
    thumbprint,
    reason: { code: 'missing' },
    before: [...turnOf(server), installedCheck(server, planning)],
    proofs: [{ check: 'services-restarted', server: server.name, services, thumbprint }],
    keeps: [],
    data: { services },
    settled: offered ? null : 'not-offered',
  };
}

function isOffered(service: MailService, { found }: PlannedServer): boolean {
  return (service === 'POP' ? found.row.pop : found.row.imap)?.running !== false;
}
