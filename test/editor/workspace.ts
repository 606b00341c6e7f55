// Makes the sample: a lab process on its own loopback addresses, a workspace in a temporary folder, and the settings that name the lab's shell.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
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
  const [data, workspace, keys] = ['lab', 'contoso', 'keys'].map((name) => path.join(folder, name));
  if (data === undefined || workspace === undefined || keys === undefined)
    throw new Error('three names give three paths');
  const lab = await startLab({ data, loopback: ownLoopback(), ...(state === undefined ? {} : { state }) });
  try {
    await mkdir(workspace);
    await writeSampleWorkspace(lab, workspace);
  } catch (error) {
    await lab.stop();
    throw error;
  }
  return {
    lab,
    workspace,
    settings: {
      'exchangeCertificates.shell': { path: labProgram(), args: ['shell', '--data', data] },
      'exchangeCertificates.keyFolder': keys,
    },
    environment: { LAB_DATA: data },
    stop: async () => {
      await lab.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

let started = 0;

/** 127.a.b, from this process's id and a count: so that two runs on one machine, or two samples in one, do not meet. */
function ownLoopback(): string {
  started += 1;
  const number = process.pid * 7 + started;
  return `127.${1 + (Math.floor(number / 250) % 250)}.${1 + (number % 250)}`;
}
