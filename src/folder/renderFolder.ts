// Everything of a rotation's folder that follows from its plan: plan.json, plan.md and the scripts.
import type { Plan } from '../model/plan';
import type { Rotation } from '../model/rotation';
import type { Wanted } from '../model/wanted';
import { renderSession } from '../powershell/renderSession';
import { renderStep } from '../powershell/renderStep';
import { scriptContext } from '../powershell/scriptContext';
import { attributes, attributesPath, ignored, ignorePath } from './createRotation';
import { planMarkdown } from './planMarkdown';
import { FolderFailure, type FolderPort, readText, writeText } from './port';
import type { FileProblem } from './readFile';
import { renderJson } from './renderJson';

export const planPath = 'plan.json';
/** The plan in English, to be read in a pull request. */
export const planTextPath = 'plan.md';
export const sessionPath = 'scripts/session.ps1';

export interface RenderInputs {
  readonly rotation: Rotation;
  readonly wanted: Wanted;
  readonly found: { readonly domainController: string | null };
}

/** Texts by path; the same inputs give the same bytes. */
export function renderFolder(plan: Plan, { rotation, wanted, found }: RenderInputs): ReadonlyMap<string, string> {
  const context = scriptContext(plan, rotation, wanted, found);
  const scripts = plan.phases
    .flatMap(({ steps }) => steps)
    .flatMap((step): readonly (readonly [string, string])[] => {
      const text = step.script === null ? null : renderStep(step, context);
      return step.script === null || text === null ? [] : [[step.script, text]];
    });
  return new Map([
    [attributesPath, attributes],
    [ignorePath, ignored],
    [planPath, renderJson(plan)],
    [planTextPath, planMarkdown(plan, rotation)],
    [sessionPath, renderSession()],
    ...scripts,
  ]);
}

export interface Written {
  /** Paths that changed. */
  readonly changed: readonly string[];
  /** What could not be written: the rest was. */
  readonly problems: readonly FileProblem[];
}

/**
 * Writes what differs. What else lies in the folder stays where it is: scripts of finished steps are the record, and a file that
 * somebody else put there is never carried to a place that somebody else may have chosen. A file that can't be written stops none of the others.
 */
export async function writeFolder(port: FolderPort, rendered: ReadonlyMap<string, string>): Promise<Written> {
  const changed: string[] = [];
  const problems: FileProblem[] = [];
  for (const [path, text] of rendered) {
    try {
      if ((await readText(port, path)) === text) continue;
      await writeText(port, path, text);
      changed.push(path);
    } catch (error) {
      if (!(error instanceof FolderFailure)) throw error;
      problems.push(error.problem);
    }
  }
  return { changed, problems };
}
