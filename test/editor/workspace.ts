// Makes the sample: a lab process on its own loopback addresses, a workspace in a temporary folder, and the settings that name the lab's shell.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { labProgram, startLab, type Lab, type LabState } from '../lab/organization';
import { type Organization } from '../lab/organizations/readOrganization';
import { stateOf } from '../lab/organizations/stateOf';
import { writeOrganizationWorkspace } from '../lab/organizations/writeWorkspace';
import { writeSampleWorkspace } from '../lab/sampleWorkspace';

/** A running sample. */
export interface Sample {
  readonly lab: Lab;
  /** The folder to open. */
  readonly workspace: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** For the extension host: LAB_DATA names the lab's folder, for a test that connects to it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends the lab and deletes both folders. */
  readonly stop: () => Promise<void>;
}

/** Starts the sample; `state` instead of the sample organization where a story needs another. */
export function prepareWorkspace(state?: LabState): Promise<Sample> {
  return prepare(state, writeSampleWorkspace);
}

/** Starts a named organization with its faults. */
export async function prepareOrganization(made: Organization): Promise<Sample> {
  const sample = await prepare(stateOf(made), (lab, workspace) => writeOrganizationWorkspace(lab, made, workspace));
  for (const fault of made.faults) await sample.lab.call('fault.set', fault);
  return sample;
}

type Fill = (lab: Lab, workspace: string) => Promise<void>;

async function prepare(state: LabState | undefined, fill: Fill): Promise<Sample> {
  // Short, as the lab's socket lies in it.
  const folder = await mkdtemp(path.join(tmpdir(), 'ec-'));
  const lab = await startLab({
    data: path.join(folder, 'lab'),
    loopback: ownLoopback(),
    ...(state === undefined ? {} : { state }),
  });
  const stop = async (): Promise<void> => {
    await lab.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const workspace = path.join(folder, 'contoso');
  try {
    await mkdir(workspace, { recursive: true });
    await fill(lab, workspace);
  } catch (error) {
    await stop();
    throw error;
  }
  const settings = { ...shellSetting(lab), 'exchangeCertificates.keyFolder': path.join(folder, 'keys') };
  return { lab, workspace, settings, environment: { LAB_DATA: lab.data }, stop };
}

/** Makes `workspace` the sample's, whatever was there: for an editor that we do not start, on the user's folder `profile`. */
export async function keepWorkspace(sample: Sample, workspace: string, profile: string): Promise<void> {
  await rm(workspace, { recursive: true, force: true });
  await cp(sample.workspace, workspace, { recursive: true });
  await writeUserSettings(profile, sample.settings);
}

/** Settings of a desktop editor begun with `--user-data-dir`: those of the machine's scope stand among the user's there, never in a workspace. */
export async function writeUserSettings(profile: string, settings: Sample['settings']): Promise<void> {
  await mkdir(path.join(profile, 'User'), { recursive: true });
  await writeFile(path.join(profile, 'User/settings.json'), JSON.stringify(settings, null, 2));
}

const shellSetting = (lab: Lab) => ({
  'exchangeCertificates.shell': {
    path: labProgram(),
    args: ['shell', '--data', lab.data, '-NoProfile', '-ExecutionPolicy', 'RemoteSigned'],
  },
});

let started = 0;

/** 127.a.b, from this process's id and a count: so that two runs on one machine, or two samples in one, do not meet. */
function ownLoopback(): string {
  started += 1;
  const number = process.pid * 7 + started;
  return `127.${1 + (Math.floor(number / 250) % 250)}.${1 + (number % 250)}`;
}
