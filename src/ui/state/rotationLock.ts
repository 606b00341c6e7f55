// The lock of a rotation's folder: one window writes, another reads and says who writes.
import * as os from 'node:os';
import type { Holder } from '../../folder/lock';
import type { FolderPort } from '../../folder/port';
import { toTime } from '../../model/names';
import { words, type Said } from '../face/say';
import { mayLive, startedNow } from './holderLife';
import { organizationRooms } from '../rooms';

/** A rotation's folder by its full path, and the way into it. */
export interface LockedFolder {
  readonly folder: string;
  readonly port: FolderPort;
}

/** The folders whose lock this window has taken. */
const held = new Map<string, FolderPort>();

const me = (): Holder => ({
  host: os.hostname(),
  process: process.pid,
  user: os.userInfo().username,
  at: toTime(new Date()),
  started: startedNow(),
});

/** Who else writes into the folder, in words; undefined where this window may. */
export async function lockedBy({ port }: LockedFolder): Promise<Said | undefined> {
  const { heldElsewhere } = await organizationRooms();
  const holder = await heldElsewhere(port, me(), mayLive);
  return holder === undefined ? undefined : holderText(holder);
}

/** Takes the folder's lock for this window, or rejects with who has it; `takesOver` is asked whether that one is gone. */
export async function requireLock(
  { folder, port }: LockedFolder,
  takesOver: (holder: Said) => Promise<boolean> = () => Promise.resolve(false),
): Promise<void> {
  const { breakLock, takeLock } = await organizationRooms();
  let lock = await takeLock(port, me(), mayLive);
  if (lock.lock === 'held' && (await takesOver(holderText(lock.holder)))) {
    await breakLock(port);
    lock = await takeLock(port, me(), mayLive);
  }
  if (lock.lock === 'held') {
    throw new Error(holderText(lock.holder).text);
  }
  held.set(folder, port);
}

/** Gives back every lock of this window but that of `kept`. */
export async function releaseLocks(kept?: string): Promise<void> {
  for (const [folder, port] of held) {
    if (folder !== kept) {
      const { releaseLock } = await organizationRooms();
      held.delete(folder);
      await releaseLock(port, me());
    }
  }
}

function holderText(holder: Holder | null): Said {
  return holder === null
    ? words('The rotation is locked by a file that cannot be read: rotation.lock.')
    : words(
        'The rotation is open for writing by {0} on {1} since {2}. Here it can only be read.',
        holder.user,
        holder.host,
        holder.at,
      );
}
