// A fresh sample organization in the engine's process for each test of a file, and short ways to ask and change it.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, beforeEach } from 'mocha';
import { startEngine, type Engine, type RunResult } from '../lab/engine';
import { sampleOrganization, samplePassword, type LabServer, type LabState } from '../lab/organization';

export interface OneOrganization {
  readonly engine: Engine;
  /** The handle of this test's organization. */
  readonly handle: string;
  readonly call: (operation: string, args?: object) => Promise<unknown>;
  readonly state: () => Promise<LabState>;
  readonly server: (name?: string) => Promise<LabServer>;
  readonly thumbprint: (role: string) => Promise<string>;
  /** Typed in the management shell of a server. */
  readonly on: (script: string, answers?: readonly string[], name?: string) => Promise<RunResult>;
  /** Typed on the administrator's own computer. */
  readonly workstation: (script: string, answers?: readonly string[]) => Promise<RunResult>;
  /** B as a file on a server's drive C:; answers its path for .NET. */
  readonly pfx: (args: object, name?: string) => Promise<string>;
}

/** Registers the hooks of the describe block it is called in. */
export function useOrganization(options: { readonly cultures?: boolean } = {}): OneOrganization {
  let engine: Engine;
  let handle: string;
  const call = (operation: string, args: object = {}) => engine.call(handle, operation, { ...args });
  const state = async () => (await call('state.get')) as LabState;

  before(function () {
    this.timeout(300_000);
    engine = startEngine(options);
  });
  after(() => engine.close());
  beforeEach(async function () {
    this.timeout(120_000);
    handle = await engine.newOrganization(sampleOrganization());
  });
  afterEach(() => engine.dropOrganization(handle));

  return {
    get engine() {
      return engine;
    },
    get handle() {
      return handle;
    },
    call,
    state,
    server: async (name = 'SERVER1') => (await state()).servers.find((each) => each.name === name)!,
    thumbprint: async (role) => (await state()).certificates[role]!.thumbprint!,
    on: (script, answers = [], name = 'SERVER1') =>
      engine.run({ organization: handle, kind: 'managementShell', server: name, script, answers }),
    workstation: (script, answers = []) => engine.run({ organization: handle, kind: 'workstation', script, answers }),
    async pfx(args, name = 'SERVER1') {
      const made = await call('certificate.pfx', { certificate: 'B', password: samplePassword, ...args });
      const { path: drive } = (await call('server.folder', { server: name })) as { path: string };
      await writeFile(path.join(drive, 'b.pfx'), Buffer.from((made as { pfx: string }).pfx, 'base64'));
      return path.join(drive, 'b.pfx');
    },
  };
}

/** The result, which must have run to its end without an error. */
export function well(result: RunResult): RunResult {
  assert.deepEqual([result.outcome, result.errors.map((error) => error.message)], ['completed', []]);
  return result;
}
