// The configuration's keys, types, defaults and what each means: the one source of parsing, JSON schema, hovers and completion.
import * as z from 'zod/mini';
import { endpointKinds, standardPort } from '../model/endpoints';
import type { EndpointKind } from '../model/wanted';

/** Longer texts are no names; the limits of Active Directory and DNS lie below. */
const longest = 256;

const line = z.string().check(z.minLength(1), z.maxLength(longest));

function text(meaning: string) {
  return line.check(z.describe(meaning));
}

function port(meaning: string, standard: number) {
  return z._default(z.int().check(z.minimum(0), z.maximum(65535)), standard).check(z.describe(meaning));
}

function duration(meaning: string, standard: number, longestWait: number) {
  return z._default(z.int().check(z.minimum(0), z.maximum(longestWait)), standard).check(z.describe(meaning));
}

/** What stands where a server says no endpoints at all. */
const standardPorts = Object.fromEntries(endpointKinds.map((kind) => [kind, standardPort(kind)])) as Readonly<
  Record<EndpointKind, number>
>;

const endpoints = z.strictObject({
  smtp: port('Port of SMTP with STARTTLS. 0 leaves it out.', standardPorts.smtp),
  submission: port(
    'Port of SMTP submission with STARTTLS, usually 587. Without it, or with 0, not looked at.',
    standardPorts.submission,
  ),
  smtps: port('Port of SMTP over TLS, usually 465. Without it, or with 0, not looked at.', standardPorts.smtps),
  https: port('Port of HTTPS: OWA, ECP, ActiveSync, Autodiscover. 0 leaves it out.', standardPorts.https),
  backEnd: port(
    "Port of the Exchange Back End site, usually 444. It presents the server's own certificate. Without it, or with 0, not looked at.",
    standardPorts.backEnd,
  ),
  imap: port('Port of IMAP with STARTTLS, usually 143. Without it, or with 0, not looked at.', standardPorts.imap),
  imaps: port('Port of IMAP over TLS. 0 leaves it out.', standardPorts.imaps),
  pop3: port('Port of POP3 with STLS, usually 110. Without it, or with 0, not looked at.', standardPorts.pop3),
  pop3s: port('Port of POP3 over TLS. 0 leaves it out.', standardPorts.pop3s),
});

const server = z.strictObject({
  name: text("The server's name in Exchange, as in `Get-ExchangeServer`."),
  fqdn: text("The server's own fully qualified name, for remote sessions. Never the name of a load balancer."),
  address: z
    .optional(line)
    .check(z.describe('Where the probes connect to: a host name or an address of this server. Default: the fqdn.')),
  endpoints: z
    ._default(endpoints, standardPorts)
    .check(z.describe('The ports that clients of this server see, probed with the names of the certificate.')),
  mode: z
    ._default(z.enum(['session', 'local']), 'session')
    .check(
      z.describe(
        '`session`: by remote sessions from this workstation. `local`: by scripts carried to the server; not planned yet.',
      ),
    ),
});

const certificate = z.strictObject({
  name: text('The short name connectors refer to, and part of the name of a rotation folder.'),
  pfx: z
    .optional(line)
    .check(
      z.describe(
        'The PFX file, relative to this file; `*`, `**` and `?` stand for parts of its path. Of several the newest is taken, then the last by name. Either this or `thumbprint`.',
      ),
    ),
  thumbprint: z
    .optional(line)
    .check(
      z.describe(
        'The SHA-1 thumbprint of a certificate that is installed on the servers: 40 hexadecimal digits. Either this or `pfx`.',
      ),
    ),
  friendlyName: z
    .optional(z.nullable(line))
    .check(
      z.describe(
        'The friendly name to set, with `{notBefore:MMMyy}` and `{notAfter:MMMyy}` for the dates, in English and UTC. Up to 63 characters. Without it, or with null, the friendly name is left alone.',
      ),
    ),
  services: z
    .array(z.enum(['POP', 'IMAP', 'IIS', 'SMTP']))
    .check(
      z.minLength(1),
      z.describe('The Exchange services the certificate is enabled for. An assignment cannot be undone.'),
    ),
  hostnames: z
    ._default(z.array(line), [])
    .check(z.describe('Names that clients use. Each must be in the subject alternative name of the certificate.')),
});

const sendConnector = z.strictObject({
  name: text("The send connector's name, exactly."),
  certificate: z
    .nullable(line)
    .check(z.describe('The name of the certificate that the connector must carry. null: it must carry none.')),
});

