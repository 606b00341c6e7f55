// Found, ready to be asked: servers, certificates, connectors and observations by name instead of by search.
import type { Found, FoundServer, InstalledCertificate } from '../model/found';
import type { ServerName, Thumbprint, Time } from '../model/names';
import type { Observation } from '../model/observation';
import type { Rotation } from '../model/rotation';
import type { ReceiveConnectorRow, SendConnectorRow } from '../model/snapshot';
import type { EndpointKind } from '../model/wanted';

export interface ServerView {
  readonly row: FoundServer;
  /** Exchange told of it and a session to it was had: only then its facts say anything. */
  readonly reached: boolean;
  readonly certificates: ReadonlyMap<Thumbprint, InstalledCertificate> | null;
  readonly receiveConnector: (identity: string) => ReceiveConnectorRow | undefined;
}

export interface View {
  readonly found: Found;
  readonly server: (name: ServerName) => ServerView | undefined;
  readonly sendConnector: (name: string) => SendConnectorRow | undefined;
  /** The last observation of that kind of endpoint. */
  readonly observation: (server: ServerName, endpoint: EndpointKind) => Observation | undefined;
}

/** What a check is judged in. */
export interface World {
  readonly view: View;
  readonly rotation: Rotation;
  readonly now: Time;
}

const views = new WeakMap<Found, View>();

/** The view of `found`; made once for each, because a large organization is judged a thousand times. */
export function viewOf(found: Found): View {
  const known = views.get(found);
  if (known !== undefined) return known;
  const view = makeView(found);
  views.set(found, view);
  return view;
}

function makeView(found: Found): View {
  const servers = new Map(found.servers.map((row) => [row.name.toUpperCase(), serverView(row)]));
  const connectors = new Map((found.sendConnectors ?? []).map((row) => [row.name.toUpperCase(), row]));
  const observations = new Map<string, Observation>();
  for (const observation of found.observations) {
    if (observation.server === null) continue;
    const { kind, protocol } = observation.endpoint;
    observations.set(`${kind ?? protocol} ${observation.server.toUpperCase()}`, observation);
  }
  return {
    found,
    server: (name) => servers.get(name.toUpperCase()),
    sendConnector: (name) => connectors.get(name.toUpperCase()),
    observation: (server, endpoint) => observations.get(`${endpoint} ${server.toUpperCase()}`),
  };
}

/** Certificates and connectors are put in order when they are first asked for. */
function serverView(row: FoundServer): ServerView {
  let certificates: ServerView['certificates'] | undefined;
  let connectors: ReadonlyMap<string, ReceiveConnectorRow> | undefined;
  return {
    row,
    reached: row.reached.exchange && row.reached.server,
    get certificates() {
      certificates ??= row.certificates && new Map(row.certificates.map((one) => [one.thumbprint, one] as const));
      return certificates;
    },
    receiveConnector: (identity) => {
      connectors ??= new Map((row.receiveConnectors ?? []).map((one) => [one.identity.toUpperCase(), one]));
      return connectors.get(identity.toUpperCase());
    },
  };
}
