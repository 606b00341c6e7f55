// What the key at an offset means, from the schema.
import { placeAt } from './place';
import { schemaAt } from './schemaAt';

export interface Hover {
  readonly key: string;
  /** Markdown, ours alone: nothing of the file stands in it. */
  readonly meaning: string;
  /** What counts where the key is left out; undefined where it must be there or leaving it out is the meaning. */
  readonly standard: string | undefined;
  readonly allowed: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** undefined where no key of the schema stands. */
export function hoverAt(text: string, offset: number): Hover | undefined {
  const place = placeAt(text, offset);
  if (place?.at !== 'key' || offset > place.end) return undefined;
  const part = schemaAt([...place.path, place.word]);
  if (part?.description === undefined) return undefined;
  const { default: standard } = part;
  return {
    key: place.word,
    meaning: part.description,
    standard: typeof standard === 'string' || typeof standard === 'number' ? String(standard) : undefined,
    allowed: part.enum ?? part.items?.enum ?? [],
    start: place.start,
    end: place.end,
  };
}