const receiveConnector = z.strictObject({
  name: text(
    "The receive connector's name: the part after the backslash. `{server}` stands for each server's name; it is looked for on each server.",
  ),
  certificate: z
    .nullable(line)
    .check(z.describe('The name of the certificate that the connector must carry. null: it must carry none.')),
});

const probe = z.strictObject({
  from: z
    .optional(z.nullable(line))
    .check(
      z.describe(
        'The name of a server, listed above, that looks at all endpoints through a session on it: for networks where their ports are closed from this workstation. It tries TLS 1.0 to 1.2. Without it, or with null, this workstation looks.',
      ),
    ),
  ca: z
    .optional(z.nullable(line))
    .check(
      z.describe(
        "A file of root certificates, relative to this file (PEM, DER or PKCS#7), by which the command `probe` judges whether a chain is trusted. Without it, or with null, the system's store is used. The editor does not judge trust.",
      ),
    ),
});

/** What stands where nothing else is said, of each or of all. */
const standardPolicy = {
  internalTransportCertificate: 'keep',
  import: 'exchange',
  iis: 'leave',
  observeDays: 7,
  queueMinutes: 10,
  replicationMinutes: 15,
  internalCertificateSeconds: 30,
} as const;

const policy = z.strictObject({
  internalTransportCertificate: z
    ._default(z.enum(['keep', 'ask']), standardPolicy.internalTransportCertificate)
    .check(
      z.describe(
        "`keep`: the internal transport certificate is restored right after SMTP is enabled. `ask`: Exchange's own question is shown; answer No.",
      ),
    ),
  import: z
    ._default(z.enum(['exchange', 'pki']), standardPolicy.import)
    .check(
      z.describe('`exchange`: Import-ExchangeCertificate, not exportable. `pki`: Import-PfxCertificate on the server.'),
    ),
  iis: z
    ._default(z.enum(['leave', 'recycle', 'reset']), standardPolicy.iis)
    .check(
      z.describe(
        'What is done to IIS after the cutover of a server: nothing, recycle the OWA and ECP application pools, or iisreset.',
      ),
    ),
  observeDays: duration(
    'Days between the cutover and the removal of the old certificate. 0: not waited.',
    standardPolicy.observeDays,
    365,
  ),
  queueMinutes: duration(
    'Minutes the queues of the send connectors must stay clear. 0: not waited.',
    standardPolicy.queueMinutes,
    1440,
  ),
  replicationMinutes: duration(
    'Minutes to wait for Active Directory replication. 0: not waited.',
    standardPolicy.replicationMinutes,
    1440,
  ),
  internalCertificateSeconds: duration(
    'Seconds within which the internal transport certificate must read back as restored. 0: not waited.',
    standardPolicy.internalCertificateSeconds,
    3600,
  ),
});

export const configSchema = z.strictObject({
  organization: text('The name of the Exchange organization, to tell it from others.'),
  remoting: z
    .strictObject({
      exchange: z
        .array(line)
        .check(
          z.minLength(1),
          z.describe(
            'Addresses of `PowerShell` on several Exchange servers, `http://server1.example.com/PowerShell/`. The one of the server that is being changed is never used.',
          ),
        ),
    })
    .check(z.describe('How Exchange is reached from this workstation.')),
  servers: z.array(server).check(z.minLength(1), z.describe('The Exchange servers, in the order of a rotation.')),
  certificates: z.array(certificate).check(z.minLength(1), z.describe('The certificates, each replaced as one.')),
  connectors: z
    ._default(
      z.strictObject({
        send: z
          ._default(z.array(sendConnector), [])
          .check(z.describe('Send connectors: one of the organization each.')),
        receive: z
          ._default(z.array(receiveConnector), [])
          .check(z.describe('Receive connectors: looked for on each server.')),
      }),
      { send: [], receive: [] },
    )
    .check(z.describe('The connectors that name a certificate, and those that must not.')),
  probe: z
    ._default(probe, {})
    .check(z.describe('From where the endpoints are looked at, and by which roots they are trusted.')),
  policy: z._default(policy, standardPolicy).check(z.describe('What a rotation asks, waits for and leaves alone.')),
});

/** The schema's output: structure and defaults, before names and references are judged. */
export type ConfigShape = z.output<typeof configSchema>;

/** The schema as JSON Schema draft-07, for editors that check YAML against one. */
export function jsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' }),
    title: 'Exchange Certificates configuration',
  };
}
