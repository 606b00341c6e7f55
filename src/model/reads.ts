// Ties a schema to the type it reads, both ways: what is added to the one and forgotten in the other does not compile.

/** What a value consists of, without regard to `readonly`. */
type Shape<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Shape<Item>[]
    : { readonly [Key in keyof T as Name<T, Key>]-?: Shape<Exclude<T[Key], undefined>> };

/** A member's name, with a mark where it may be left out. */
type Name<T, Key extends keyof T> = Partial<Pick<T, Key>> extends Pick<T, Key> ? `${string & Key}?` : Key;

interface SchemaOf<T> {
  readonly _zod: { readonly output: T };
}

/** `true` where both consist of the same members and values. */
export type IsSame<One, Other> = [Shape<One>, Shape<Other>] extends [Shape<Other>, Shape<One>] ? true : false;

/**
 * `reads<T>()(schema)` is `schema`, which must read each member and each value of `T` and no other. A schema's own type
 * only says that what is read is a `T`: a member that it leaves out would be dropped from evidence in silence.
 */
export function reads<T>() {
  return <Schema extends SchemaOf<T>>(
    schema: IsSame<T, Schema['_zod']['output']> extends true ? Schema : { readonly differsFrom: T },
  ): Schema => schema as Schema;
}
