// A rotation folder on a fresh simulated organization, in which a step's script is really written and run.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Thumbprint } from '../../src/model/names';
import { type Step } from '../../src/model/plan';
import { type StepResult } from '../../src/model/result';
import { type Rotation } from '../../src/model/rotation';
import { type Wanted } from '../../src/model/wanted';
import { renderSession } from '../../src/powershell/renderSession';
import { renderSnapshotScript, renderStep } from '../../src/powershell/renderStep';
import { type ScriptContext } from '../../src/powershell/scriptContext';
import { type Engine, type OpenSession, type RunResult } from '../lab/engine';
import { sampleOrganization, samplePassword } from '../lab/sample';
import { type LabServer, type LabState } from '../lab/state';
import { resultShape } from './resultShape';

/** The password that backups get in these tests. */
export const backupPassword = 'Backup-2026';

export interface ScriptRun extends RunResult {
  /** What the script wrote, checked against its shape; null: nothing. */
  readonly result: StepResult | null;
  readonly script: string;
  readonly id: string;
}

export interface RunOptions {
  readonly pfx?: string;
  readonly run?: string;
  readonly answers?: readonly string[];
  readonly killAt?: number;
  readonly count?: boolean;
  /** Goes on in this terminal instead of a fresh one. */
  readonly session?: OpenSession;
  /** Run where nobody gave a key folder. */
  readonly keyFolder?: null;
}

/** Everything a test of scripts stands on; `close` gives it back. */
export interface ScriptBed {
  readonly organization: string;
  readonly folder: string;
  readonly keyFolder: string;
  readonly pfx: string;
  readonly oldThumbprint: Thumbprint;
  readonly newThumbprint: Thumbprint;
  readonly oldName: string;
  readonly newName: string;
  readonly context: ScriptContext;
  state(): Promise<LabState>;
  server(name: string): Promise<LabServer>;
  readonly call: (operation: string, args?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  run(step: Step, options?: RunOptions): Promise<ScriptRun>;
  runText(text: string, options?: RunOptions): Promise<ScriptRun>;
  terminal(): Promise<OpenSession>;
  results(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openBed(engine: Engine, state: LabState = sampleOrganization()): Promise<ScriptBed> {
  const organization = await engine.newOrganization(state);
  const home = await mkdtemp(path.join(tmpdir(), 'scripts-'));
  const [folder, keyFolder] = [path.join(home, 'rotation'), path.join(home, 'keys')];
  await mkdir(path.join(folder, 'scripts'), { recursive: true });
  const call = (operation: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> =>
    engine.call(organization, operation, args);
  const told = async (): Promise<LabState> => (await call('state.get')) as LabState;
  const before = await told();
  const pfx = path.join(home, 'www.pfx');
  const bytes = await labPfx(call, 'B', true);
  await writeFile(pfx, bytes);
  const context = contextOf(before, bytes);
  const runText = async (text: string, options: RunOptions = {}): Promise<ScriptRun> => {
    await writeFile(path.join(folder, 'scripts/session.ps1'), renderSession());
    const id = randomBytes(4).toString('hex');
    const script = path.join(folder, `scripts/${id}.ps1`);
    await writeFile(script, text);
    const run = options.run ?? randomBytes(8).toString('hex');
    const parameters = {
      Run: run,
      Pfx: options.pfx ?? pfx,
      ...(options.keyFolder === null ? {} : { KeyFolder: keyFolder }),
    };
    const work = { file: script, parameters, answers: options.answers ?? [] };
    const place = {
      organization,
      kind: 'workstation' as const,
      ...(options.killAt === undefined ? {} : { killAt: options.killAt }),
      ...(options.count === undefined ? {} : { count: options.count }),
    };
    const ran = options.session ? await options.session.run(work) : await engine.run({ ...place, ...work });
    return { ...ran, result: await readResult(folder, run), script, id: run };
  };
  return {
    organization,
    folder,
    keyFolder,
    pfx,
    oldThumbprint: context.rotation.from.thumbprint,
    newThumbprint: context.rotation.to.thumbprint,
    oldName: "<I>CN=R12, O=Let's Encrypt, C=US<S>CN=www.mydomain.com",
    newName: "<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www.mydomain.com",
    context,
    state: told,
    server: async (name) => (await told()).servers.find((server) => server.name === name)!,
    call,
    run: (step, options) => runText(renderStep(step, context)!, options),
    runText,
    terminal: () => engine.openSession({ organization, kind: 'workstation' }),
    results: () => readdir(path.join(folder, 'results')).catch(() => []),
    close: async () => {
      await engine.dropOrganization(organization);
      await rm(home, { recursive: true });
    },
  };
}

/** A certificate of the lab as PFX under the sample's password: AES-256, or 3DES for an older Windows. */
export async function labPfx(call: ScriptBed['call'], certificate: string, aes: boolean): Promise<Buffer> {
  const { pfx } = (await call('certificate.pfx', { certificate, password: samplePassword, aes })) as { pfx: string };
  return Buffer.from(pfx, 'base64');
}

/** The snapshot's script for the organization of this bed. */
export function snapshotText(bed: ScriptBed): string {
  return renderSnapshotScript(bed.context.wanted);
}

async function readResult(folder: string, run: string): Promise<StepResult | null> {
  const names = await readdir(path.join(folder, 'results')).catch(() => []);
  const name = names.find((one) => one.endsWith(`.${run}.json`));
  if (name === undefined) {
    return null;
  }
  const value: unknown = JSON.parse(await readFile(path.join(folder, 'results', name), 'utf8'));
  return resultShape.parse(value) as StepResult;
}

function contextOf(state: LabState, pfx: Buffer): ScriptContext {
  const thumbprint = (role: string): Thumbprint => state.certificates[role]!.thumbprint as Thumbprint;
  return {
    wanted: wantedOf(state),
    rotation: {
      version: 1,
      name: '2026-11-22-www',
      created: '2026-11-22T20:15:04Z',
      by: 'admin@workstation',
      config: { path: '../../exchange-certificates.yaml', certificate: 'www' },
      from: { thumbprint: thumbprint('A') },
      to: {
        thumbprint: thumbprint('B'),
        pfx: { path: '../../www.pfx', sha256: createHash('sha256').update(pfx).digest('hex') },
      } as Rotation['to'],
      servers: state.servers.map(({ name }) => name),
      baseline: { path: 'snapshots/20261122T201400Z.json', sha256: '' },
      decisions: [],
    },
    domainController: state.domainControllers?.[0] ?? null,
    lastImport: null,
    lastBackUp: null,
  };
}

function wantedOf(state: LabState): Wanted {
  return {
    organization: state.name ?? 'Contoso',
    remoting: { exchange: ['http://server2.mydomain.com/PowerShell/', 'http://server1.mydomain.com/PowerShell/'] },
    servers: state.servers.map((server) => ({
      name: server.name,
      fqdn: server.fqdn!,
      address: server.address ?? server.fqdn!,
      endpoints: {
        smtp: 2525,
        https: 8443,
        imaps: 9993,
        pop3s: 9995,
        submission: 0,
        smtps: 0,
        backEnd: 0,
        imap: 0,
        pop3: 0,
      },
      mode: 'session',
    })),
    certificates: [],
    connectors: { send: [], receive: [] },
    probe: { from: null, ca: null },
    policy: {
      internalTransportCertificate: 'keep',
      import: 'exchange',
      iis: 'leave',
      observeDays: 0,
      queueMinutes: 0,
      replicationMinutes: 0,
      internalCertificateSeconds: 0,
    },
  };
}
