// What a subcommand is: arguments in, an exit code out; and the exit codes they share.
import type { Inspection } from '../model/inspection';
import { forTerminal } from '../model/untrustedText';

export type Command = (args: readonly string[]) => Promise<number>;

/** Fixed, since scripts read them; from 64 on as in sysexits.h, 130 as shells have it of Ctrl+C: `failed` is also a crash, which no other outcome shares. */
export const ExitCode = { ok: 0, usage: 64, noInput: 66, cannotCreate: 73, failed: 70, interrupted: 130 } as const;

/** What a command that opens a PFX exits with, by its outcome, as the usage lists them. */
export const pfxExit: Readonly<Record<Inspection['outcome'], number>> = {
  opened: ExitCode.ok,
  'wrong-password': 2,
  'not-pkcs12': 3,
  damaged: 4,
  unsupported: 5,
  refused: 6,
};

/** Arguments taken apart: options that are there, options with a value, and the rest. */
export interface Arguments {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

/** Undefined when an option is not known or lacks its value. `--` ends the options. */
export function parseArguments(
  args: readonly string[],
  flags: readonly string[],
  values: readonly string[],
): Arguments | undefined {
  const found = { flags: new Set<string>(), values: new Map<string, string>(), operands: [] as string[] };
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? '';
    if (argument === '--') {
      found.operands.push(...args.slice(at + 1));
      break;
    }
    const next = args[at + 1];
    if (flags.includes(argument)) found.flags.add(argument);
    else if (!argument.startsWith('--')) found.operands.push(argument);
    else if (values.includes(argument) && next !== undefined) {
      found.values.set(argument, next);
      at++;
    } else return undefined;
  }
  return found;
}

/** All of standard input, as it comes: nothing is trimmed. */
export async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const whole = new Uint8Array(Buffer.concat(chunks));
  for (const chunk of chunks) chunk.fill(0);
  return whole;
}

/** Prints `message` on standard error, and gives back `code`. */
export function told(message: string, code: number): number {
  process.stderr.write(`${forTerminal(message)}\n`);
  return code;
}
