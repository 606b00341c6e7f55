// Reads a value by a schema, making unknown what is malformed: the smallest part around it that may be unknown becomes null.
import type * as z from 'zod/mini';
import { notUnderstood, type SnapshotProblem } from '../model/snapshot';

export interface ReadTolerant<Value> {
  /** null where no null anywhere makes it right. */
  readonly value: Value | null;
  /** One for each part that was made unknown, by its path. */
  readonly problems: readonly SnapshotProblem[];
}

type Path = readonly PropertyKey[];

const mostProblems = 200;
/** Each pass climbs one level; the schemas are less deep. */
const mostPasses = 16;

/** `value` is changed in place: it is the caller's own copy, fresh from JSON.parse. */
export function readTolerant<Value>(schema: z.ZodMiniType<Value>, value: unknown): ReadTolerant<Value> {
  const blanked = new Map<string, { readonly path: Path; readonly detail: string }>();
  const strange: SnapshotProblem[] = [];
  for (let pass = 0; pass < mostPasses; pass++) {
    const read = parse(schema, value);
    if (read === undefined) return refused([], 'too-many-problems');
    if (read.success) return { value: read.data, problems: [...strange, ...problemsOf(blanked)] };
    // One part may be wrong in two ways, and is made unknown once.
    const issues = new Map(read.error.issues.map((issue) => [pathText(issue.path), issue]));
    const now = new Set<string>();
    for (const issue of issues.values()) {
      // A part around it was made unknown in this same pass: what is wrong within that one is gone with it.
      if (isWithin(issue.path, now)) continue;
      if (issue.code === 'unrecognized_keys') {
        strange.push(leaveOut(value, issue.path, issue.keys));
        continue;
      }
      let path: Path = issue.path;
      // Null was tried here and is not allowed: what holds it is unknown then.
      while (blanked.has(pathText(path))) path = path.slice(0, -1);
      const detail = issue.code === 'custom' ? issue.message : issue.code;
      if (!setNull(value, path)) return refused(path, detail);
      blanked.set(pathText(path), { path, detail });
      now.add(pathText(path));
    }
  }
  return refused([], 'too deep');
}

/** undefined where so much is wrong that the list of it overflows the schema's own stack: beyond a hundred thousand places. */
function parse<Value>(schema: z.ZodMiniType<Value>, value: unknown): ReturnType<typeof schema.safeParse> | undefined {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether `path` is one of `parts` or lies within one. */
function isWithin(path: Path, parts: { readonly has: (part: string) => boolean }): boolean {
  return path.some((_, at) => parts.has(pathText(path.slice(0, at + 1))));
}

/** Members that no version up to this one writes are left out, and said; their names and values may be anything. */
function leaveOut(value: unknown, path: Path, keys: readonly string[]): SnapshotProblem {
  const part = path.reduce<unknown>((one, key) => (one as Record<PropertyKey, unknown> | null)?.[key], value);
  for (const key of keys) if (typeof part === 'object' && part !== null) Reflect.deleteProperty(part, key);
  return { where: pathText(path), code: notUnderstood, detail: `${String(keys.length)} members of a newer version` };
}

function refused(path: Path, detail: string): ReadTolerant<never> {
  return { value: null, problems: [{ where: pathText(path), code: 'malformed', detail }] };
}

/** False where there is no such place: nothing but the whole could be made unknown. */
function setNull(value: unknown, path: Path): boolean {
  const last = path.at(-1);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | null)?.[key], value);
  if (last === undefined || typeof parent !== 'object' || parent === null) return false;
  (parent as Record<PropertyKey, unknown>)[last] = null;
  return true;
}

/** A part within another that was made unknown is told by that one. */
function problemsOf(blanked: ReadonlyMap<string, { readonly path: Path; readonly detail: string }>) {
  const problems: SnapshotProblem[] = [];
  for (const [where, { path, detail }] of blanked) {
    if (!isWithin(path.slice(0, -1), blanked) && problems.length < mostProblems)
      problems.push({ where, code: 'malformed', detail });
  }
  return problems;
}

/** `servers[2].certificates` */
function pathText(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
