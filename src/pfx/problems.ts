// The problems of a PKCS#12 file as they travel inside the room, until openPfx turns them into outcomes.
import type { PfxLimit } from './outcome';

/** An algorithm this product does not read. */
export class UnsupportedError extends Error {
  constructor(
    readonly algorithm: string,
    readonly oid: string,
  ) {
    super(`unsupported ${algorithm}`);
  }
}

/** A limit of ours the file goes beyond. */
export class LimitError extends Error {
  constructor(readonly limit: PfxLimit) {
    super(limit.limit);
  }
}

/** Decrypted bytes that make no sense: the password, or the bytes, are wrong. */
export class UndecryptableError extends Error {}

/** Damage that shows only once the password is known; the message says where. */
export class DamagedError extends Error {}
