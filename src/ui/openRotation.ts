// The rotation that is open: its folder read whole, its plan and states now, and the one way to write into it.
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Author } from '../folder/journal';
import type { LoadedRotation } from '../folder/loadRotation';
import type { Holder } from '../folder/lock';
import type { FolderPort } from '../folder/port';
import type { Situation } from '../evidence/situation';
import { toTime } from '../model/names';
import type { Plan } from '../model/plan';
import type { JournalEvent } from '../model/result';
import type { Wanted } from '../model/wanted';
import { isAlive } from './isAlive';
import { isOwnJournal, rotationFolder } from './journalWitness';
import { showFailure } from './output';
import { organizationRooms } from './rooms';

export interface OpenRotation {
  /** Full path of the folder. */
  readonly folder: string;
  readonly port: FolderPort;
  /** The journal does not end where this window left it: nothing is run or written until a person goes on with it. */
  readonly isForeign: boolean;
  readonly config: vscode.Uri;
  readonly loaded: LoadedRotation;
  readonly wanted: Wanted;
  readonly plan: Plan;
  readonly situation: Situation;
  /** What stands in each file that is made from the plan, by path within the folder. */
  readonly rendered: ReadonlyMap<string, string>;
  /** Adds lines to the journal, in order. Rejects in plain words when another window holds the lock. */
  readonly journal: (events: readonly JournalEvent[]) => Promise<void>;
}

/** `user@host` and the time: who writes, and when. */
export function author(now = new Date()): Author {
  return { at: toTime(now), by: `${os.userInfo().username}@${os.hostname()}` };
}

/** The rotation at `folder` as it is on disk now; undefined, and told, where it can't be read. */
export async function openRotation(folder: vscode.Uri, memento: vscode.Memento): Promise<OpenRotation | undefined> {
  if (folder.scheme !== 'file') {
    return undefined;
  }
  const rooms = await organizationRooms();
  const port = await rotationFolder(folder.fsPath, memento);
  const intent = await rooms.readRotation(port);
  if ('problem' in intent) {
    if (intent.problem.code !== 'missing') {
      showFailure(
        vscode.l10n.t('{0} cannot be read: {1}', path.join(folder.fsPath, intent.problem.path), intent.problem.detail),
      );
    }
    return undefined;
  }
  const config = vscode.Uri.file(path.join(folder.fsPath, intent.value.config.path));
  const configText = new TextDecoder().decode(await vscode.workspace.fs.readFile(config));
  const read = await rooms.loadRotation(port, { readers: rooms, configText });
  if ('problem' in read) {
    showFailure(
      vscode.l10n.t(
        'The rotation {0} cannot be read: {1} ({2})',
        intent.value.name,
        read.problem.path,
        read.problem.code,
      ),
    );
    return undefined;
  }
  const loaded = read.value;
  if (loaded.wanted === null) {
    showFailure(
      vscode.l10n.t(
        'The configuration of the rotation {0} has errors: nothing is planned until they are mended.',
        intent.value.name,
      ),
    );
    return undefined;
  }
  const now = toTime(new Date());
  const plan = rooms.plan({
    wanted: loaded.wanted,
    baseline: loaded.baseline,
    found: loaded.found,
    rotation: loaded.rotation,
    inputs: loaded.inputs(now),
  });
  const situation = { plan, found: loaded.found, rotation: loaded.rotation, now, runs: loaded.runs };
  return {
    folder: folder.fsPath,
    port,
    isForeign: !(await isOwnJournal(folder.fsPath, loaded.journalHead, memento)),
    config,
    loaded,
    wanted: loaded.wanted,
    plan,
    situation,
    rendered: rooms.renderFolder(plan, { rotation: loaded.rotation, wanted: loaded.wanted, found: loaded.found }),
    journal: async (events) => {
      await requireLock(port);
      for (const event of events) {
        await rooms.appendJournal(port, event, author());
      }
    },
  };
}

const me = { host: os.hostname(), process: process.pid, user: os.userInfo().username };
const held = new Set<FolderPort>();

/** Takes the folder's lock for this window, or says who has it; `takesOver` is asked whether that one is gone. */
export async function requireLock(
  port: FolderPort,
  takesOver: (holder: string) => Promise<boolean> = () => Promise.resolve(false),
): Promise<void> {
  const { breakLock, takeLock } = await organizationRooms();
  const take = (): ReturnType<typeof takeLock> => takeLock(port, { ...me, at: toTime(new Date()) }, isAlive);
  let lock = await take();
  if (lock.lock === 'held' && (await takesOver(holderText(lock.holder)))) {
    await breakLock(port);
    lock = await take();
  }
  if (lock.lock === 'held') {
    throw new Error(holderText(lock.holder));
  }
  held.add(port);
}

function holderText(holder: Holder | null): string {
  return holder === null
    ? vscode.l10n.t('The rotation is locked by a file that cannot be read: rotation.lock.')
    : vscode.l10n.t(
        'The rotation is open for writing by {0} on {1} since {2}. Here it can only be read.',
        holder.user,
        holder.host,
        holder.at,
      );
}

/** Gives back the locks of this window. */
export async function releaseLocks(): Promise<void> {
  const { releaseLock } = await organizationRooms();
  await Promise.all([...held].map((port) => releaseLock(port, { ...me, at: toTime(new Date()) })));
  held.clear();
}
