// The keys of an organization's file and their defaults: what a person writes to describe an organization of the lab.
import * as z from 'zod/mini';

/** Builds by the name people give them. */
export const exchangeBuilds = { '2016': '15.1.2507.6', '2019': '15.2.1748.10', SE: '15.2.2562.17' } as const;
export const windowsBuilds = {
  '2016': '10.0.14393',
  '2019': '10.0.17763',
  '2022': '10.0.20348',
  '2025': '10.0.26100',
} as const;

const text = z.string().check(z.minLength(1));
/** YAML reads 2019 as a number. */
const year = <const Names extends readonly string[]>(names: Names) =>
  z.pipe(
    z.transform((value) => (typeof value === 'number' ? String(value) : value)),
    z.enum(names),
  );
/** `old`, `new`, a name under `certificates`, or `none`. */
const role = text;
const days = z.tuple([z.int(), z.int()]);

const certificate = z.strictObject({
  subject: text,
  /** A name under `authorities`; none: self-signed. */
  issuer: z.optional(text),
  /** First and last day, from today. */
  days,
  names: z._default(z.array(text), []),
  key: z._default(z.enum(['rsa1024', 'rsa2048', 'rsa3072', 'rsa4096', 'ec256', 'ec384']), 'rsa2048'),
});

const receiveConnector = z.union([
  role,
  z.strictObject({
    certificate: role,
    port: z.int().check(z.minimum(1), z.maximum(65_535)),
    /** false: the product's configuration does not mention it. */
    mentioned: z._default(z.boolean(), true),
  }),
]);

const server = z.strictObject({
  exchange: z.optional(year(['2016', '2019', 'SE'])),
  windows: z.optional(year(['2016', '2019', '2022', '2025'])),
  role: z.optional(z.enum(['Mailbox', 'Edge'])),
  site: z.optional(text),
  /** Whether the services of these protocols run. */
  pop: z.optional(z.boolean()),
  imap: z.optional(z.boolean()),
  requireSsl: z.optional(z.boolean()),
  /** Whether the key of the old certificate may be exported. */
  exportable: z.optional(z.boolean()),
  /** The certificate of IIS, SMTP, POP and IMAP. */
  serves: z.optional(role),
  /** The internal transport certificate; `self` is the server's own. */
  internalTransport: z.optional(role),
  /** Whether the old certificate is in its store where nothing of it serves there. */
  lacksOld: z.optional(z.boolean()),
  /** Further certificates in its store, with their keys and for no service. */
  holds: z.optional(z.array(role)),
  /** Whether the registry turns on elliptic curve keys. */
  ecc: z.optional(z.boolean()),
  /** Names bound by SNI on the front end beside setup's bindings, with their certificates. */
  sni: z.optional(z.record(text, role)),
  /** The certificate of 443, where it is not the one of the other services. */
  front: z.optional(role),
  /** By name, `{server}` is the server's; beside the five that every mailbox server has. */
  receive: z.optional(z.record(text, receiveConnector)),
});

const sendConnector = z.strictObject({
  certificate: z._default(role, 'none'),
  to: z.union([text, z.array(text)]),
  /** Source servers; else every server that is no Edge. */
  from: z.optional(z.array(text)),
  /** Set as the hybrid wizard sets those to Microsoft 365. */
  cloud: z._default(z.boolean(), false),
  mentioned: z._default(z.boolean(), true),
});

const story = z.union([z.strictObject({ ends: text }), z.strictObject({ refused: text, because: text })]);

const service = z.enum(['POP', 'IMAP', 'IIS', 'SMTP']);

/** The product's configuration, as far as it does not follow from the rest. */
const config = z.strictObject({
  /** Servers to connect to; else the second and the first. */
  exchange: z.optional(z.array(text)),
  services: z._default(z.array(service), ['POP', 'IMAP', 'IIS', 'SMTP']),
  hostnames: z.optional(z.array(text)),
  friendlyName: z.optional(text),
  policy: z._default(z.record(text, z.union([text, z.int()])), {}),
});

const standardAuthorities = { R12: "CN=R12, O=Let's Encrypt, C=US", R13: "CN=R13, O=Let's Encrypt, C=US" };
const www = ['www.mydomain.com', 'autodiscover.mydomain.com'];
const standardOld = {
  ...{ subject: 'CN=www.mydomain.com', issuer: 'R12', names: www, key: 'rsa2048' as const },
  days: [-78, 12] as [number, number],
};

export const organizationSchema = z.strictObject({
  /** What kind of organization this is, in one line. */
  title: text,
  /** How a rotation by scripts comes out here, and why that is right. */
  story,
  organization: z._default(text, 'Contoso'),
  domain: z._default(text, 'mydomain.com'),
  domainControllers: z._default(z.array(text), ['dc1.mydomain.com', 'dc2.mydomain.com']),
  /** Subjects by name; all under one root. */
  authorities: z._default(z.record(text, text), standardAuthorities),
  /** In use, and to be replaced. */
  old: z._default(
    z.strictObject({
      subject: z._default(text, standardOld.subject),
      issuer: z._default(text, standardOld.issuer),
      days: z._default(days, standardOld.days),
      names: z._default(z.array(text), www),
      key: z._default(certificate.shape.key, 'rsa2048'),
    }),
    standardOld,
  ),
  /** To come; what is left out is as in the old one. */
  new: z._default(
    z.strictObject({
      subject: z.optional(text),
      issuer: z._default(text, 'R13'),
      days: z._default(days, [-1, 89]),
      names: z.optional(z.array(text)),
      key: z.optional(certificate.shape.key),
    }),
    { issuer: 'R13', days: [-1, 89] },
  ),
  /** Further certificates by name. */
  certificates: z._default(z.record(text, certificate), {}),
  /** How the PFX of the new one is written: `openssl` and `aes` with AES-256, `windows` with 3DES. */
  pfx: z._default(z.enum(['openssl', 'aes', 'windows']), 'openssl'),
  everyServer: z._default(server, {}),
  /** By name, in the order of a rotation; `MBX01..MBX40` are forty. */
  servers: z.record(text, z.nullable(server)),
  send: z._default(z.record(text, sendConnector), {}),
  hybrid: z._default(role, 'none'),
  edgeSubscriptions: z._default(z.array(text), []),
  /** false: no listeners are opened, and nothing is probed from outside. */
  listeners: z._default(z.boolean(), true),
  /** What Enable-ExchangeCertificate does with the second binding of the front end. */
  secondBinding: z._default(z.enum(['moves', 'leaves']), 'moves'),
  /** Set when the lab starts, as `fault.set` takes them. */
  faults: z._default(z.array(z.record(text, z.unknown())), []),
  config: z._default(config, { services: ['POP', 'IMAP', 'IIS', 'SMTP'], policy: {} }),
});

export type OrganizationFile = z.output<typeof organizationSchema>;
export type ServerDescription = z.output<typeof server>;
export type ReceiveDescription = z.output<typeof receiveConnector>;
