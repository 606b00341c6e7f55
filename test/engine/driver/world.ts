// Where a rotation is driven: an organization of the lab, its scripts' shells, and a look at what it presents.
import { type Engine } from '../../lab/engine';
import { openBed as openLabBed } from '../../lab/bed';
import { type LabChange, type LabOutage, type LabServer, type LabState } from '../../lab/state';
import { readCertificate } from '../../../src/certificate/readCertificate';
import { type CertificateFacts } from '../../../src/model/certificate';
import { toTime } from '../../../src/model/names';
import { type Observation, type ObservationOutcome } from '../../../src/model/observation';
import { probeAll, type ProbeTarget } from '../../../src/probe/probeAll';

export interface World {
  readonly engine: Engine;
  readonly place: { readonly organization: string } | { readonly data: string };
  call(operation: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  state(): Promise<LabState>;
  server(name: string): Promise<LabServer>;
  log(): Promise<readonly LabChange[]>;
  outages(): Promise<readonly LabOutage[]>;
  look(targets: readonly ProbeTarget[]): Promise<readonly Observation[]>;
  close(): Promise<void>;
}

function world(
  engine: Engine,
  place: World['place'],
  call: World['call'],
  look: (targets: readonly ProbeTarget[], world: World) => Promise<readonly Observation[]>,
  close: World['close'],
): World {
  const made: World = {
    engine,
    place,
    call,
    state: async () => (await call('state.get')) as LabState,
    server: async (name) => (await made.state()).servers.find((one) => one.name === name)!,
    log: async () => (await call('log.get')) as readonly LabChange[],
    outages: async () => (await call('outage.get')) as readonly LabOutage[],
    look: (targets) => look(targets, made),
    close,
  };
  return made;
}

/** A lab process with listeners, looked at by the product's own probe. */
export async function openRealWorld(state?: LabState): Promise<World> {
  const bed = await openLabBed(state);
  return world(
    bed.engine,
    { data: bed.lab.data },
    (...all) => bed.lab.call(...all),
    probe,
    () => bed.close(),
  );
}

/** An organization in the engine's process, asked what its listeners would present. */
export async function openQuietWorld(engine: Engine, state: LabState): Promise<World> {
  const organization = await engine.newOrganization(state);
  const call: World['call'] = (operation, args) => engine.call(organization, operation, args);
  return world(engine, { organization }, call, askPresented, () => engine.dropOrganization(organization));
}

async function probe(targets: readonly ProbeTarget[]): Promise<readonly Observation[]> {
  const seen: Observation[] = [];
  await probeAll(targets, { timeoutMilliseconds: 30_000 }, (observation) => seen.push(observation));
  return seen;
}

interface Presented {
  readonly offered: boolean;
  readonly thumbprint: string | null;
  readonly reason: string | null;
}

async function askPresented(targets: readonly ProbeTarget[], asked: World): Promise<readonly Observation[]> {
  const { servers, certificates } = await asked.state();
  const facts = (thumbprint: string): CertificateFacts => {
    const { rawData } = Object.values(certificates).find((one) => one.thumbprint === thumbprint)!;
    const read = readCertificate(Buffer.from(rawData!, 'base64'));
    if ('problem' in read) throw new Error(read.problem);
    return read;
  };
  const seen: Observation[] = [];
  for (const { server, endpoint } of targets) {
    const isDown = servers.find(({ name }) => name === server)?.down === true;
    const service = endpoint.protocol;
    const told = isDown ? null : ((await asked.call('presented.get', { server, service })) as Presented);
    const outcome: ObservationOutcome =
      told?.offered !== true ? 'unreachable' : told.reason === null ? 'presented' : 'handshake-failed';
    const certificate = outcome === 'presented' ? facts(told!.thumbprint!) : null;
    seen.push({
      server,
      endpoint,
      at: toTime(new Date()),
      outcome,
      certificate,
      chain: certificate === null ? [] : [certificate.thumbprint],
      chainInOrder: null,
      chainComplete: null,
      tls: null,
      nameMatches: null,
      ocspStapled: null,
      banner: null,
      detail: told?.reason ?? null,
      milliseconds: 0,
    });
  }
  return seen;
}
