// Text at the border into a value, or into the reason why not; never throws.
import type * as z from 'zod/mini';
import { type FileKind, upgrade } from './upgrade';

export interface FileProblem {
  readonly path: string;
  readonly code:
    | 'missing'
    | 'unreadable'
    | 'not-json'
    | 'other-version'
    /** Written by a later version of this extension: `detail` has the number of its format, and what is not known in it. */
    | 'newer-version'
    | 'malformed'
    | 'too-large'
    | 'changed'
    | 'chain-broken'
    | 'torn-line'
    /** It claims the time in `detail`, which has not come, or which what follows it gainsays. */
    | 'future';
  readonly detail: string;
}

export type Read<T> = { readonly value: T } | { readonly problem: FileProblem };

/** Characters; a result may hold a whole snapshot. */
const longest = 1 << 26;

/** Reads a file of the present version or an earlier one; any other is refused by name, not by its first strange field. */
export function readJson<T>(
  path: string,
  text: string | undefined,
  schema: z.ZodMiniType<T>,
  kind?: FileKind,
): Read<T> {
  const json = kind === undefined ? parseJson(path, text) : readUpgraded(path, text, kind);
  if ('problem' in json) return json;
  try {
    return readValue(path, json.value, schema);
  } catch (error) {
    // the schema's reader overflows the stack where a file breaks it in more than a hundred thousand places
    return refuse(path, 'malformed', error instanceof Error ? error.message.slice(0, 200) : '');
  }
}

function readValue<T>(path: string, json: unknown, schema: z.ZodMiniType<T>): Read<T> {
  const read = schema.safeParse(json);
  if (read.success) return { value: read.data };
  return refuseBy(path, read.error.issues);
}

/** The refusal that a schema's issues come to: a member it does not know is of a newer version, all else is malformed. */
export function refuseBy<T>(path: string, issues: readonly z.core.$ZodIssue[]): Read<T> {
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys')
      return refuseMembers(path, [...issue.path, issue.keys.join(', ')].join('.'));
  }
  const [issue] = issues;
  const detail = issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`.slice(0, 200);
  return refuse(path, 'malformed', detail);
}

/** The format is the present one, and `what` in it is not known: it came with a version that did not change the rest. */
export function refuseMembers<T>(path: string, what: string): Read<T> {
  return refuse(path, 'newer-version', `1 with ${what}`.slice(0, 200));
}

/** The file's JSON in the present form, not yet checked by a schema. */
export function readUpgraded(path: string, text: string | undefined, kind: FileKind): Read<unknown> {
  const json = parseJson(path, text);
  if ('problem' in json) return json;
  const upgraded = upgrade(kind, json.value);
  return 'code' in upgraded ? refuse(path, upgraded.code, upgraded.detail) : upgraded;
}

function parseJson(path: string, text: string | undefined): Read<unknown> {
  if (text === undefined) return refuse(path, 'missing', '');
  if (text.length > longest) return refuse(path, 'too-large', String(text.length));
  try {
    // Windows PowerShell writes a mark in front of UTF-8
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) as unknown };
  } catch (error) {
    return refuse(path, 'not-json', error instanceof Error ? error.message.slice(0, 200) : '');
  }
}

export function refuse<T>(path: string, code: FileProblem['code'], detail: string): Read<T> {
  return { problem: { path, code, detail } };
}
