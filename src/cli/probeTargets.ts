// What `probe` is to check: the endpoints of its operands, what each must present, and the store that judges trust.
import * as files from 'node:fs/promises';
import * as path from 'node:path';
import { parseConfig } from '../config/parseConfig';
import { readBounded } from '../folder/readBounded';
import type { Thumbprint } from '../model/names';
import { everyAddress } from '../probe/addresses';
import { configTargets, wantedThumbprint } from '../probe/configTargets';
import { protocolOfPort } from '../probe/dialogues/protocols';
import type { ProbeTarget } from '../probe/probeAll';
import { storeOf, systemStore, type TrustStore } from '../probe/trustStore';
import type { ProbeArguments } from './probeArguments';
import { most } from './readInput';

/** Endpoints that one store judges; null: trust is not judged. */
export interface TargetGroup {
  readonly targets: readonly ProbeTarget[];
  readonly store: TrustStore | null;
  /** The certificate that the configuration names by its thumbprint. */
  readonly planned: (endpoint: ProbeTarget['endpoint']) => Thumbprint | null;
}

export interface Targets {
  readonly groups: readonly TargetGroup[];
  /** What to know besides, a sentence each. */
  readonly notes: readonly string[];
}

type Read<Result> = Result | { readonly missing: string };

/** `missing` says which file cannot be used, and why. */
export async function probeTargets(asked: ProbeArguments): Promise<Read<Targets>> {
  const notes: string[] = [];
  const given = await storeFrom(asked.trust, notes);
  if (given !== null && 'missing' in given) return given;
  const groups: TargetGroup[] = [];
  for (const operand of asked.operands) {
    const group = await groupOf(operand, asked, given, notes);
    if ('missing' in group) return group;
    groups.push({ ...group, targets: await everyAddress(group.targets, asked.family) });
  }
  return { groups: withoutDoubles(groups), notes };
}

async function groupOf(
  operand: string,
  { starttls, names, trust }: ProbeArguments,
  given: TrustStore | null,
  notes: string[],
): Promise<Read<TargetGroup>> {
  const address = readAddress(operand);
  if (address) {
    const { host, port } = address;
    const endpoint = { protocol: starttls ?? protocolOfPort(port), host, port, servername: host };
    return { targets: [renamed({ server: null, endpoint }, names)], store: given, planned: () => null };
  }
  const read = await readBounded(operand, most.config, files).catch(() => undefined);
  if (read === undefined) return { missing: `${operand}: no such file, and not HOST:PORT` };
  if ('refused' in read) return { missing: `${operand}: not a configuration: ${read.refused.replaceAll('-', ' ')}` };
  const { wanted } = parseConfig(new TextDecoder().decode(read.bytes));
  if (!wanted) return { missing: `${operand}: the configuration has errors; the editor shows where` };
  if (wanted.probe.from !== null)
    notes.push(`${operand}: probe.from counts in the editor; these checks are made from this computer`);
  const { ca } = wanted.probe;
  // a file of others must not make this computer ask another one, such as the share of a stranger
  if (ca !== null && /^(?:[/\\~]|[a-z]:)/i.test(ca))
    return { missing: `${operand}: probe.ca is a path relative to the configuration; name any other place by --ca` };
  const own = ca !== null && trust === 'system' ? { file: path.resolve(path.dirname(operand), ca) } : null;
  const store = own === null ? given : await storeFrom(own, notes);
  if (store !== null && 'missing' in store) return store;
  return {
    targets: configTargets(wanted).map((target) => renamed(target, names)),
    store,
    planned: (endpoint) => wantedThumbprint(wanted, endpoint.kind ?? endpoint.protocol),
  };
}

async function storeFrom(trust: ProbeArguments['trust'], notes: string[]): Promise<Read<TrustStore> | null> {
  if (trust === 'none') return null;
  if (trust === 'system') return systemStore();
  const { file } = trust;
  const read = await readBounded(file, most.roots, files).catch(() => undefined);
  if (read === undefined) return { missing: `${file}: no such file; it was to hold the roots that are trusted` };
  if ('refused' in read) return { missing: `${file}: no file of roots: ${read.refused.replaceAll('-', ' ')}` };
  const { name, roots, problems } = storeOf(file, read.bytes);
  if (roots.length === 0)
    return { missing: `${file}: holds no certificate, so nothing would be trusted; give roots as PEM, DER or PKCS#7` };
  notes.push(...problems.map((problem) => `${file}: ${problem}`));
  return { name, roots };
}

/** `host:port`, `192.0.2.1:25` or `[2001:db8::1]:25`; undefined where it is a file's name. */
function readAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^[\]:/\\]+)):(\d{1,5})$/u.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/** Names that were given take the place of all others. */
function renamed(target: ProbeTarget, [servername, ...furtherNames]: readonly string[]): ProbeTarget {
  if (servername === undefined) return target;
  const { kind, protocol, host, port } = target.endpoint;
  const names = { servername, ...(furtherNames.length > 0 && { furtherNames }) };
  return { server: target.server, endpoint: { ...(kind && { kind }), protocol, host, port, ...names } };
}

/** An endpoint that is asked for twice is one: monitoring systems take a figure once only. */
function withoutDoubles(groups: readonly TargetGroup[]): readonly TargetGroup[] {
  const seen = new Set<string>();
  return groups.map((group) => ({
    ...group,
    targets: group.targets.filter(({ server, endpoint }) => {
      const { protocol, host, port, address } = endpoint;
      const key = JSON.stringify([server, protocol, host, port, address]);
      return !seen.has(key) && seen.add(key);
    }),
  }));
}
