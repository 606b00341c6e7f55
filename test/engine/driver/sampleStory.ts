// The sample organization with its listeners and its workspace, and a drive that keeps what each script changed there.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type StepKind } from '../../../src/model/plan';
import { type Thumbprint } from '../../../src/model/names';
import { samplePassword } from '../../lab/sample';
import { samplePaths, writeSampleWorkspace } from '../../lab/sampleWorkspace';
import { type LabChange, type LabServer, type LabState } from '../../lab/state';
import { type Drive, openDrive, type Ran } from './drive';
import { type Person } from './person';
import { placesIn } from './places';
import { openRealWorld, type World } from './world';

/** One script's run and what it left behind. */
export interface Told extends Ran {
  /** The organization's changes since the script before. */
  readonly changes: readonly LabChange[];
  readonly state: LabState;
}

export interface Story {
  readonly world: World;
  readonly drive: Drive;
  readonly home: string;
  readonly before: LabState;
  readonly a: Thumbprint;
  readonly b: Thumbprint;
  readonly told: readonly Told[];
  /** Runs of one kind, of one server where it is named. */
  of(kind: StepKind, server?: string): readonly Told[];
  close(): Promise<void>;
}

/** Follows every reference to the old certificate that the configuration does not mention. */
export const follower: Person = {
  pfxPassword: samplePassword,
  backupPassword: 'Backup-2026',
  answer: ({ answers }) => answers[0],
  goesOn: true,
};

/** `look` is called after each script, before the next. */
export async function openSampleStory(
  person: Person = follower,
  look: (told: Told, story: Story) => Promise<void> = () => Promise.resolve(),
): Promise<Story> {
  const world = await openRealWorld();
  const home = await mkdtemp(path.join(tmpdir(), 'story-'));
  await writeSampleWorkspace(world, path.join(home, 'workspace'));
  const before = await world.state();
  const told: Told[] = [];
  let known = 0;
  const drive = openDrive(world, placesIn(home, samplePaths), person, { after: keep });
  async function keep(ran: Ran): Promise<void> {
    const log = await world.log();
    const one = { ...ran, changes: log.slice(known), state: await world.state() };
    known = log.length;
    told.push(one);
    await look(one, story);
  }
  const thumbprint = (role: string): Thumbprint => before.certificates[role]?.thumbprint as Thumbprint;
  const story: Story = {
    world,
    drive,
    home,
    before,
    a: thumbprint('A'),
    b: thumbprint('B'),
    told,
    of: (kind, server) =>
      told.filter(({ step }) => step.kind === kind && (server === undefined || step.target.server === server)),
    close: async () => {
      await drive.close();
      await world.close();
      await rm(home, { recursive: true, force: true });
    },
  };
  return story;
}

export function serverIn({ servers }: LabState, name: string): LabServer {
  const server = servers.find((one) => one.name === name);
  if (server === undefined) throw new Error(`no server ${name}`);
  return server;
}
