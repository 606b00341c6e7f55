// A result's text into a result: nothing in it is trusted.
import type { StepResult } from '../model/result';
import { notUnderstood, type OrganizationRows, type Snapshot, type SnapshotProblem } from '../model/snapshot';
import { readJson, refuseBy, refuseMembers, type Read } from './readFile';
import { afterSchema, resultSchema } from './schema';

type WithProblems<Read> = Read & { readonly problems: readonly SnapshotProblem[] };

/** The snapshot room's readers, given by the caller: this room does not know that one. */
export interface RowReaders {
  readonly readRows: (json: unknown) => WithProblems<{ readonly value: OrganizationRows | null }>;
  readonly parseSnapshot: (text: string) => WithProblems<{ readonly snapshot: Snapshot | null }>;
}

/** Rows that can't be read are unknown; what is no result, or has a member of a newer version, is refused. */
export function readResult(path: string, text: string | undefined, readers: RowReaders): Read<StepResult> {
  const read = readJson(path, text, resultSchema, 'result');
  if ('problem' in read) return read;
  const { before, after, error, ...rest } = read.value;
  const told = after === null ? undefined : afterSchema.safeParse(after);
  if (told?.success === false) return refuseBy(path, told.error.issues);
  const { snapshot, rows } = partsOf(after);
  const rowsBefore = rowsOf(before, readers);
  const rowsAfter = rowsOf(rows, readers);
  const snapshotAfter = snapshot === undefined ? undefined : readers.parseSnapshot(JSON.stringify(snapshot));
  const problems = [rowsBefore, rowsAfter, snapshotAfter].flatMap((one) => one?.problems ?? []);
  const strange = problems.find(isNotUnderstood);
  if (strange !== undefined) return refuseMembers(path, partOf(strange));
  return {
    value: {
      ...rest,
      error,
      before: before === null ? null : (rowsBefore.value ?? {}),
      after:
        told === undefined
          ? null
          : {
              ...rowsAfter.value,
              ...told.data,
              ...(snapshotAfter?.snapshot ? { snapshot: snapshotAfter.snapshot } : {}),
            },
    },
  };
}

/** Whether a part of a snapshot or of rows was left out because only a newer version can have written it. */
export function isNotUnderstood({ code }: SnapshotProblem): boolean {
  return code === notUnderstood;
}

/** In words for a problem: where the parts are that are not known. */
export function partOf({ where }: SnapshotProblem): string {
  return where === '' ? 'further members' : `further members of ${where}`;
}

function rowsOf(json: unknown, { readRows }: RowReaders): ReturnType<RowReaders['readRows']> {
  return json === null ? { value: null, problems: [] } : readRows(json);
}

/** What `after` tells in rows, and the snapshot in it; the rest is read by `afterSchema`. */
function partsOf(after: unknown): { readonly snapshot?: unknown; readonly rows: unknown } {
  if (typeof after !== 'object' || after === null) return { rows: after };
  const { snapshot, ...others } = after as { readonly snapshot?: unknown };
  const rows = Object.entries(others).filter(([name]) => !Object.hasOwn(afterSchema.shape, name));
  return { ...(snapshot === undefined ? {} : { snapshot }), rows: Object.fromEntries(rows) };
}
