// Where the lab that was started last is, so that a command in another terminal finds it.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './faults';

/** Beside the other things that running the tests leaves behind; EXCHANGE_LAB_NOTE names another place, for labs side by side. */
const file =
  process.env['EXCHANGE_LAB_NOTE'] ?? path.resolve(__dirname, '../../../../test/.artifacts/running-lab.json');

export interface RunningLab {
  /** The folder that holds its socket. */
  readonly data: string;
  readonly organization: string;
}

/** Notes it; the answer takes the note back, where no other lab has been noted since. */
export async function noteRunning(lab: RunningLab): Promise<() => Promise<void>> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(lab));
  return async () => {
    const noted = await readNote();
    if (noted?.data === lab.data) await rm(file, { force: true });
  };
}

/** Throws a UsageError where none runs. */
export async function findRunning(): Promise<RunningLab> {
  const noted = await readNote();
  if (noted === undefined)
    throw new UsageError('No lab runs. Start one in another terminal: npm run lab, or npm start.');
  return noted;
}

async function readNote(): Promise<RunningLab | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as RunningLab);
}
