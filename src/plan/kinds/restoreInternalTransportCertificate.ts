// An internal transport certificate that is no longer the baseline's is put back before anything else happens anywhere.
import type { Kind } from './kind';

export const restoreInternalTransportCertificate: Kind<'restore-internal-transport-certificate'> = {
  // a deferred server is not spared: it is our own half-done work that is put right
  drafts: ({ servers, wanted }) =>
    servers.flatMap(({ name, found, baseline }) => {
      const before = baseline.row.internalTransport;
      const now = found.row.internalTransport;
      if (!found.reached || before === null || now === null) return [];
      const proof = { check: 'internal-transport', server: name, thumbprint: before } as const;
      return [
        {
          kind: 'restore-internal-transport-certificate',
          phase: 'cutover',
          target: { server: name },
          thumbprint: before,
          reason: { code: 'changed-since-baseline', found: now, wanted: before },
          before: [
            { check: 'reached', server: name },
            { check: 'certificate-installed', server: name, thumbprint: before, privateKey: true, provider: 'any' },
          ],
          proofs: [proof],
          keeps: [],
          data: { seconds: wanted.policy.internalCertificateSeconds },
          settled: null,
        },
      ];
    }),
};
