// Each server is looked at from outside: before the first change, after its cutover, and after the removal.
import type { Check } from '../../model/plan';
import type { EndpointKind } from '../../model/wanted';
import { offeredEndpoints, provingEndpoints } from '../offered';
import type { PlannedServer, Planning } from '../planning';
import { turnOf } from './cutover';
import type { Draft, Kind } from './kind';

export const probe: Kind<'probe'> = {
  drafts: (planning) =>
    planning.servers
      .filter((server) => !server.isDeferred)
      .flatMap((server) => [...baselineProbe(server, planning), ...provingProbe(server, planning)]),
};

/** What clients see before anything changes; a server that did not answer is not looked at yet. */
function baselineProbe(server: PlannedServer, { old }: Planning): readonly Draft<'probe'>[] {
  const checks = offeredEndpoints(server).map((endpoint): Check => ({
    check: 'observed',
    server: server.name,
    endpoint,
  }));
  return draft(server, 'check', old.thumbprint, offeredEndpoints(server), checks, [
    { check: 'reached', server: server.name },
  ]);
}

/** The proof of the cutover; once the old certificate is gone it stands after the removal, which it then proves too. */
function provingProbe(server: PlannedServer, planning: Planning): readonly Draft<'probe'>[] {
  const { thumbprint } = planning.fresh;
  const endpoints = provingEndpoints(server, planning);
  const checks = endpoints.map((endpoint): Check => ({ check: 'presents', server: server.name, endpoint, thumbprint }));
  const certificates = server.found.certificates;
  const isRemoved = certificates !== null && !certificates.has(planning.old.thumbprint);
  const wasThere = server.baseline.certificates?.has(planning.old.thumbprint) === true;
  return draft(server, isRemoved && wasThere ? 'remove' : 'cutover', thumbprint, endpoints, checks, turnOf(server));
}

function draft(
  server: PlannedServer,
  phase: 'check' | 'cutover' | 'remove',
  thumbprint: Draft['thumbprint'],
  endpoints: readonly EndpointKind[],
  [first, ...others]: readonly Check[],
  before: readonly Check[],
): readonly Draft<'probe'>[] {
  if (first === undefined) return [];
  return [
    {
      kind: 'probe',
      phase,
      target: { server: server.name },
      thumbprint,
      reason: { code: 'always' },
      before,
      proofs: [first, ...others],
      keeps: [],
      data: { endpoints },
      settled: null,
    },
  ];
}
