// Where a program or folder lies: what a workspace holds is written by others, and is never started.
import * as path from 'node:path';

/** Whether `inner` is `outer` or lies below it, by their absolute paths; on Windows without regard to case. */
export function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/**
 * The program's path as it was given. A bare or relative name is searched for by the system, on Windows in the working folder
 * before the PATH (CreateProcess, "Parameters"), and could so be a file of a workspace.
 *
 * @throws where the path is not absolute, or lies in one of `workspaces`
 */
export function outside(program: string, workspaces: readonly string[]): string {
  if (!path.isAbsolute(program)) {
    throw new Error(`${program} is not a full path: programs are started by their full path only.`);
  }
  const within = workspaces.find((folder) => isWithin(program, folder));
  if (within !== undefined) {
    throw new Error(`${program} lies in the workspace ${within}: programs of a workspace are never started.`);
  }
  return program;
}
