// A connection to a running lab process: its operations by name, answers as JSON.
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { numberedCalls } from './numberedCalls';
import { type LabChange, type LabOutage, type LabState } from './state';

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
  const calls = numberedCalls((line) => socket.write(line));
  createInterface({ input: socket }).on('line', calls.answer);
  socket.on('error', calls.end);
  socket.on('close', () => calls.end(new Error('the lab process ended')));
  const call = (operation: string, args: Readonly<Record<string, unknown>> = {}) =>
    calls.send({ operation, arguments: args });
  return {
    call,
    state: async () => (await call('state.get')) as LabState,
    log: async (after = 0) => (await call('log.get', { after })) as readonly LabChange[],
    outages: async () => (await call('outage.get')) as readonly LabOutage[],
    close: () => void socket.destroy(),
  };
}
