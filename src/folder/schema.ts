// The shapes of the folder's files at the border: whatever was changed by hand or by a stranger is refused here.
import * as z from 'zod/mini';
import type { AssumptionsTold } from '../model/assumptions';
import type { CertificateFacts } from '../model/certificate';
import { parseThumbprint, type Thumbprint } from '../model/names';
import type { Looked, Observation } from '../model/observation';
import { reads } from '../model/reads';
import type { JournalLine, StepResult } from '../model/result';
import type { Rotation } from '../model/rotation';
import type { OrganizationRows } from '../model/snapshot';

const longestText = 4096;
const mostItems = 20_000;

const text = z.string().check(z.maxLength(longestText));
const hash = z.string().check(z.regex(/^[0-9a-fA-F]{64}$/));
const id = z.string().check(z.regex(/^[0-9a-f]{8}$/));

function list<Item extends z.ZodMiniType>(item: Item) {
  return z.readonly(z.array(item).check(z.maxLength(mostItems)));
}

const thumbprint = z.pipe(
  text,
  z.transform((written, context): Thumbprint => {
    const read = parseThumbprint(written);
    if (read === undefined) context.issues.push({ code: 'custom', input: written, message: 'not a thumbprint' });
    return read ?? z.NEVER;
  }),
);

const time = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  z.refine((written) => !Number.isNaN(Date.parse(written))),
);

/** A path within reach of the rotation's folder: relative, with `/`, without a drive or a stream. */
const relativePath = text.check(z.regex(/^(?![/\\])[^\\:*?"<>|\0]+$/));

const certificateFacts = reads<CertificateFacts>()(
  z.strictObject({
    thumbprint,
    sha256: text,
    subject: text,
    issuer: text,
    tlsCertificateName: text,
    uncertainNames: z.exactOptional(list(text)),
    serialNumber: text,
    notBefore: time,
    notAfter: time,
    dnsNames: list(text),
    ipAddresses: list(text),
    keyAlgorithm: z.enum(['RSA', 'RSA-PSS', 'EC', 'Ed25519', 'Ed448', 'DSA', 'unknown']),
    keySize: z.nullable(z.number()),
    signatureAlgorithm: text,
    extendedKeyUsage: z.nullable(list(text)),
    isCertificateAuthority: z.boolean(),
    isSelfIssued: z.boolean(),
  }),
);

const imports = z.nullable(z.boolean());

export const rotationSchema = reads<Rotation>()(
  z.strictObject({
    version: z.literal(1),
    name: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,100}$/)),
    created: time,
    by: text,
    config: z.strictObject({ path: relativePath, certificate: text }),
    from: z.strictObject({ thumbprint }),
    to: z.strictObject({
      thumbprint,
      certificate: certificateFacts,
      pfx: z.strictObject({
        path: relativePath,
        sha256: hash,
        importsOn: z.strictObject({
          windowsServer2016: imports,
          windowsServer2019: imports,
          windowsServer2022: imports,
        }),
      }),
    }),
    servers: list(text.check(z.minLength(1))),
    baseline: z.strictObject({ path: relativePath, sha256: hash }),
    decisions: list(z.strictObject({ question: text, answer: text, at: time, by: text })),
  }),
);

const nullableFlag = z.nullable(z.boolean());

const observationOutcome = z.enum([
  'presented',
  'starttls-not-offered',
  'starttls-refused',
  'injected-before-tls',
  'timeout',
  'closed',
  'not-this-protocol',
  'handshake-failed',
  'unreachable',
]);

const observation = reads<Observation>()(
  z.strictObject({
    server: z.nullable(text),
    endpoint: z.strictObject({
      kind: z.exactOptional(z.enum(['submission', 'backEnd'])),
      protocol: z.enum(['smtp', 'smtps', 'imap', 'imaps', 'pop3', 'pop3s', 'https']),
      host: text,
      address: z.exactOptional(text),
      port: z.int().check(z.minimum(0), z.maximum(65535)),
      servername: text,
      furtherNames: z.exactOptional(list(text)),
    }),
    at: time,
    outcome: observationOutcome,
    certificate: z.nullable(certificateFacts),
    chain: list(thumbprint),
    issuers: z.exactOptional(list(certificateFacts)),
    selfSigned: z.exactOptional(z.boolean()),
    stray: z.exactOptional(z.number()),
    sent: z.exactOptional(z.number()),
    trust: z.exactOptional(z.strictObject({ store: text, trusted: z.boolean(), reason: z.nullable(text) })),
    chainInOrder: nullableFlag,
    chainComplete: nullableFlag,
    tls: z.nullable(z.strictObject({ version: text, cipher: text })),
    nameMatches: nullableFlag,
    ocspStapled: nullableFlag,
    banner: z.nullable(text),
    detail: z.nullable(text),
    milliseconds: z.number(),
    from: z.exactOptional(text),
    untried: z.exactOptional(list(text)),
  }),
);

