// What the scripts' tests do again and again on their bed: import and enable the new certificate, and look at a server.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Thumbprint } from '../../src/model/names';
import { type Step } from '../../src/model/plan';
import { type Service } from '../../src/model/wanted';
import { type Engine } from '../lab/engine';
import { samplePassword } from '../lab/sample';
import { type LabState, type LabStoreEntry } from '../lab/state';
import { labPfx, openBed, type ScriptBed, type ScriptRun } from './scriptBed';
import { stepOf } from './scriptSteps';

export const services: readonly Service[] = ['POP', 'IMAP', 'IIS', 'SMTP'];

type EnableStep = Extract<Step, { kind: 'enable-services' }>;

/** A bed that each test begins anew, and the steps that lead to where most tests start. */
export interface ScriptLab {
  readonly bed: ScriptBed;
  begin(state?: LabState): Promise<void>;
  close(): Promise<void>;
  stored(server: string, thumbprint: Thumbprint): Promise<LabStoreEntry | undefined>;
  internalOf(server: string): Promise<Thumbprint>;
  /** What HTTP.sys serves on a port of SERVER1. */
  bound(port: number): Promise<string | null | undefined>;
  importStep(server: string, source?: 'original' | 'converted', by?: 'exchange' | 'pki'): Step;
  importNew(server: string): Promise<void>;
  enable(server: string, changes?: Partial<EnableStep>): Promise<Step>;
}

export function useBed(engine: Engine): ScriptLab {
  let bed: ScriptBed;
  const lab: ScriptLab = {
    get bed() {
      return bed;
    },
    begin: async (state) => {
      bed = await openBed(engine, state);
    },
    close: () => bed.close(),
    stored: async (server, thumbprint) =>
      (await bed.server(server)).store.find((entry) => entry.certificate === thumbprint),
    internalOf: async (server) => (await bed.server(server)).internalTransport as Thumbprint,
    bound: async (port) => (await bed.server('SERVER1')).bindings?.find((one) => one.port === port)?.httpSys,
    importStep: (server, source = 'original', by = 'exchange') =>
      stepOf('import', { target: { server }, thumbprint: bed.newThumbprint, source, by }),
    importNew: async (server) => {
      const converted = server === 'SERVER4';
      const pfx = path.join(bed.folder, '..', `converted-${server}.pfx`);
      await writeFile(pfx, await labPfx(bed.call, 'B', !converted));
      const step = lab.importStep(server, converted ? 'converted' : 'original');
      succeeded(await bed.run(step, { answers: [samplePassword], ...(converted ? { pfx } : {}) }));
    },
    enable: async (server, changes = {}) =>
      stepOf('enable-services', {
        target: { server },
        thumbprint: bed.newThumbprint,
        services,
        internalTransport: await lab.internalOf(server),
        policy: 'keep',
        requireSsl: true,
        seconds: 0,
        ...changes,
      }),
  };
  return lab;
}

/** The script ended, and its result says that the step is done. */
export function succeeded(ran: ScriptRun): void {
  const { outcome, error } = ran.result ?? {};
  assert.deepEqual([ran.outcome, outcome, error], ['completed', 'done', null], JSON.stringify(ran.errors));
}
