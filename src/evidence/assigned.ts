// Services a certificate was assigned to by us: an assignment can't be undone, so it is kept over later snapshots.
import type { FoundServer } from '../model/found';
import type { Thumbprint } from '../model/names';
import type { StepResult } from '../model/result';

export type Assigned = ReadonlyMap<string, ReadonlyMap<Thumbprint, readonly string[]>>;

/** By server in capitals and by thumbprint; forgotten where a later result tells that the certificate is gone. */
export function assignedOf(results: readonly StepResult[]): Assigned {
  const assigned = new Map<string, Map<Thumbprint, readonly string[]>>();
  for (const row of results.flatMap(({ after }) => after?.servers ?? [])) {
    if (row.certificates === null) continue;
    const here = assigned.get(row.name.toUpperCase()) ?? new Map<Thumbprint, readonly string[]>();
    assigned.set(row.name.toUpperCase(), here);
    for (const known of [...here.keys()]) {
      if (!row.certificates.some((one) => one.thumbprint === known)) here.delete(known);
    }
    for (const one of row.certificates) {
      const services = [...new Set([...(here.get(one.thumbprint) ?? []), ...(one.assigned ?? [])])];
      if (services.length > 0) here.set(one.thumbprint, services);
    }
  }
  return assigned;
}

export function withAssigned(servers: readonly FoundServer[], assigned: Assigned): readonly FoundServer[] {
  return servers.map((server) => {
    const here = assigned.get(server.name.toUpperCase());
    if (here === undefined || server.certificates === null) return server;
    return {
      ...server,
      certificates: server.certificates.map((one) => {
        const services = here.get(one.thumbprint);
        return services === undefined ? one : { ...one, assigned: services };
      }),
    };
  });
}