/** Certificates in base64 and blanks between them: OpenSSL takes 100 KiB of them, and so does a look. */
const chainText = z.string().check(z.maxLength(1 << 18), z.regex(/^[A-Za-z0-9+/= ]*$/));

const looked = reads<Looked>()(
  z.strictObject({
    from: text,
    chains: list(chainText),
    looks: list(
      z.strictObject({
        number: z.int(),
        at: time,
        outcome: observationOutcome,
        detail: z.nullable(text),
        banner: z.nullable(text),
        chain: z.int(),
        version: z.nullable(text),
        cipher: z.nullable(text),
        milliseconds: z.number(),
      }),
    ),
  }),
);

const line = { at: time, by: text, previous: hash };
const outcome = z.enum(['done', 'nothing-to-do', 'failed']);

export const journalLineSchema = reads<JournalLine>()(
  z.discriminatedUnion('event', [
    z.strictObject({ ...line, event: z.literal('created'), rotation: text }),
    z.strictObject({ ...line, event: z.literal('snapshot'), path: relativePath, sha256: hash }),
    z.strictObject({ ...line, event: z.literal('run'), step: id, script: text }),
    z.strictObject({
      ...line,
      event: z.literal('result'),
      step: id,
      path: relativePath,
      sha256: hash,
      outcome: z.enum(['done', 'nothing-to-do', 'failed', 'unknown']),
    }),
    z.strictObject({ ...line, event: z.literal('foreign'), path: relativePath, why: text }),
    z.strictObject({ ...line, event: z.literal('observation'), observation }),
    z.strictObject({ ...line, event: z.literal('decision'), question: text, answer: text }),
    z.strictObject({ ...line, event: z.literal('confirmed'), step: id, what: text }),
  ]),
);

/** Everything of a result but its rows, which the snapshot room reads. */
export const resultSchema = reads<Omit<StepResult, 'before' | 'after'> & { before: unknown; after: unknown }>()(
  z.strictObject({
    version: z.literal(1),
    step: z.string().check(z.regex(/^([0-9a-f]{8}|snapshot|probe|assumptions)$/)),
    run: z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/)),
    script: hash,
    server: z.nullable(text),
    started: time,
    ended: time,
    outcome,
    changed: z.boolean(),
    before: z.unknown(),
    after: z.unknown(),
    error: z.nullable(
      z.strictObject({
        command: z.nullable(text),
        category: z.nullable(text),
        message: z.string(),
        position: z.nullable(text),
      }),
    ),
  }),
);

const word = z.string().check(z.maxLength(256));
/** What is told of an organization beside the rows: builds and codes, and so no name. */
const build = z.nullable(z.string().check(z.regex(/^\d{1,6}(\.\d{1,6}){0,3}$/)));
const code = z.nullable(z.string().check(z.regex(/^[A-Za-z-]{1,64}$/)));
const answers = list(
  z.strictObject({
    kind: z.enum(['command', 'parameter', 'property', 'type', 'member']),
    of: word,
    name: z.nullable(word),
    holds: nullableFlag,
    why: code,
  }),
);

const assumptionsTold = reads<AssumptionsTold>()(
  z.strictObject({
    version: z.literal(1),
    shell: build,
    means: z.nullable(z.enum(['endpoint', 'management-shell'])),
    here: answers,
    exchange: answers,
    servers: list(z.strictObject({ reached: z.boolean(), windows: build, exchange: build, rows: answers })),
  }),
);

/** What a result's `after` may tell besides rows and a snapshot, which the snapshot room reads. */
export const afterSchema = reads<Omit<NonNullable<StepResult['after']>, keyof OrganizationRows | 'snapshot'>>()(
  z.object({
    backup: z.exactOptional(z.strictObject({ thumbprint, verified: z.boolean(), file: text })),
    watched: z.exactOptional(z.strictObject({ name: text, minutes: z.number() })),
    copiesDeleted: z.exactOptional(z.boolean()),
    restarted: z.exactOptional(list(text)),
    looked: z.exactOptional(looked),
    assumptions: z.exactOptional(assumptionsTold),
  }),
);
