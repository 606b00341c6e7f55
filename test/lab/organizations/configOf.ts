// The product's configuration for an organization of the lab, written as a person would write it.
import { stringify } from 'yaml';
import { type LabServer } from '../state';
import { type Organization, serverNames } from './readOrganization';
import { certificateOf, describe } from './stateOf';

/** Nothing is waited for in the lab, where time does nothing. */
const noWaits = {
  internalTransportCertificate: 'keep',
  observeDays: 0,
  queueMinutes: 0,
  replicationMinutes: 0,
  internalCertificateSeconds: 0,
};

/** The text of `exchange-certificates.yaml`; `servers` tell where the listeners of the running lab are. */
export function configOf(made: Organization, servers: readonly LabServer[]): string {
  const { config, old } = made;
  const names = serverNames(made);
  const addresses =
    config.exchange ??
    names
      .filter((name) => describe(made, name).role !== 'Edge')
      .slice(0, 2)
      .reverse();
  const fqdn = (name: string): string => servers.find((one) => one.name === name)?.fqdn ?? '';
  const text = {
    organization: made.organization,
    remoting: { exchange: addresses.map((name) => `http://${fqdn(name)}/PowerShell/`) },
    servers: servers.map((server) => ({
      name: server.name,
      fqdn: server.fqdn,
      ...(server.address == null ? {} : { address: server.address, endpoints: { ...server.ports } }),
    })),
    certificates: [
      {
        name: 'www',
        pfx: `${pfxFolder}/${fileHead(made)}*.pfx`,
        friendlyName: config.friendlyName ?? `${old.names[0] ?? ''} - {notBefore:MMMyy}-{notAfter:MMMyy}`,
        services: config.services,
        hostnames: config.hostnames ?? old.names.filter((name) => !name.startsWith('*.')),
      },
    ],
    connectors: { send: sendOf(made), receive: receiveOf(made) },
    policy: { ...noWaits, ...config.policy },
  };
  return `# ${made.title}\n${stringify(text, { lineWidth: 0 })}`;
}

export const pfxFolder = 'certificates';

/** The new certificate's first name, as part of a file's name: without the star of a wildcard. */
export function fileHead({ new: fresh, old }: Organization): string {
  return ((fresh.names ?? old.names)[0] ?? 'certificate').replace('*.', 'wildcard.');
}

interface ConfigConnector {
  readonly name: string;
  readonly certificate: 'www' | null;
}

/** One that names a third certificate is no business of this configuration. */
function mentioned(name: string, certificate: string): readonly ConfigConnector[] {
  if (certificate === 'none') return [{ name, certificate: null }];
  return certificate === 'old' || certificate === 'new' ? [{ name, certificate: 'www' }] : [];
}

function sendOf({ send }: Organization): readonly ConfigConnector[] {
  return Object.entries(send).flatMap(([name, one]) => (one.mentioned ? mentioned(name, one.certificate) : []));
}

function receiveOf(made: Organization): readonly ConfigConnector[] {
  const names = serverNames(made);
  const isEdge = (name: string): boolean => describe(made, name).role === 'Edge';
  const ofSetup: readonly ConfigConnector[] = names.every(isEdge)
    ? []
    : [{ name: 'Default Frontend {server}', certificate: 'www' }];
  const written = new Set(ofSetup.map(({ name }) => name));
  const named = [made.everyServer, ...Object.values(made.servers)].flatMap((server) =>
    Object.entries(server?.receive ?? {}),
  );
  return [
    ...ofSetup,
    ...named.flatMap(([name, one]) => {
      if (written.has(name) || (typeof one !== 'string' && !one.mentioned)) return [];
      written.add(name);
      return mentioned(name, certificateOf(one));
    }),
  ];
}
