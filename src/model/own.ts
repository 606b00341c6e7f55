// A table asked by a name that a stranger chose.

/** What `record` itself holds under `key`: `constructor` and its like, which every object inherits, are no keys of a table. */
export function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
