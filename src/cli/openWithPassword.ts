// Opens a PFX with the password that came on standard input or is typed at the terminal.
import { forTerminal } from '../model/untrustedText';
import type { PfxOutcome } from '../pfx/outcome';
import { openPfx } from '../pfx/openPfx';
import { readStandardInput, told } from './command';
import { askAtTerminal, canAsk } from './passwordPrompt';

export interface OpenedWith {
  readonly outcome: PfxOutcome;
  /** UTF-8: the one that `outcome` came of. Overwritten by whoever is done with it. */
  readonly password: Uint8Array;
}

/** How to give a password, for the usage of each command that takes one. */
export const passwordUsage = `  the password is asked for in a terminal and not shown there; --password-stdin reads it from standard input instead, as UTF-8,
  and drops one line break or byte order mark that the shell added, where the password is wrong with it:
    PowerShell:  $OutputEncoding = [Text.UTF8Encoding]::new($false)
                 [Net.NetworkCredential]::new('', (Read-Host -AsSecureString)).Password | exchange-certificates …
    bash:        read -rs p; printf %s "$p" | exchange-certificates …
    cmd:         leave --password-stdin out, and type it where it is asked for
`;

/** Times that a wrong password is asked for again. */
const mostTries = 3;

/**
 * Opens `bytes`. With `fromInput` the password is all of standard input; else the empty one is tried, and where that is wrong
 * and a person is there, it is asked for. Undefined where the person broke off.
 */
export async function openWithPassword(
  bytes: Uint8Array,
  fromInput: boolean,
  fileName: string,
): Promise<OpenedWith | undefined> {
  if (fromInput) return openWithInput(bytes, await readStandardInput());
  let opened = await openWith(bytes, new Uint8Array(0));
  for (let tries = 0; opened.outcome.kind === 'wrong-password' && canAsk() && tries < mostTries; tries++) {
    const typed = await askAtTerminal(
      `${tries === 0 ? '' : 'The password is wrong. '}Password of ${forTerminal(fileName)}: `,
    );
    if (typed === undefined) return undefined;
    opened = await openWith(bytes, typed);
  }
  if (opened.outcome.kind === 'wrong-password' && !canAsk())
    told(
      'No password was given, and there is no terminal to ask at: --password-stdin reads it from standard input.',
      0,
    );
  return opened;
}

/** The input as it is; where that is wrong, without the one line break, or the mark at its start, that a shell adds by itself. */
async function openWithInput(bytes: Uint8Array, input: Uint8Array): Promise<OpenedWith> {
  const first = await openWith(bytes, Uint8Array.from(input));
  let found = first;
  for (const password of withoutAdditions(input)) {
    if (found.outcome.kind !== 'wrong-password') break;
    found = await openWith(bytes, password);
  }
  input.fill(0);
  return found.outcome.kind === 'wrong-password' ? first : found;
}

function withoutAdditions(input: Uint8Array): readonly Uint8Array[] {
  const end = input.at(-1) !== 0x0a ? input.length : input.at(-2) === 0x0d ? input.length - 2 : input.length - 1;
  // Windows PowerShell 5.1 begins with a mark where $OutputEncoding is [Text.Encoding]::UTF8
  const start = input[0] === 0xef && input[1] === 0xbb && input[2] === 0xbf ? 3 : 0;
  const whole = { start: 0, end: input.length };
  const others = [
    { start: 0, end },
    { start, end },
    { start, end: input.length },
  ].filter((one) => one.start !== whole.start || one.end !== whole.end);
  return [...new Map(others.map((one) => [`${one.start} ${one.end}`, one])).values()].map((one) =>
    input.slice(one.start, one.end),
  );
}

async function openWith(bytes: Uint8Array, password: Uint8Array): Promise<OpenedWith> {
  const outcome = await openPfx(bytes, Uint8Array.from(password));
  return { outcome, password };
}
