// Many looks at once: bounds that are reached and never passed, and a cancel that leaves nothing open.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Observation } from '../../src/model/observation';
import { probeAll, type ProbeAllOptions, type ProbeTarget } from '../../src/probe/probeAll';
import { probeInThread } from '../../src/probe/probeInThread';
import { serve, whenSettled, type ScriptedServer } from './scriptedServer';

/** Holds connections until `wanted` of them wait, gives one more the time to come, then lets all go on; remembers the most. */
class Gate {
  most = 0;
  #held: Socket[] = [];

  constructor(private readonly wanted: number) {}

  readonly hold = (socket: Socket): void => {
    socket.resume();
    this.#held.push(socket);
    this.most = Math.max(this.most, this.#held.length);
    if (this.#held.length !== this.wanted) return;
    whenSettled(() => {
      for (const held of this.#held.splice(0)) held.end('no\r\n');
    });
  };
}

function targets(server: ScriptedServer, hosts: number, each: number): readonly ProbeTarget[] {
  return Array.from({ length: hosts * each }, (_, at) => ({
    server: `SERVER${Math.floor(at / each)}`,
    endpoint: {
      protocol: 'smtp',
      host: `127.0.0.${1 + Math.floor(at / each)}`,
      port: server.port,
      servername: 'www.mydomain.com',
    },
  }));
}

async function probe(
  gate: Gate,
  hosts: number,
  each: number,
  options: ProbeAllOptions,
): Promise<readonly Observation[]> {
  const server = await serve(gate.hold, '0.0.0.0');
  const seen: Observation[] = [];
  await probeAll(targets(server, hosts, each), options, (observation) => seen.push(observation));
  await server.close();
  return seen;
}

describe('many looks', () => {
  it('are 32 at once, and no more', async () => {
    const gate = new Gate(32);
    assert.equal((await probe(gate, 16, 4, {})).length, 64);
    assert.equal(gate.most, 32);
  });
  it('are 4 at once at one host, and no more', async () => {
    const gate = new Gate(4);
    assert.equal((await probe(gate, 1, 12, {})).length, 12);
    assert.equal(gate.most, 4);
  });
  it('are as many as is asked', async () => {
    const gate = new Gate(6);
    await probe(gate, 3, 4, { concurrency: 6, perHost: 2 });
    assert.equal(gate.most, 6);
  });
  it('tell each endpoint once, with its server', async () => {
    const seen = await probe(new Gate(1), 5, 3, {});
    assert.deepEqual(
      seen.map(({ server }) => server).toSorted(),
      [0, 1, 2, 3, 4].flatMap((at) => Array<string>(3).fill(`SERVER${at}`)),
    );
    assert.ok(seen.every(({ outcome }) => outcome === 'not-this-protocol'));
  });
  it('of nothing end at once', async () => assert.deepEqual(await probe(new Gate(1), 0, 0, {}), []));

  it('that are cancelled reject, leave no socket open and tell nothing more', async () => {
    const cancel = new AbortController();
    const gate = new Gate(9);
    let told = 0;
    const server = await serve((socket) => {
      gate.hold(socket);
      if (gate.most === 8) cancel.abort(new Error('enough'));
    }, '0.0.0.0');
    await assert.rejects(
      probeAll(targets(server, 4, 4), { concurrency: 8 }, () => told++, cancel.signal),
      /enough/,
    );
    for (const socket of server.sockets) if (!socket.closed) await once(socket.end(), 'close');
    assert.deepEqual([told, server.sockets.length], [0, 8]);
    await server.close();
  });
});

describe('many looks in a thread', () => {
  it('tell the same, each with the very endpoint that was asked for', async () => {
    const server = await serve((socket) => socket.end('no\r\n'), '0.0.0.0');
    const asked = targets(server, 3, 4);
    const seen: Observation[] = [];
    await probeInThread(asked, {}, (observation) => seen.push(observation));
    await server.close();
    assert.deepEqual(new Set(seen.map(({ endpoint }) => endpoint)), new Set(asked.map(({ endpoint }) => endpoint)));
    for (const { endpoint } of asked) assert.equal(seen.filter((one) => one.endpoint === endpoint).length, 1);
    assert.ok(seen.every(({ server: name, outcome }) => name !== null && outcome === 'not-this-protocol'));
  });
  it('keep the bounds that are asked for', async () => {
    const gate = new Gate(6);
    const server = await serve(gate.hold, '0.0.0.0');
    await probeInThread(targets(server, 3, 4), { concurrency: 6, perHost: 2 }, () => undefined);
    await server.close();
    assert.equal(gate.most, 6);
  });
  it('that are cancelled reject, leave no socket open and tell nothing more', async () => {
    const cancel = new AbortController();
    let told = 0;
    const server = await serve((socket) => {
      socket.resume();
      if (server.sockets.length === 8) cancel.abort(new Error('enough'));
    }, '0.0.0.0');
    await assert.rejects(
      probeInThread(targets(server, 4, 4), { concurrency: 8 }, () => told++, cancel.signal),
      /enough/,
    );
    for (const socket of server.sockets) if (!socket.closed) await once(socket.end(), 'close');
    assert.deepEqual([told, server.sockets.length], [0, 8]);
    await server.close();
  });
});
