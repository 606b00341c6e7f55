// The relative path by which a rotation names a file outside its folder.
import type { PlatformPath } from 'node:path';

/** With `/`; undefined where there is none, as from one drive of Windows to another or to a share. `system` is the path module of the system. */
export function pathBetween(folder: string, file: string, system: PlatformPath): string | undefined {
  const relative = system.relative(folder, file);
  return system.isAbsolute(relative) ? undefined : relative.split(system.sep).join('/');
}
