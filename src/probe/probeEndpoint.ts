// One look at one endpoint, from the name lookup to the certificate, within its time.
import { toTime, type ServerName } from '../model/names';
import type { Endpoint, Observation, ObservationOutcome } from '../model/observation';
import type { Socket } from 'node:net';
import { systemClock, type Clock } from './clock';
import { addressLiteral, closed, connected, dial } from './connect';
import { converse } from './conversation';
import { dialogues } from './dialogues/protocols';
import { forRecord } from '../model/untrustedText';
import { shakeHands } from './handshake';
import { nothingPresented, readPresented } from './presented';
import type { TrustStore } from './trustStore';
import { unspoken } from './unspoken';

export interface ProbeOptions {
  /** The server of the config the endpoint belongs to. */
  readonly server?: ServerName;
  /** For the whole look; 30,000 by default. */
  readonly timeoutMilliseconds?: number;
  readonly clock?: Clock;
  /** What the chain's trust is judged by; without it, trust is not judged. */
  readonly trust?: TrustStore;
  /** Only addresses of this version of IP. */
  readonly family?: 4 | 6;
}

const defaultTimeout = 30_000;

/** What was found out so far: a look that is cut off keeps what it saw. */
type Seen = Partial<Pick<Observation, 'banner' | 'tls' | 'ocspStapled' | 'untried' | 'trust'>> &
  Partial<typeof nothingPresented>;
type Stage = 'connect' | 'greeting' | 'dialogue' | 'handshake';

interface Look {
  seen: Seen;
  stage: Stage;
}

/**
 * Looks once. Never rejects for what a network or a server does; rejects with the signal's reason when cancelled,
 * and in either case only after its socket is closed.
 */
export async function probeEndpoint(
  endpoint: Endpoint,
  options: ProbeOptions = {},
  signal?: AbortSignal,
): Promise<Observation> {
  signal?.throwIfAborted();
  const clock = options.clock ?? systemClock;
  const began = clock.now();
  const look: Look = { seen: {}, stage: 'connect' };
  let lateAt: Stage | undefined;

  let end: End;
  const socket = dialOrNot(endpoint, options.family);
  if (typeof socket === 'string') end = { outcome: 'unreachable', detail: socket };
  else {
    const cancelTimer = clock.after(options.timeoutMilliseconds ?? defaultTimeout, () => {
      lateAt = look.stage;
      socket.destroy();
    });
    const abort = (): void => void socket.destroy();
    signal?.addEventListener('abort', abort);
    end = await follow(socket, endpoint, look, storeFor(endpoint, options));
    await closed(socket);
    cancelTimer();
    signal?.removeEventListener('abort', abort);
    signal?.throwIfAborted();
  }
  if (lateAt !== undefined && end.outcome !== 'presented')
    // A firewall that drops what it does not like looks like this: nothing was reached.
    end =
      lateAt === 'connect' ? { outcome: 'unreachable', detail: 'ETIMEDOUT' } : { outcome: 'timeout', detail: lateAt };

  return {
    server: options.server ?? null,
    endpoint,
    at: toTime(new Date(began)),
    outcome: end.outcome,
    ...nothingPresented,
    tls: null,
    ocspStapled: null,
    banner: null,
    ...look.seen,
    detail: end.detail,
    milliseconds: clock.now() - began,
  };
}

interface End {
  readonly outcome: ObservationOutcome;
  readonly detail: string | null;
}

/** The socket, or why there is none: a port or a host that the system takes for nonsense is thrown at once. */
function dialOrNot(endpoint: Endpoint, family?: 4 | 6): Socket | string {
  try {
    return dial(endpoint, family);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/** None for the back end: Exchange's setup made and signed that certificate itself, and only Exchange's front end connects there. */
function storeFor({ kind }: Endpoint, { trust }: ProbeOptions): TrustStore | undefined {
  return kind === 'backEnd' ? undefined : trust;
}

async function follow(
  socket: Socket,
  { protocol, servername }: Endpoint,
  look: Look,
  store: TrustStore | undefined,
): Promise<End> {
  const failure = await connected(socket);
  if (failure !== undefined) return { outcome: 'unreachable', detail: failure };

  const rules = dialogues[protocol];
  if (rules) {
    look.stage = 'greeting';
    const end = await converse(socket, rules, addressLiteral(socket), (line) => {
      look.stage = 'dialogue';
      look.seen = { banner: forRecord(line) };
    });
    if (end.end !== 'start-tls') return { outcome: end.end, detail: end.detail };
  }

  look.stage = 'handshake';
  const end = await shakeHands(socket, servername, store);
  if (end.end === 'handshake-failed' || end.end === 'closed') {
    const untried = await unspoken();
    if (untried.length > 0) look.seen = { ...look.seen, untried };
  }
  switch (end.end) {
    case 'presented':
      look.seen = {
        ...look.seen,
        ...readPresented(end.chain, servername),
        ...{ tls: end.tls, ocspStapled: end.ocspStapled, ...(end.trust && { trust: end.trust }) },
      };
      return { outcome: 'presented', detail: null };
    case 'handshake-failed':
      if (end.chain) look.seen = { ...look.seen, ...readPresented(end.chain, servername) };
      return { outcome: 'handshake-failed', detail: end.detail };
    case 'clear-text':
      return { outcome: rules ? 'injected-before-tls' : 'not-this-protocol', detail: end.detail };
    case 'closed':
      return { outcome: 'closed', detail: end.detail };
  }
}
