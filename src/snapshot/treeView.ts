// What every part of the organization tree asks, looked up once.
import type { FoundServer } from '../model/found';
import type { Observation } from '../model/observation';
import { installations, type Installation } from './certificatesOf';
import { byName, type ByName } from './connectors';
import type { Difference, Subject } from './difference';
import type { TreeInput } from './organizationNode';

export interface TreeView extends TreeInput {
  readonly foundServer: ByName<FoundServer>;
  readonly installed: readonly Installation[];
  /** The newest observation of a server's endpoint. */
  readonly observationOf: (server: string, protocol: string, port: number) => Observation | undefined;
  readonly differencesOf: (subject: Subject) => readonly Difference[];
}

export function treeView(input: TreeInput): TreeView {
  const differences = new Map<string, Difference[]>();
  for (const difference of input.differences) {
    const key = subjectKey(difference.subject);
    const known = differences.get(key);
    if (known === undefined) differences.set(key, [difference]);
    else known.push(difference);
  }
  const observations = new Map<string, Observation>();
  for (const observation of input.observations ?? input.found?.observations ?? []) {
    const { protocol, port } = observation.endpoint;
    // the last of the list is the newest, whatever time it claims
    observations.set(endpointKey(observation.server ?? '', protocol, port), observation);
  }
  return {
    ...input,
    foundServer: byName(input.found?.servers ?? [], ({ name }) => name),
    installed: input.found === null ? [] : installations(input.found),
    observationOf: (server, protocol, port) => observations.get(endpointKey(server, protocol, port)),
    differencesOf: (subject) => differences.get(subjectKey(subject)) ?? [],
  };
}

function endpointKey(server: string, protocol: string, port: number): string {
  return `${server.toUpperCase()} ${protocol} ${port}`;
}

function subjectKey(subject: Subject): string {
  if (subject.kind === 'organization') return subject.kind;
  const name = subject.kind === 'receive-connector' ? subject.identity : subject.name;
  return `${subject.kind} ${name.toUpperCase()}`;
}
