// The part of the JSON schema that rules a place in the configuration: its keys, values and meaning.
import { jsonSchema } from './schema';

export interface SchemaPart {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly required?: readonly string[];
  readonly items?: SchemaPart;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

let root: SchemaPart | undefined;

/** The part at `path` (keys and list indexes); undefined where the schema knows no such place. */
export function schemaAt(path: readonly PropertyKey[]): SchemaPart | undefined {
  root ??= jsonSchema();
  return path.reduce<SchemaPart | undefined>(
    (part, step) => (typeof step === 'number' ? part?.items : ownProperty(part, String(step))),
    root,
  );
}

/** The keys that a mapping at `path` may hold. */
export function allowedKeys(path: readonly PropertyKey[]): readonly string[] {
  return Object.keys(schemaAt(path)?.properties ?? {});
}

/** A key of the file may be called `constructor`: only the schema's own are asked. */
function ownProperty(part: SchemaPart | undefined, key: string): SchemaPart | undefined {
  return part?.properties !== undefined && Object.hasOwn(part.properties, key) ? part.properties[key] : undefined;
}
