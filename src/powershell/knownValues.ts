// The values that completion in PowerShell files offers: those of the configuration and of the latest snapshot.
import type { Found } from '../model/found';
import type { Wanted } from '../model/wanted';
import type { KnownValue, KnownValues } from './completions';

/** Either may be missing; a value that both know stands once, with the snapshot's words. */
export function knownValues(wanted: Wanted | null, found: Found | null): KnownValues {
  const wantedServers = wanted?.servers ?? [];
  const servers = [...(found?.servers ?? []), ...wantedServers].map(({ name, fqdn }) => ({
    value: name,
    detail: fqdn,
  }));
  const certificates = (found?.servers ?? []).flatMap((server) => server.certificates ?? []);
  return {
    thumbprints: once(
      certificates.map(({ thumbprint, friendlyName, facts }) => ({
        value: thumbprint,
        detail: [friendlyName ?? '', facts?.subject ?? '', facts?.notAfter ?? '']
          .filter((text) => text !== '')
          .join(', '),
      })),
    ),
    servers: once(servers),
    sendConnectors: once([
      ...(found?.sendConnectors ?? []).map(({ name, tlsCertificateName }) => ({
        value: name,
        detail: tlsCertificateName ?? '',
      })),
      ...(wanted?.connectors.send ?? []).map(({ name }) => ({ value: name, detail: '' })),
    ]),
    receiveConnectors: once([
      ...(found?.servers ?? []).flatMap((server) =>
        (server.receiveConnectors ?? []).map(({ identity, tlsCertificateName }) => ({
          value: identity,
          detail: tlsCertificateName ?? '',
        })),
      ),
      ...wantedServers.flatMap(({ name: server }) =>
        (wanted?.connectors.receive ?? []).map(({ name }) => ({
          value: `${server}\\${name.replaceAll('{server}', () => server)}`,
          detail: '',
        })),
      ),
    ]),
  };
}

/** The first of each value, whatever its case. */
function once(values: readonly KnownValue[]): readonly KnownValue[] {
  const seen = new Set<string>();
  return values.filter(({ value }) => {
    const key = value.toUpperCase();
    return !seen.has(key) && seen.add(key).size > 0;
  });
}
