// A connection to a running lab process: its operations by name, answers as JSON.
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type LabChange, type LabOutage, type LabState } from './state';

/** A refusal of the lab: `id` is its row in table.json. */
export class LabRefusal extends Error {
  constructor(
    readonly id: string,
    message: string,
    readonly category: string,
  ) {
    super(message);
  }
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly id: string; readonly message: string; readonly category: string };
}

export interface LabClient {
  /** Does one operation; rejects with LabRefusal. */
  call(operation: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  state(): Promise<LabState>;
  /** Changes after entry number `after`. */
  log(after?: number): Promise<readonly LabChange[]>;
  outages(): Promise<readonly LabOutage[]>;
  close(): void;
}

/** Connects to `DIR/lab.sock`. */
export async function connectLab(data: string): Promise<LabClient> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const made = connect(path.join(data, 'lab.sock'), () => resolve(made));
    made.once('error', reject);
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  createInterface({ input: socket }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.error) {
      call?.reject(new LabRefusal(answer.error.id, answer.error.message, answer.error.category));
    } else {
      call?.resolve(answer.result);
    }
  });
  const end = (error: Error) => {
    for (const call of waiting.values()) {
      call.reject(error);
    }
    waiting.clear();
  };
  socket.on('error', end);
  socket.on('close', () => end(new Error('the lab process ended')));
  const call = (operation: string, args: Readonly<Record<string, unknown>> = {}) =>
    new Promise<unknown>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      socket.write(`${JSON.stringify({ id, operation, arguments: args })}\n`);
    });
  return {
    call,
    state: async () => (await call('state.get')) as LabState,
    log: async (after = 0) => (await call('log.get', { after })) as readonly LabChange[],
    outages: async () => (await call('outage.get')) as readonly LabOutage[],
    close: () => void socket.destroy(),
  };
}
