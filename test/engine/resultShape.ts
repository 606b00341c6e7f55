// What a script's result must look like, key by key: strict, so that a misspelled or lost field is an error.
import * as z from 'zod';

const thumbprint = z.string().regex(/^[0-9A-F]{40}$/);
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const texts = z.array(z.string());

const certificate = z.strictObject({
  thumbprint,
  rawData: z.base64().nullable(),
  issuer: z.string(),
  subject: z.string(),
  friendlyName: z.string().nullable(),
  hasPrivateKey: z.boolean().nullable(),
  exportable: z.boolean().nullable(),
  provider: z.string().nullable(),
  networkServiceCanRead: z.boolean().nullable(),
  services: texts.nullable(),
  status: z.string().nullable(),
  assigned: texts.optional(),
});

const binding = z.strictObject({
  site: z.string(),
  address: z.string(),
  host: z.string(),
  port: z.int(),
  iis: thumbprint.nullable(),
  httpSys: thumbprint.nullable(),
  requireSsl: z.boolean().nullable(),
});

const mailService = z.strictObject({ x509CertificateName: z.string().nullable(), running: z.boolean().nullable() });

const server = z.strictObject({
  name: z.string(),
  fqdn: z.string(),
  exchange: z
    .string()
    .regex(/^\d+\.\d+\.\d+\.\d+$/)
    .nullable(),
  windows: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .nullable(),
  roles: texts.nullable(),
  reached: z.strictObject({ exchange: z.boolean(), server: z.boolean(), problem: z.string().nullable() }),
  internalTransport: thumbprint.nullable(),
  clock: time.nullable(),
  certificates: z.array(certificate).nullable(),
  bindings: z.array(binding).nullable(),
  pop: mailService.nullable(),
  imap: mailService.nullable(),
  receiveConnectors: z
    .array(
      z.strictObject({
        identity: z.string(),
        guid: z.guid().nullable(),
        role: z.string().nullable(),
        bindings: texts.nullable(),
        enabled: z.boolean().nullable(),
        authMechanism: texts.nullable(),
        fqdn: z.string().nullable(),
        remoteIPRanges: texts.nullable(),
        requireTls: z.boolean().nullable(),
        domainSecureEnabled: z.boolean().nullable(),
        tlsDomainCapabilities: texts.nullable(),
        tlsCertificateName: z.string().nullable(),
      }),
    )
    .nullable(),
});

const organization = {
  sendConnectors: z
    .array(
      z.strictObject({
        name: z.string(),
        guid: z.guid().nullable(),
        enabled: z.boolean().nullable(),
        requireTls: z.boolean().nullable(),
        sourceTransportServers: texts.nullable(),
        addressSpaces: texts.nullable(),
        fqdn: z.string().nullable(),
        tlsAuthLevel: z.string().nullable(),
        domainSecureEnabled: z.boolean().nullable(),
        cloudServicesMailEnabled: z.boolean().nullable(),
        tlsCertificateName: z.string().nullable(),
      }),
    )
    .nullable(),
  hybrid: z.strictObject({ tlsCertificateName: z.string().nullable() }).nullable(),
  auth: z
    .strictObject({ current: thumbprint.nullable(), previous: thumbprint.nullable(), next: thumbprint.nullable() })
    .nullable(),
  federation: z.array(thumbprint).nullable(),
  edgeSubscriptions: texts.nullable(),
};

const queues = z
  .array(
    z.strictObject({
      server: z.string(),
      identity: z.string(),
      nextHopConnector: z.string().nullable(),
      messages: z.int(),
      lastError: z.string().nullable(),
    }),
  )
  .nullable();

const rows = z
  .strictObject({ servers: z.array(server), ...organization, queues })
  .partial()
  .strict();

const snapshot = z.strictObject({
  version: z.literal(1),
  taken: time,
  organization: z.string(),
  domainController: z.string().nullable(),
  means: z.strictObject({ exchange: z.string().nullable(), servers: z.string().nullable() }),
  servers: z.array(server),
  ...organization,
  problems: z.array(z.strictObject({ where: z.string(), code: z.string(), detail: z.string() })),
});

const version = z
  .string()
  .regex(/^\d+(\.\d+)*$/)
  .nullable();
const answers = z.array(
  z.strictObject({
    kind: z.enum(['command', 'parameter', 'property', 'type', 'member']),
    of: z.string(),
    name: z.string().nullable(),
    holds: z.boolean().nullable(),
    why: z.string().nullable(),
  }),
);

const assumptions = z.strictObject({
  version: z.literal(1),
  shell: version,
  means: z.enum(['endpoint', 'management-shell']).nullable(),
  here: answers,
  exchange: answers,
  servers: z.array(z.strictObject({ reached: z.boolean(), windows: version, exchange: version, rows: answers })),
});

export const resultShape = z.strictObject({
  version: z.literal(1),
  step: z.string(),
  run: z.string(),
  script: z.string().regex(/^[0-9a-f]{64}$/),
  server: z.string().nullable(),
  started: time,
  ended: time,
  outcome: z.enum(['done', 'nothing-to-do', 'failed']),
  changed: z.boolean(),
  before: rows.nullable(),
  after: rows
    .extend({
      snapshot: snapshot.optional(),
      backup: z.strictObject({ thumbprint, verified: z.boolean(), file: z.string() }).optional(),
      watched: z.strictObject({ name: z.string(), minutes: z.number() }).optional(),
      copiesDeleted: z.boolean().optional(),
      restarted: texts.optional(),
      assumptions: assumptions.optional(),
    })
    .nullable(),
  error: z
    .strictObject({
      command: z.string().nullable(),
      category: z.string().nullable(),
      message: z.string(),
      position: z.string().nullable(),
    })
    .nullable(),
});
