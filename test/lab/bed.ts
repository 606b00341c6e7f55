// A lab process and an engine for one test file: its organization, its listeners, its shells, and what it all says.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEngine, type Engine, type Run, type RunResult } from './engine';
import { startLab, type Lab, type LabState } from './organization';

export interface Bed {
  readonly lab: Lab;
  readonly engine: Engine;
  /** A command typed in the management shell of a server; the run is not kept. */
  on(server: string, script: string, answers?: readonly string[]): Promise<RunResult>;
  /** Any run against this lab. */
  run(run: Omit<Run, 'data' | 'organization'>): Promise<RunResult>;
  /** Thumbprint of a role of the state the lab was started with. */
  thumbprint(role: string): Promise<string>;
  close(): Promise<void>;
}

let next = 0;

/** Starts both; `close` ends them and removes the folder. */
export async function openBed(state?: LabState): Promise<Bed> {
  const data = await mkdtemp(path.join(tmpdir(), 'lab-'));
  next += 1;
  // Two numbers of the process and one of the bed: labs of other test runs stand elsewhere.
  const loopback = `127.${20 + (process.pid % 200)}.${next}`;
  const lab = await startLab({ data, loopback, ...(state ? { state } : {}) });
  const engine = startEngine();
  return {
    lab,
    engine,
    on: (server, script, answers = []) => engine.run({ data, kind: 'managementShell', server, script, answers }),
    run: (run) => engine.run({ ...run, data }),
    async thumbprint(role) {
      return (await lab.state()).certificates[role]?.thumbprint ?? '';
    },
    async close() {
      await engine.close();
      await lab.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
