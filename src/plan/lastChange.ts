// When something of a server or connector last changed because of us: what was seen before that proves nothing.
import type { Found } from '../model/found';
import type { ServerName, Thumbprint, Time } from '../model/names';
import type { StepKind, Target } from '../model/plan';
import type { Rotation } from '../model/rotation';
import { type CutsOver, kindsThatCutOver } from '../model/stepKinds';
import { stepId } from './stepId';
import type { View } from './view';
import { own } from '../model/own';

/** The newest change of a server: by its own steps, its receive connectors', and the removal. */
export function lastChangeOf(view: View, server: ServerName, rotation: Rotation): Time | null {
  return newest(view.found, [
    ...cutoverIds(view, server, rotation),
    ...idsOf('removal', { server }, rotation.from.thumbprint),
  ]);
}

/** The newest change of one server's cutover: *Continue* is believed only from after the first server's. */
export function lastCutoverOf(view: View, server: ServerName, rotation: Rotation): Time | null {
  return newest(view.found, cutoverIds(view, server, rotation));
}

/** The newest change of the cutover, of servers and of the organization: the days of observation count from it. */
export function lastCutover(view: View, rotation: Rotation): Time | null {
  return newest(view.found, [
    ...rotation.servers.flatMap((server) => cutoverIds(view, server, rotation)),
    ...connectorIds(view, rotation),
  ]);
}

/** The newest change of one send connector, or of all of them and the hybrid configuration. */
export function lastConnectorChange(view: View, rotation: Rotation, connector?: string): Time | null {
  const to = rotation.to.thumbprint;
  const ids = connector === undefined ? connectorIds(view, rotation) : idsOf('send-connector', { connector }, to);
  return newest(view.found, ids);
}

/** The newest time at which one step changed something. */
export function changedAt(found: Found, kind: StepKind, target: Target, rotation: Rotation): Time | null {
  // nothing has changed in most plans, and an id costs a hash
  if (Object.keys(found.changed).length === 0) return null;
  return own(found.changed, stepId(kind, target, rotation.to.thumbprint)) ?? null;
}

function cutoverIds(view: View, server: ServerName, rotation: Rotation): readonly string[] {
  if (Object.keys(view.found.changed).length === 0) return [];
  const to = rotation.to.thumbprint;
  const there = view.server(server);
  const internal = there?.row.internalTransport;
  return [
    ...idsOf('server', { server }, to),
    ...(internal === null || internal === undefined ? [] : idsOf('internal-transport', { server }, internal)),
    ...(there?.row.receiveConnectors ?? []).flatMap(({ identity }) =>
      idsOf('receive-connector', { server, connector: identity }, to),
    ),
  ];
}

function connectorIds(view: View, rotation: Rotation): readonly string[] {
  const to = rotation.to.thumbprint;
  return [
    ...(view.found.sendConnectors ?? []).flatMap(({ name }) => idsOf('send-connector', { connector: name }, to)),
    ...idsOf('organization', {}, to),
  ];
}

/** The steps that may have changed for clients what `cutsOver` says, by their ids. */
function idsOf(cutsOver: CutsOver, target: Target, thumbprint: Thumbprint): readonly string[] {
  return kindsThatCutOver(cutsOver).map((kind) => stepId(kind, target, thumbprint));
}

function newest(found: Found, ids: readonly string[]): Time | null {
  return ids.reduce<Time | null>((latest, id) => {
    const at = own(found.changed, id);
    return at !== undefined && (latest === null || at > latest) ? at : latest;
  }, null);
}
