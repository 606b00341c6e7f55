// Makes the sample: a lab process on its own loopback addresses, a workspace in a temporary folder, and the settings that name the lab's shell.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { labProgram, startLab, type Lab, type LabState } from '../lab/organization';
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
export async function prepareWorkspace(state?: LabState): Promise<Sample> {
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
    await fillWorkspace(lab, workspace);
  } catch (error) {
    await stop();
    throw error;
  }
  const settings = { ...shellSetting(lab), 'exchangeCertificates.keyFolder': path.join(folder, 'keys') };
  return { lab, workspace, settings, environment: { LAB_DATA: lab.data }, stop };
}

/** Makes `workspace` the sample's, whatever was there, with the lab's shell in its own settings: for an editor that we do not start. */
export async function keepWorkspace(sample: Sample, workspace: string): Promise<void> {
  await rm(workspace, { recursive: true, force: true });
  await fillWorkspace(sample.lab, workspace);
  await mkdir(path.join(workspace, '.vscode'));
  await writeFile(path.join(workspace, '.vscode/settings.json'), JSON.stringify(shellSetting(sample.lab), null, 2));
}

async function fillWorkspace(lab: Lab, workspace: string): Promise<void> {
  await mkdir(workspace, { recursive: true });
  await writeSampleWorkspace(lab, workspace);
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
