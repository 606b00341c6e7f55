// Reads a named file, or fails in a sentence.
import * as files from 'node:fs/promises';
import { readBounded } from '../folder/readBounded';
import { ExitCode } from './command';
import { PlanFailure } from './planFailure';

/** Bytes of each kind of input that are read at most. */
export const most = { config: 1 << 21, snapshot: 1 << 26, pfx: 32 << 20, roots: 8 << 20 } as const;

/** A regular file of at most `bytes` bytes. */
export async function readInput(path: string, bytes: number): Promise<Uint8Array> {
  const read = await readBounded(path, bytes, files).catch(() => undefined);
  if (read === undefined) throw new PlanFailure(ExitCode.noInput, `${path}: can't be read`);
  if ('bytes' in read) return read.bytes;
  const why = read.refused === 'not-a-file' ? 'not a regular file' : `too large: at most ${bytes} bytes are read`;
  throw new PlanFailure(ExitCode.noInput, `${path}: ${why}`);
}

export async function readInputText(path: string, bytes: number): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readInput(path, bytes));
}
