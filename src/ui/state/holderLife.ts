// Whether the holder of a lock may still run: its number alone may be another process's by now.
import { readFileSync } from 'node:fs';
import * as os from 'node:os';
import type { Holder } from '../../folder/lock';
import { isAlive } from '../shell/isAlive';

/** What the system knows of a process of a number. */
export interface Life {
  readonly isAlive: boolean;
  /** Seconds from the computer's start to the process's; null where the system does not tell. */
  readonly started: number | null;
}

/** Of this process. */
export function startedNow(): number {
  return Math.round((os.uptime() - process.uptime()) * 10) / 10;
}

export function mayLive(holder: Holder): boolean {
  const life = { isAlive: isAlive(holder.process), started: startOf(holder.process) };
  return mayBe(holder, life, { uptime: os.uptime(), now: Date.now() });
}

/** Seconds by which two readings of one start may differ. */
const blur = 5;
/** Milliseconds by which a clock may have been set since the lock was taken. */
const clockChange = 3_600_000;

/** True wherever nothing says otherwise. `uptime` in seconds, `now` in milliseconds. */
export function mayBe(
  { started, at }: Pick<Holder, 'started' | 'at'>,
  life: Life,
  { uptime, now }: { readonly uptime: number; readonly now: number },
): boolean {
  if (!life.isAlive) {
    return false;
  }
  if (started !== undefined && life.started !== null) {
    return Math.abs(started - life.started) <= blur;
  }
  // taken before the computer started: no process of then runs
  const isOlder = Date.parse(at) < now - uptime * 1000 - clockChange;
  return !isOlder && (started === undefined || started <= uptime + blur);
}

/** By Linux's /proc: field 22 of stat, in ticks of which a second has a hundred (proc_pid_stat(5)). */
function startOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    return Number.isFinite(ticks) ? ticks / 100 : null;
  } catch {
    return null;
  }
}
