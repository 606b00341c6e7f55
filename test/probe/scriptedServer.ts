// A server on loopback that says what a test tells it to, and a clock that goes on only when told.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Observation, Protocol } from '../../src/model/observation';
import type { Clock } from '../../src/probe/clock';
import { probeEndpoint, type ProbeOptions } from '../../src/probe/probeEndpoint';
import type { Identity } from './pki';

export type Script = (socket: Socket) => void;

export interface ScriptedServer {
  readonly port: number;
  readonly sockets: readonly Socket[];
  readonly close: () => Promise<void>;
}

export async function serve(script: Script, host = '127.0.0.1'): Promise<ScriptedServer> {
  const sockets: Socket[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    script(socket);
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Looks once at a server that runs `script`, and holds the look to have closed its socket behind it. */
export async function look(
  protocol: Protocol,
  script: Script,
  options: ProbeOptions = {},
  signal?: AbortSignal,
): Promise<Observation> {
  const server = await serve(script);
  const before = openSockets();
  const endpoint = { protocol, host: '127.0.0.1', port: server.port, servername: 'www.mydomain.com' };
  try {
    // A look that goes wrong ends before mocha loses patience; the time itself is tested with a clock.
    return await probeEndpoint(endpoint, options.clock ? options : { timeoutMilliseconds: 10_000, ...options }, signal);
  } finally {
    // The server's ends that are closing have their handles until the loop has turned.
    await new Promise<void>(whenSettled);
    const left = openSockets() - server.sockets.filter(({ destroyed }) => !destroyed).length - before;
    await server.close();
    assert.ok(left <= 0, 'the look left a socket open');
  }
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}

/** Greets, then answers each line of the client with the next reply; `last` is run behind the last one. */
export function says(greeting: string, replies: readonly string[] = [], last?: Script): Script {
  return (socket) => {
    const left = [...replies];
    socket.write(greeting);
    if (left.length === 0) last?.(socket);
    const answer = (): void => {
      const reply = left.shift();
      if (reply === undefined) return;
      if (left.length === 0) socket.off('data', answer);
      socket.write(reply);
      if (left.length === 0) last?.(socket);
    };
    socket.on('data', answer);
  };
}

/** Goes on in TLS as `identity`, with the bundle `chain` where the leaf alone is not meant. */
export function speakTls(identity: Identity, chain = identity.certificate): Script {
  const [key, cert] = [readFileSync(identity.key), readFileSync(chain)];
  return (socket) => new TLSSocket(socket, { isServer: true, key, cert }).on('error', () => undefined);
}

/** A clock whose time passes by `pass` alone. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 10, 22, 20, 14);
  #alarms: { readonly at: number; readonly run: () => void }[] = [];

  readonly now = (): number => this.#now;

  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const alarm = { at: this.#now + milliseconds, run };
    this.#alarms.push(alarm);
    return () => (this.#alarms = this.#alarms.filter((other) => other !== alarm));
  };

  pass(milliseconds: number): void {
    this.#now += milliseconds;
    const due = this.#alarms.filter(({ at }) => at <= this.#now);
    this.#alarms = this.#alarms.filter(({ at }) => at > this.#now);
    for (const { run } of due) run();
  }
}

/** Runs `then` once both ends of a loopback connection have been told of it. */
export function whenSettled(then: () => void): void {
  setImmediate(() => setImmediate(() => setImmediate(then)));
}
