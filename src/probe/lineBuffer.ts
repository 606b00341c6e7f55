// Bytes as they come, lines as they are complete; bounded, since the other side is a stranger.

export type NextLine =
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'line-too-long' | 'too-many-bytes' };

/** Holds at most `longestDialogue` bytes over its whole life; a line is decoded once, when its end is there. */
export class LineBuffer {
  #bytes: Buffer = Buffer.alloc(0);
  #seen = 0;
  /** Where the search for a line break goes on, so that slow bytes cost no second look at earlier ones. */
  #searched = 0;

  constructor(
    private readonly longestLine: number,
    private readonly longestDialogue: number,
  ) {}

  push(chunk: Buffer): void {
    const room = this.longestDialogue - this.#seen;
    this.#seen += chunk.length;
    if (room > 0) this.#bytes = Buffer.concat([this.#bytes, chunk.subarray(0, room)]);
  }

  next(): NextLine {
    const end = this.#bytes.indexOf(0x0a, this.#searched);
    if (end >= this.longestLine || (end < 0 && this.#bytes.length > this.longestLine)) return { kind: 'line-too-long' };
    if (end < 0) {
      this.#searched = this.#bytes.length;
      return { kind: this.#seen > this.longestDialogue ? 'too-many-bytes' : 'incomplete' };
    }
    const line = this.#bytes.toString('utf8', 0, end).replace(/\r$/u, '');
    this.#bytes = this.#bytes.subarray(end + 1);
    this.#searched = 0;
    return { kind: 'line', line };
  }

  /** What came and was not taken as a line. */
  rest(): Buffer {
    return this.#bytes;
  }
}
