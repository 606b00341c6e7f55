// Brings what an earlier version of the extension wrote into a rotation's folder to the form that this version reads.

/** What is read of a folder. plan.json, plan.md, report.md and the scripts are never read: they are made anew from these. */
export type FileKind = 'rotation' | 'journal' | 'snapshot' | 'result';

type Json = Readonly<Record<string, unknown>>;

/** Makes of a file of one version the same file of the next; what it can't know is null, which is unknown. */
export type UpgradeStep = (json: Json) => Json;

/**
 * The steps of each kind, in order: the first leads from version 1 to 2. Whoever changes the form of a file adds a step here, the version
 * in its schema, and a folder of the form before under test/fixtures/rotation, which a test goes on with.
 */
export const upgradeSteps: Readonly<Record<FileKind, readonly UpgradeStep[]>> = {
  rotation: [],
  journal: [],
  snapshot: [],
  result: [],
};

export type Upgraded =
  | { readonly value: unknown }
  /** `other-version`: what it says is no version. `detail`: what it says. */
  | { readonly code: 'newer-version' | 'other-version'; readonly detail: string };

/**
 * `json` in the present form. A file without a `version`, as each line of a journal, is of version 1; what is no object is left to the
 * schema to refuse.
 */
export function upgrade(kind: FileKind, json: unknown, steps = upgradeSteps[kind]): Upgraded {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { value: json };
  const version = Object.hasOwn(json, 'version') ? (json as Json)['version'] : 1;
  const detail = JSON.stringify(version).slice(0, 20);
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return { code: 'other-version', detail };
  if (version > steps.length + 1) return { code: 'newer-version', detail };
  return { value: steps.slice(version - 1).reduce((so, step) => step(so), json as Json) };
}
