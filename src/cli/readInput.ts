// Reads a named file, or fails in a sentence.
import { readFile } from 'node:fs/promises';
import { ExitCode } from './command';
import { PlanFailure } from './planFailure';

export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch {
    throw new PlanFailure(ExitCode.noInput, `${path}: can't be read`);
  }
}

export async function readInputText(path: string): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readInput(path));
}
