// The lock of a rotation's folder: one writer at a time, and everyone can read who it is.
import * as z from 'zod/mini';
import type { Time } from '../model/names';
import { reads } from '../model/reads';
import { type FolderPort, readFile, toBytes } from './port';
import { readJson } from './readFile';
import { renderJson } from './renderJson';

export const lockPath = 'rotation.lock';

export interface Holder {
  readonly host: string;
  readonly process: number;
  readonly user: string;
  readonly at: Time;
  /** Seconds between the start of the computer and that of the process: no other process that gets its number has it too. */
  readonly started?: number;
}

/** `replaced`: the holder before, whose process on this host is gone. `holder`: null where the file can't be read. */
export type Lock =
  | { readonly lock: 'taken'; readonly replaced: Holder | null }
  | { readonly lock: 'held'; readonly holder: Holder | null };

const holderSchema = reads<Holder>()(
  z.object({
    host: z.string().check(z.maxLength(255)),
    process: z.int(),
    user: z.string().check(z.maxLength(255)),
    at: z.string().check(z.maxLength(40)),
    started: z.exactOptional(z.number()),
  }),
);

/**
 * Takes the lock for `me`. A lock of this host whose process no longer runs is stale and is replaced; of another host
 * nothing can be known, so that one holds until a person breaks it. `isAlive` is asked for processes of this host only.
 */
export async function takeLock(port: FolderPort, me: Holder, isAlive: (holder: Holder) => boolean): Promise<Lock> {
  if (await create(port, me)) return { lock: 'taken', replaced: null };
  const holder = await readHolder(port);
  if (holder?.host === me.host && holder.process === me.process) return { lock: 'taken', replaced: null };
  if (holder?.host !== me.host || isAlive(holder)) return { lock: 'held', holder };
  await port.remove(lockPath);
  return (await create(port, me))
    ? { lock: 'taken', replaced: holder }
    : { lock: 'held', holder: await readHolder(port) };
}

/** Who else holds the lock: null where its file can't be read; undefined where `me` may take it. */
export async function heldElsewhere(
  port: FolderPort,
  me: Holder,
  isAlive: (holder: Holder) => boolean,
): Promise<Holder | null | undefined> {
  const read = await port.read(lockPath);
  if ('problem' in read && read.problem.code === 'missing') return undefined;
  const holder = await readHolder(port);
  const isMine = holder?.host === me.host && (holder.process === me.process || !isAlive(holder));
  return isMine ? undefined : holder;
}

/** Gives the lock back; one that is somebody else's by now is left alone. */
export async function releaseLock(port: FolderPort, me: Holder): Promise<void> {
  const holder = await readHolder(port);
  if (holder?.host === me.host && holder.process === me.process) await port.remove(lockPath);
}

/** Takes a lock away from a holder that a person says is gone. */
export async function breakLock(port: FolderPort): Promise<void> {
  await port.remove(lockPath);
}

/** Who holds the lock; null where nobody does, or where it can't be read. */
export async function readHolder(port: FolderPort): Promise<Holder | null> {
  const text = await readFile(port, lockPath);
  const read = 'value' in text ? readJson(lockPath, text.value, holderSchema) : text;
  return 'value' in read ? read.value : null;
}

function create(port: FolderPort, me: Holder): Promise<boolean> {
  return port.create(lockPath, toBytes(renderJson(me)));
}
