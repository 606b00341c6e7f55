// The relative path by which a rotation names a file outside its folder.
import type { PlatformPath } from 'node:path';

/**
 * With `/`; undefined where there is none, as from one drive of Windows to another, to a share, or from one share of a server to another.
 * `system` is the path module of the system.
 */
export function pathBetween(folder: string, file: string, system: PlatformPath): string | undefined {
  // each drive and each share is a tree of its own, in whatever case it is written
  const rootOf = (path: string): string => system.parse(path).root.toUpperCase();
  const relative = system.relative(folder, file);
  return rootOf(folder) !== rootOf(file) || system.isAbsolute(relative)
    ? undefined
    : relative.split(system.sep).join('/');
}
