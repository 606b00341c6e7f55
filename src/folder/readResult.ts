// A result's text into a result: nothing in it is trusted.
import type { StepResult } from '../model/result';
import type { OrganizationRows, Snapshot } from '../model/snapshot';
import { readJson, refuse, type Read } from './readFile';
import { afterSchema, resultSchema } from './schema';

/** The snapshot room's readers, given by the caller: this room does not know that one. */
export interface RowReaders {
  readonly readRows: (json: unknown) => { readonly value: OrganizationRows | null };
  readonly parseSnapshot: (text: string) => { readonly snapshot: Snapshot | null };
}

/** Rows that can't be read are unknown; a result that is no result at all is refused. */
export function readResult(path: string, text: string | undefined, readers: RowReaders): Read<StepResult> {
  const read = readJson(path, text, resultSchema, 'result');
  if ('problem' in read) return read;
  const { before, after, error, ...rest } = read.value;
  const told = after === null ? undefined : afterSchema.safeParse(after);
  if (told?.success === false) return refuse(path, 'malformed', 'after');
  const snapshot = snapshotIn(after, readers);
  return {
    value: {
      ...rest,
      error,
      before: before === null ? null : rowsOf(before, readers),
      after:
        told === undefined
          ? null
          : { ...rowsOf(after, readers), ...told.data, ...(snapshot === null ? {} : { snapshot }) },
    },
  };
}

function rowsOf(json: unknown, { readRows }: RowReaders): OrganizationRows {
  return readRows(json).value ?? {};
}

function snapshotIn(after: unknown, { parseSnapshot }: RowReaders): Snapshot | null {
  if (typeof after !== 'object' || after === null || !('snapshot' in after)) return null;
  return parseSnapshot(JSON.stringify(after.snapshot)).snapshot;
}
