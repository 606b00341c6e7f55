// What a snapshot tells, with each certificate read: where every plan begins.
import { tlsCertificateName } from '../certificate/distinguishedName';
import { readCertificate } from '../certificate/readCertificate';
import type { CertificateFacts } from '../model/certificate';
import type { Found, InstalledCertificate } from '../model/found';
import type { CertificateRow, Snapshot } from '../model/snapshot';

/** `snapshot` with no evidence laid over it yet; the same certificate on many servers is read once. */
export function foundFrom(snapshot: Snapshot): Found {
  const read = new Map<string, CertificateFacts | null>();

  function factsOf({ rawData, thumbprint }: CertificateRow): CertificateFacts | null {
    if (rawData === null) return null;
    let facts = read.get(rawData);
    if (facts === undefined) {
      const answer = readCertificate(Buffer.from(rawData, 'base64'));
      facts = 'problem' in answer ? null : answer;
      read.set(rawData, facts);
    }
    // A row whose bytes are another certificate tells nothing of the one it names.
    return facts?.thumbprint === thumbprint ? facts : null;
  }

  /** Connectors are compared with the text that the server prints: where it is told it counts, and not what is expected of the DER. */
  function installed(row: CertificateRow): InstalledCertificate {
    const facts = factsOf(row);
    const { issuer, subject } = row;
    if (facts === null || typeof issuer !== 'string' || typeof subject !== 'string') return { ...row, facts };
    // what is printed is certain, whatever was not of the prediction
    const { uncertainNames, ...certain } = facts;
    const expectedName = facts.tlsCertificateName;
    const printed = { ...certain, issuer, subject, tlsCertificateName: tlsCertificateName(issuer, subject) };
    const isAsExpected = uncertainNames === undefined && printed.tlsCertificateName === expectedName;
    return { ...row, facts: printed, ...(isAsExpected ? {} : { expectedName }) };
  }

  return {
    version: snapshot.version,
    taken: snapshot.taken,
    organization: snapshot.organization,
    domainController: snapshot.domainController,
    means: snapshot.means,
    sendConnectors: snapshot.sendConnectors,
    hybrid: snapshot.hybrid,
    auth: snapshot.auth,
    federation: snapshot.federation,
    edgeSubscriptions: snapshot.edgeSubscriptions,
    ...(snapshot.queues === undefined ? {} : { queues: snapshot.queues }),
    servers: snapshot.servers.map((server) => ({
      ...server,
      certificates: server.certificates?.map(installed) ?? null,
    })),
    observations: [],
    backups: [],
    copies: [],
    restarted: {},
    changed: {},
    watched: {},
  };
}
