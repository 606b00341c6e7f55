// The shape a snapshot must have at the border; what may be unknown is null there, and whatever is left out is unknown.
import * as z from 'zod/mini';
import { parseThumbprint, toTime, type Thumbprint, type Time } from '../model/names';
import { reads } from '../model/reads';
import type { OrganizationRows, ServerRow, Snapshot } from '../model/snapshot';

/** No name, path or message of Exchange is longer; what is, is no fact. */
const longestText = 4096;
/** A certificate's DER in base64; the largest seen are of some 10,000 characters. */
const longestDer = 1 << 17;
const mostRows = 20_000;
const mostServers = 2_000;

const text = z.string().check(z.maxLength(longestText));
const filled = text.check(z.minLength(1));

function orUnknown<Value extends z.ZodMiniType>(value: Value) {
  return z._default(z.nullable(value), null);
}

/** Read since a later version: a snapshot of an earlier one has no such key. */
function orAbsent<Value extends z.ZodMiniType>(value: Value) {
  return z.exactOptional(z.nullable(value));
}

function listOf<Value extends z.ZodMiniType>(value: Value, most = mostRows) {
  return z.array(value).check(z.maxLength(most));
}

const thumbprint = z.pipe(
  text,
  z.transform((written, context): Thumbprint => {
    const read = parseThumbprint(written);
    if (read === undefined) context.issues.push({ code: 'custom', input: written, message: 'not a thumbprint' });
    return read ?? z.NEVER;
  }),
);

const time = z.pipe(
  text,
  z.transform((written, context): Time => {
    const read = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/.test(written) ? new Date(written) : undefined;
    if (read !== undefined && !Number.isNaN(read.getTime())) return toTime(read);
    context.issues.push({ code: 'custom', input: written, message: 'not a time in UTC' });
    return z.NEVER;
  }),
);

const certificateRow = z.strictObject({
  thumbprint,
  issuer: orAbsent(text),
  subject: orAbsent(text),
  rawData: orUnknown(z.string().check(z.maxLength(longestDer), z.regex(/^[A-Za-z0-9+/]+={0,2}$/))),
  friendlyName: orUnknown(text),
  hasPrivateKey: orUnknown(z.boolean()),
  exportable: orUnknown(z.boolean()),
  provider: orUnknown(text),
  networkServiceCanRead: orUnknown(z.boolean()),
  services: orUnknown(listOf(text)),
  status: orUnknown(text),
  assigned: z.exactOptional(listOf(text)),
});

const bindingRow = z.strictObject({
  site: text,
  address: z.exactOptional(text),
  host: z.exactOptional(text),
  port: z.int().check(z.minimum(0), z.maximum(65535)),
  iis: orUnknown(thumbprint),
  httpSys: orUnknown(thumbprint),
  requireSsl: orUnknown(z.boolean()),
});

const mailServiceRow = z.strictObject({ x509CertificateName: orUnknown(text), running: orUnknown(z.boolean()) });

const receiveConnectorRow = z.strictObject({
  identity: filled,
  guid: orUnknown(text),
  role: orUnknown(text),
  bindings: orUnknown(listOf(text)),
  enabled: orUnknown(z.boolean()),
  authMechanism: orUnknown(listOf(text)),
  fqdn: orAbsent(text),
  remoteIPRanges: orAbsent(listOf(text)),
  requireTls: orAbsent(z.boolean()),
  domainSecureEnabled: orAbsent(z.boolean()),
  tlsDomainCapabilities: orAbsent(listOf(text)),
  tlsCertificateName: orUnknown(text),
});

const sendConnectorRow = z.strictObject({
  name: filled,
  guid: orUnknown(text),
  enabled: orUnknown(z.boolean()),
  requireTls: orUnknown(z.boolean()),
  sourceTransportServers: orUnknown(listOf(text)),
  addressSpaces: orUnknown(listOf(text)),
  fqdn: orAbsent(text),
  tlsAuthLevel: orAbsent(text),
  domainSecureEnabled: orAbsent(z.boolean()),
  cloudServicesMailEnabled: orAbsent(z.boolean()),
  tlsCertificateName: orUnknown(text),
});

const serverRow = reads<ServerRow>()(
  z.strictObject({
    name: filled,
    fqdn: text,
    exchange: orUnknown(text),
    windows: orUnknown(text),
    roles: orUnknown(listOf(text)),
    reached: z.strictObject({ exchange: z.boolean(), server: z.boolean(), problem: orUnknown(text) }),
    internalTransport: orUnknown(thumbprint),
    clock: orUnknown(time),
    certificates: orUnknown(listOf(certificateRow)),
    bindings: orUnknown(listOf(bindingRow)),
    pop: orUnknown(mailServiceRow),
    imap: orUnknown(mailServiceRow),
    receiveConnectors: orUnknown(listOf(receiveConnectorRow)),
  }),
);

const queueRow = z.strictObject({
  server: text,
  identity: text,
  nextHopConnector: orUnknown(text),
  messages: z.int(),
  lastError: orUnknown(text),
});

const authRow = z.strictObject({
  current: orUnknown(thumbprint),
  previous: orUnknown(thumbprint),
  next: orUnknown(thumbprint),
});
const hybridRow = z.strictObject({ tlsCertificateName: orUnknown(text) });

export const snapshotSchema = reads<Snapshot>()(
  z.strictObject({
    version: z.literal(1),
    taken: time,
    organization: text,
    domainController: orUnknown(text),
    means: z.strictObject({ exchange: orUnknown(text), servers: orUnknown(text) }),
    servers: listOf(serverRow, mostServers),
    sendConnectors: orUnknown(listOf(sendConnectorRow)),
    hybrid: orUnknown(hybridRow),
    auth: orUnknown(authRow),
    federation: orUnknown(listOf(thumbprint)),
    edgeSubscriptions: orUnknown(listOf(text)),
    queues: z.exactOptional(z.nullable(listOf(queueRow))),
    problems: listOf(z.strictObject({ where: text, code: text, detail: text })),
  }),
);

/** What one step's script looked at: each part may be left out, and then nothing is said of it. */
export const rowsSchema = reads<OrganizationRows>()(
  z.strictObject({
    servers: z.exactOptional(listOf(serverRow, mostServers)),
    sendConnectors: z.exactOptional(z.nullable(listOf(sendConnectorRow))),
    hybrid: z.exactOptional(z.nullable(hybridRow)),
    auth: z.exactOptional(z.nullable(authRow)),
    federation: z.exactOptional(z.nullable(listOf(thumbprint))),
    edgeSubscriptions: z.exactOptional(z.nullable(listOf(text))),
    queues: z.exactOptional(z.nullable(listOf(queueRow))),
  }),
);
