// Which connectors are to carry the new certificate: those the configuration names, and those a person decided to follow.
import { receiveIdentity } from '../model/receiveIdentity';
import type { ReceiveConnectorRow, SendConnectorRow } from '../model/snapshot';
import { answerTo } from './decisions';
import type { PlannedServer, Planning } from './planning';
import { followHybrid, followReceive, followSend } from './questionIds';
import { isSetTo, refersTo } from './tlsCertificateName';

export interface ConnectorTarget {
  /** As found; as configured where nothing was found by that name. */
  readonly name: string;
  readonly found: string | null;
  readonly baseline: string | null;
}

export function receiveTargets(server: PlannedServer, planning: Planning): readonly ConnectorTarget[] {
  const target = (identity: string): ConnectorTarget => {
    const row = server.found.receiveConnector(identity);
    return {
      name: row?.identity ?? identity,
      found: row?.tlsCertificateName ?? null,
      baseline: server.baseline.receiveConnector(identity)?.tlsCertificateName ?? null,
    };
  };
  const mentioned = mentionedReceive(server, planning);
  const wanted = planning.wanted.connectors.receive
    .filter((one) => one.certificate === planning.certificate.name && isMeantFor(server, one.name, planning))
    .map((one) => target(receiveIdentity(server.name, one.name)));
  const followed = (server.found.row.receiveConnectors ?? [])
    .filter(({ identity }) => !mentioned.has(identity.toUpperCase()))
    .filter((row) => isFollowed(row, answerTo(planning.rotation, followReceive(row.identity)), planning))
    .map(({ identity }) => target(identity));
  return [...wanted, ...followed];
}

export function sendTargets(planning: Planning): readonly ConnectorTarget[] {
  const { world, baseline, wanted, certificate, rotation } = planning;
  const target = (name: string): ConnectorTarget => {
    const row = world.view.sendConnector(name);
    return {
      name: row?.name ?? name,
      found: row?.tlsCertificateName ?? null,
      baseline: baseline.sendConnector(name)?.tlsCertificateName ?? null,
    };
  };
  const mentioned = mentionedSend(planning);
  return [
    ...wanted.connectors.send.filter((one) => one.certificate === certificate.name).map((one) => target(one.name)),
    ...(world.view.found.sendConnectors ?? [])
      .filter(({ name }) => !mentioned.has(name.toUpperCase()))
      .filter((row) => isFollowed(row, answerTo(rotation, followSend(row.name)), planning))
      .map(({ name }) => target(name)),
  ];
}

/** A name without `{server}` is a connector's of some server: where it is missing it is meant only if no server has it. */
function isMeantFor(server: PlannedServer, name: string, planning: Planning): boolean {
  if (name.includes('{server}') || !server.found.reached) return true;
  if (server.found.receiveConnector(receiveIdentity(server.name, name)) !== undefined) return true;
  return planning.servers.every(
    (other) => other.found.reached && other.found.receiveConnector(receiveIdentity(other.name, name)) === undefined,
  );
}

/** The hybrid configuration's name where it is to follow; undefined where it is none of ours. */
export function hybridTarget(planning: Planning): ConnectorTarget | undefined {
  const found = planning.world.view.found.hybrid?.tlsCertificateName ?? null;
  const followed = isFollowed({ tlsCertificateName: found }, answerTo(planning.rotation, followHybrid), planning);
  return followed
    ? { name: '', found, baseline: planning.baseline.found.hybrid?.tlsCertificateName ?? null }
    : undefined;
}

/** Names the configuration mentions, upper case, with whatever certificate. */
export function mentionedReceive(server: PlannedServer, { wanted }: Planning): ReadonlySet<string> {
  return new Set(wanted.connectors.receive.map(({ name }) => receiveIdentity(server.name, name).toUpperCase()));
}

export function mentionedSend({ wanted }: Planning): ReadonlySet<string> {
  return new Set(wanted.connectors.send.map(({ name }) => name.toUpperCase()));
}

/** Followed by decision as long as it names the old certificate, the new one, or is not told; set to a third one, it is left. */
function isFollowed(
  row: Pick<ReceiveConnectorRow | SendConnectorRow, 'tlsCertificateName'>,
  answer: string | undefined,
  { old, fresh }: Planning,
): boolean {
  const value = row.tlsCertificateName;
  return (
    answer === 'follow' && (value === null || refersTo(value, old.name) || isSetTo(value, fresh.tlsCertificateName))
  );
}
