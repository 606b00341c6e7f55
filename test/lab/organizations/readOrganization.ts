// An organization's YAML file, read and checked: what is wrong is said with file and line.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { en } from 'zod/locales';
import { organizationSchema, type OrganizationFile } from './schema';

/** out/test/lab/organizations and test/lab/organizations lie equally deep, so both find the files. */
const folder = path.resolve(__dirname, '../../../../test/lab/organizations');

/** An organization by its name, with every default filled in. */
export interface Organization extends OrganizationFile {
  readonly name: string;
}

/** What a file does not say as it must, one line each: `dag-of-four.yaml:12: servers.MBX2.windows: …`. */
export class OrganizationError extends Error {}

/** The names of all files, the runbook's first. */
export function organizationNames(): readonly string[] {
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []));
  return ['runbook', ...names.filter((name) => name !== 'runbook').sort()];
}

/** Throws an OrganizationError that lists the names where there is no such file, and the problems where it has some. */
export function readOrganization(name: string): Organization {
  if (!organizationNames().includes(name)) {
    throw new OrganizationError(`There is no organization ${name}. There are: ${organizationNames().join(', ')}.`);
  }
  return parseOrganization(name, readFileSync(path.join(folder, `${name}.yaml`), 'utf8'));
}

/** Throws an OrganizationError with every problem of the text. */
export function parseOrganization(name: string, text: string): Organization {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new OrganizationError(`${name}.yaml:${lineAt(broken.pos[0])}: ${broken.message.split('\n')[0] ?? ''}`);
  }
  const read = organizationSchema.safeParse(document.toJS(), { error: en().localeError });
  if (!read.success) {
    const problems = read.error.issues.map((issue) => {
      const place = issue.path.map(String);
      const node = [...place.keys()]
        .map((left) => document.getIn(place.slice(0, place.length - left), true))
        .find((one): one is { range: [number, number, number] } => hasRange(one));
      const line = node === undefined ? 1 : lineAt(node.range[0]);
      return `${name}.yaml:${line}: ${place.length > 0 ? `${place.join('.')}: ` : ''}${issue.message}`;
    });
    throw new OrganizationError(problems.join('\n'));
  }
  const made = { ...read.data, name };
  const unknown = unknownReferences(made);
  if (unknown.length > 0) throw new OrganizationError(unknown.map((one) => `${name}.yaml: ${one}`).join('\n'));
  return made;
}

function hasRange(node: unknown): boolean {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

/** Names that nothing bears: of certificates, authorities and servers. */
function unknownReferences(made: Organization): readonly string[] {
  const roles = new Set(['old', 'new', 'none', 'self', ...Object.keys(made.certificates)]);
  const servers = new Set(serverNames(made));
  const ofServers = [made.everyServer, ...Object.values(made.servers)].flatMap((server) => [
    server?.serves,
    server?.internalTransport,
    server?.front,
    ...Object.values(server?.sni ?? {}),
    ...(server?.holds ?? []),
    ...Object.values(server?.receive ?? {}).map((one) => (typeof one === 'string' ? one : one.certificate)),
  ]);
  const named = [...ofServers, made.hybrid, ...Object.values(made.send).map((one) => one.certificate)];
  const issuers = [made.old, made.new, ...Object.values(made.certificates)].map(({ issuer }) => issuer);
  const sources = Object.values(made.send).flatMap(({ from }) => from ?? []);
  return [
    ...named.flatMap((one) => (one === undefined || roles.has(one) ? [] : [`no certificate is called ${one}`])),
    ...issuers.flatMap((one) =>
      one === undefined || one in made.authorities ? [] : [`no authority is called ${one}`],
    ),
    ...[...sources, ...(made.config.exchange ?? []), ...made.edgeSubscriptions].flatMap((one) =>
      servers.has(one) ? [] : [`no server is called ${one}`],
    ),
  ];
}

/** The servers' names in their order, ranges written out. */
export function serverNames({ servers }: Pick<Organization, 'servers'>): readonly string[] {
  return Object.keys(servers).flatMap(namesOf);
}

/** `MBX01..MBX40` to its forty names; any other name to itself. */
export function namesOf(written: string): readonly string[] {
  const range = /^(.*?)(\d+)\.\.\1(\d+)$/.exec(written);
  if (range === null) return [written];
  const [, head = '', first = '', last = ''] = range;
  return Array.from(
    { length: Number(last) - Number(first) + 1 },
    (_, at) => `${head}${String(Number(first) + at).padStart(first.length, '0')}`,
  );
}
