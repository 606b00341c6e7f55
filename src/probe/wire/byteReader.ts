// Reads TLS's length-prefixed fields; a field that is longer than what is there ends the reading, it never throws.

export class ByteReader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  get left(): number {
    return this.bytes.length - this.#at;
  }

  /** An unsigned number of `size` bytes, or undefined at the end. */
  number(size: 1 | 2 | 3): number | undefined {
    if (this.left < size) return undefined;
    const value = this.bytes.readUIntBE(this.#at, size);
    this.#at += size;
    return value;
  }

  take(length: number): Buffer | undefined {
    if (this.left < length) return undefined;
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }

  /** A vector with a length of `size` bytes before it (RFC 8446 section 3.4). */
  vector(size: 1 | 2 | 3): Buffer | undefined {
    const length = this.number(size);
    return length === undefined ? undefined : this.take(length);
  }
}
