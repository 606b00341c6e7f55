// The id of one run of one script.
import { randomBytes } from 'node:crypto';

/** 16 random hexadecimal digits. */
export function newRun(): string {
  return randomBytes(8).toString('hex');
}
