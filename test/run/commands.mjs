// What the installing shares: a command run quietly, a plain line on what to do, and the cache that every clone shares. Built-ins only.
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Outside the work tree, so that every clone on a machine shares what is in it. */
export function cacheFolder() {
  const cache = process.env.XDG_CACHE_HOME || path.join(process.env.HOME || os.homedir(), '.cache');
  return path.join(cache, 'exchange-certificates');
}

/** Ends the command with a plain line on what to do: nothing here is worth a stack trace. */
export function stop(message) {
  console.error(message);
  process.exit(1);
}

/** Runs a command quietly; its output is shown only when it fails. */
export function run(command, args, { allowed = [0], ...options } = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (result.error) stop(`${command} could not be started: ${result.error.message}`);
  if (!allowed.includes(result.status)) {
    console.error(result.stdout + result.stderr);
    stop(`failed: ${command} ${args.join(' ')}`);
  }
  return result;
}
