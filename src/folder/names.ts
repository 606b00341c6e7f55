// Names of a rotation's files and folders: valid on Windows, from ASCII letters, digits, dash and underscore.
import type { Time } from '../model/names';

/** `2026-11-22-www`; `2026-11-22-www-2` where that is taken. Letters that Windows or Git would trip over become `_`. */
export function rotationName(created: Time, certificate: string, taken: readonly string[]): string {
  const label =
    certificate
      .replace(/[^A-Za-z0-9_-]+/g, '_')
      .slice(0, 40)
      .replace(/^_+|_+$/g, '') || 'certificate';
  const name = `${created.slice(0, 10)}-${label}`;
  const used = new Set(taken.map((one) => one.toUpperCase()));
  for (let suffix = 2, candidate = name; ; suffix += 1) {
    if (!used.has(candidate.toUpperCase())) return candidate;
    candidate = `${name}-${String(suffix)}`;
  }
}

/** Characters of the longest path that Windows PowerShell 5.1 opens (MAX_PATH without its closing zero). */
export const longestOnWindows = 259;

/** Characters behind a rotation's folder at most: a separator and a script's path, which is longer than any result's. */
export const longestInFolder = 110;

/** `20261122T201400Z` */
export function stamp(time: Time): string {
  return time.replace(/[-:]/g, '');
}

export function snapshotPath(taken: Time, attempt = 1): string {
  return `snapshots/${stamp(taken)}${attempt === 1 ? '' : `-${String(attempt)}`}.json`;
}
