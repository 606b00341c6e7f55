// Text at the border into a value, or into the reason why not; never throws.
import type * as z from 'zod/mini';

export interface FileProblem {
  readonly path: string;
  readonly code:
    | 'missing'
    | 'unreadable'
    | 'not-json'
    | 'other-version'
    | 'malformed'
    | 'too-large'
    | 'changed'
    | 'chain-broken'
    | 'torn-line';
  readonly detail: string;
}

export type Read<T> = { readonly value: T } | { readonly problem: FileProblem };

/** Characters; a result may hold a whole snapshot. */
const longest = 1 << 26;

/** Reads version 1 of a file; a file of another version is refused by name, not by its first strange field. */
export function readJson<T>(path: string, text: string | undefined, schema: z.ZodMiniType<T>): Read<T> {
  if (text === undefined) return refuse(path, 'missing', '');
  if (text.length > longest) return refuse(path, 'too-large', String(text.length));
  try {
    // Windows PowerShell writes a mark in front of UTF-8
    return readValue(path, JSON.parse(text.replace(/^\ufeff/, '')), schema);
  } catch (error) {
    // the schema's reader overflows the stack where a file breaks it in more than a hundred thousand places
    const isText = error instanceof SyntaxError;
    return refuse(path, isText ? 'not-json' : 'malformed', error instanceof Error ? error.message.slice(0, 200) : '');
  }
}

function readValue<T>(path: string, json: unknown, schema: z.ZodMiniType<T>): Read<T> {
  if (typeof json === 'object' && json !== null && 'version' in json && json.version !== 1) {
    return refuse(path, 'other-version', String(json.version).slice(0, 20));
  }
  const read = schema.safeParse(json);
  if (read.success) return { value: read.data };
  const [issue] = read.error.issues;
  return refuse(
    path,
    'malformed',
    issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`.slice(0, 200),
  );
}

export function refuse<T>(path: string, code: FileProblem['code'], detail: string): Read<T> {
  return { problem: { path, code, detail } };
}
