// Applies what a step is to bring about to a model of the organization, as its script's believed result would tell it.
import { endpointFacts } from '../../src/model/endpoints';
import type { Found, FoundServer, InstalledCertificate } from '../../src/model/found';
import type { Thumbprint, Time } from '../../src/model/names';
import type { Step } from '../../src/model/plan';
import type { EndpointKind } from '../../src/model/wanted';
import type { CertificateFacts } from '../../src/model/certificate';
import { refersTo } from '../../src/plan/tlsCertificateName';
import {
  installed,
  observation,
  withEveryServer,
  withReceiveConnector,
  withSendConnector,
  withServer,
} from './organization';

/** The organization with what no snapshot tells: which thumbprint POP and IMAP load when they restart. */
export interface Model {
  readonly found: Found;
  readonly fresh: CertificateFacts;
  /** `SERVER1 imaps` to the thumbprint that is presented there. */
  readonly presented: Readonly<Record<string, Thumbprint>>;
  readonly clock: number;
}

export function timeOf(clock: number): Time {
  return new Date(Date.UTC(2026, 10, 22, 21, 0, 0) + clock * 1000).toISOString().replace('.000Z', 'Z');
}

/** A certificate by thumbprint on one server. */
function on(row: FoundServer, thumbprint: Thumbprint): InstalledCertificate | undefined {
  return row.certificates?.find((one) => one.thumbprint === thumbprint);
}

function editCertificate(
  row: FoundServer,
  thumbprint: Thumbprint,
  edit: (one: InstalledCertificate) => Partial<InstalledCertificate>,
): Partial<FoundServer> {
  return {
    certificates: (row.certificates ?? []).map((one) =>
      one.thumbprint === thumbprint ? { ...one, ...edit(one) } : one,
    ),
  };
}

/** What port 25 presents: the longest of the certificates the Default Frontend names, if it is enabled for SMTP. */
function smtpPresents(row: FoundServer): CertificateFacts | null {
  const name =
    row.receiveConnectors?.find((one) => one.identity.includes('Default Frontend'))?.tlsCertificateName ?? '';
  const match = (row.certificates ?? [])
    .filter(
      (one) => one.facts !== null && refersTo(name, one.facts.tlsCertificateName) && one.networkServiceCanRead === true,
    )
    .sort((one, other) => ((one.facts?.notAfter ?? '') < (other.facts?.notAfter ?? '') ? 1 : -1))[0];
  return match?.facts ?? null;
}

export function presents(model: Model, row: FoundServer, endpoint: EndpointKind): CertificateFacts | null {
  if (endpoint === 'smtp') return smtpPresents(row);
  const thumbprint =
    endpoint === 'https'
      ? row.bindings?.find((one) => one.port === 443)?.httpSys
      : model.presented[`${row.name} ${endpoint}`];
  const running = endpoint === 'https' || (endpoint === 'imaps' ? row.imap : row.pop)?.running === true;
  if (!running || thumbprint === null || thumbprint === undefined) return null;
  return on(row, thumbprint)?.facts ?? null;
}

/** The step's whole effect, with a result that tells it; a `kill` makes only the first statement's. */
export function apply(model: Model, step: Step, kill = false): Model {
  const clock = model.clock + 10;
  const changed = { ...model.found.changed, [step.id]: timeOf(clock) };
  const after = effect({ ...model, clock }, step, kill);
  return { ...after, clock, found: { ...after.found, changed: kill ? after.found.changed : changed } };
}

function effect(model: Model, step: Step, kill: boolean): Model {
  const { found, fresh } = model;
  const at = timeOf(model.clock);
  const server = step.target.server ?? '';
  const edit = (change: (row: FoundServer) => Partial<FoundServer>): Model => ({
    ...model,
    found: withServer(found, server, change),
  });
  switch (step.kind) {
    case 'take-snapshot':
    case 'hybrid-configuration':
    case 'observe':
    case 'other-servers':
      return step.kind === 'hybrid-configuration'
        ? { ...model, found: { ...found, hybrid: { tlsCertificateName: step.to } } }
        : model;
    case 'probe': {
      const row = found.servers.find((one) => one.name === server);
      const seen = step.endpoints.map((kind) =>
        observation(server, endpointFacts[kind].protocol, row === undefined ? null : presents(model, row, kind), at),
      );
      const others = found.observations.filter(
        (one) => one.server !== server || !seen.some(({ endpoint }) => endpoint.protocol === one.endpoint.protocol),
      );
      return { ...model, found: { ...found, observations: [...others, ...seen] } };
    }
    case 'back-up':
      return {
        ...model,
        found: { ...found, backups: [...found.backups, { server, thumbprint: step.thumbprint, verified: true, at }] },
      };
    case 'convert':
      return { ...model, found: { ...found, copies: [step.thumbprint] } };
    case 'import':
      return edit((row) => ({
        certificates: [
          ...(row.certificates ?? []),
          // Import-PfxCertificate does not make the key readable by Network Service
          installed(fresh, { networkServiceCanRead: false }),
        ],
      }));
    case 'set-friendly-name':
      return edit((row) => editCertificate(row, step.thumbprint, () => ({ friendlyName: step.friendlyName })));
    case 'restore-internal-transport-certificate':
      return edit(() => ({ internalTransport: step.thumbprint }));
    case 'enable-services':
      return edit((row) => ({
        ...editCertificate(row, step.thumbprint, () => ({
          networkServiceCanRead: true,
          ...(kill ? {} : { assigned: [...step.services] }),
        })),
        bindings: (row.bindings ?? []).map((one) =>
          one.port === 443 ? { ...one, iis: step.thumbprint, httpSys: step.thumbprint } : one,
        ),
        // killed between Enable and the restore: the new certificate is the internal one
        internalTransport: kill ? step.thumbprint : row.internalTransport,
      }));
    case 'restart-services': {
      const loaded = Object.fromEntries(
        step.services.map(
          (service) => [`${server} ${service === 'POP' ? 'pop3s' : 'imaps'}`, step.thumbprint] as const,
        ),
      );
      return {
        ...model,
        presented: { ...model.presented, ...loaded },
        found: kill ? found : { ...found, restarted: { ...found.restarted, [server]: at } },
      };
    }
    case 'recycle-iis':
      return model;
    case 'receive-connector':
      return edit((row) => withReceiveConnector(row, step.target.connector ?? '', step.to));
    case 'send-connector':
      return { ...model, found: withSendConnector(found, step.target.connector ?? '', step.to) };
    case 'wait-for-replication':
    case 'watch-queues': {
      const check = step.after.find((one) => one.check === 'watched');
      const name = check?.check === 'watched' ? check.name : '';
      return kill ? model : { ...model, found: { ...found, watched: { ...found.watched, [name]: at } } };
    }
    case 'take-back-import':
    case 'remove':
      return edit((row) => ({
        certificates: (row.certificates ?? []).filter((one) => one.thumbprint !== step.thumbprint),
      }));
    case 'delete-copies':
      return { ...model, found: { ...found, backups: [], copies: [] } };
  }
}

/** A snapshot taken now: what was found, from now on. */
export function snapshot(model: Model): Model {
  const clock = model.clock + 10;
  return { ...model, clock, found: { ...withEveryServer(model.found, (row) => row), taken: timeOf(clock) } };
}
