// `convert FILE --to OUT`: writes a PFX anew, for Windows Server 2016 or with the algorithms of today.
import { closeSync, readFileSync } from 'node:fs';
import { lstat, open, rm } from 'node:fs/promises';
import { toTime } from '../model/names';
import { convertPfx } from '../pfx/convertPfx';
import { exchangeProvider } from '../pfx/exchangeProvider';
import { inspection } from '../pfx/inspection';
import { forTerminal } from '../model/untrustedText';
import { isLeftOut, isLostCertificate, isLostKey } from '../pfx/losses';
import type { OpenedPfx } from '../pfx/outcome';
import { noteFinding } from '../pfx/words';
import { ExitCode, parseArguments, pfxExit, told, type Command } from './command';
import { readFileOf } from './openFile';
import { openWithPassword, passwordUsage } from './openWithPassword';
import { askAtTerminal, canAsk } from './passwordPrompt';

const usage = `usage: exchange-certificates convert FILE --to OUT [--password-stdin] [--modern] [--csp] [--drop-root] [--friendly-name NAME] [--iterations COUNT] [--ask-new-password | --new-password-fd FD] [--without-unreadable]
  writes PBE-SHA1-3DES with a SHA-1 MAC, which Windows Server 2016 imports; --modern writes AES-256 and SHA-256
  the new file keeps the password, or takes another: asked for twice in the terminal, or all that file descriptor FD holds
  a certificate that could not be read is missing in the copy, so nothing is written then, but with --without-unreadable
  it is never written over another; --iterations is 2000 to 10000, or to 600000 with --modern
${passwordUsage}`;

export const convertCommand: Command = async (args) => {
  const parsed = parseArguments(
    args,
    ['--password-stdin', '--modern', '--csp', '--drop-root', '--ask-new-password', '--without-unreadable'],
    ['--to', '--friendly-name', '--iterations', '--new-password-fd'],
  );
  const [file, ...more] = parsed?.operands ?? [];
  const target = parsed?.values.get('--to');
  if (parsed === undefined || file === undefined || target === undefined || more.length > 0) {
    process.stderr.write(usage);
    return ExitCode.usage;
  }
  const { flags, values } = parsed;
  const isModern = flags.has('--modern');
  const iterations = countFrom(values.get('--iterations'), isModern ? 600_000 : 10_000);
  const asks = flags.has('--ask-new-password');
  const held = passwordFrom(values.get('--new-password-fd'));
  if (iterations === 'wrong' || held === 'wrong' || (asks && (held !== undefined || !canAsk()))) {
    process.stderr.write(usage);
    return ExitCode.usage;
  }
  if ((await lstat(target).catch(() => undefined)) !== undefined)
    return told(`${target}: is there already`, ExitCode.cannotCreate);
  const read = await readFileOf(file);
  if ('message' in read) return told(read.message, read.code);
  const opened =
    'refused' in read
      ? { outcome: read.refused, password: new Uint8Array(0) }
      : await openWithPassword(read.bytes, flags.has('--password-stdin'), file);
  if (opened === undefined) return ExitCode.interrupted;
  const { outcome, password } = opened;
  if (outcome.kind !== 'opened') {
    const { message, outcome: name } = inspection(outcome, toTime(new Date()));
    return told(message, pfxExit[name]);
  }
  if (!isComplete(outcome, flags.has('--without-unreadable'))) return ExitCode.failed;
  const fresh = asks ? await askTwice() : held;
  if (asks && fresh === undefined) return ExitCode.interrupted;
  const name = values.get('--friendly-name');
  const written = convertPfx(outcome, fresh ?? password, {
    target: isModern ? 'modern' : 'windows-2016',
    ...(iterations === undefined ? {} : { iterations }),
    dropRoot: flags.has('--drop-root'),
    ...(name === undefined ? {} : { friendlyName: name }),
    ...(flags.has('--csp') ? { provider: exchangeProvider } : {}),
  });
  password.fill(0);
  fresh?.fill(0);
  return writeNew(target, written);
};

/** Tells of everything that the copy will not hold; false where it must not be written for that. */
function isComplete({ notes }: OpenedPfx, isWithoutAccepted: boolean): boolean {
  const of = (is: (code: string) => boolean) =>
    notes.filter(({ code }) => is(code)).map((note) => noteFinding(note).message);
  const [keys, certificates] = [of(isLostKey), of(isLostCertificate)];
  for (const message of [...keys, ...certificates, ...of(isLeftOut)]) told(`Not in the copy: ${message}`, ExitCode.ok);
  if (keys.length > 0) told('A private key could not be read; nothing was written.', ExitCode.failed);
  else if (certificates.length > 0 && !isWithoutAccepted)
    told(
      'A certificate could not be read; nothing was written. --without-unreadable writes the copy without it.',
      ExitCode.failed,
    );
  return keys.length === 0 && (certificates.length === 0 || isWithoutAccepted);
}

/** Undefined where the person broke off. */
async function askTwice(): Promise<Uint8Array | undefined> {
  for (let prompt = 'New password: '; ; prompt = 'The two differ. New password: ') {
    const first = await askAtTerminal(prompt);
    const second = first === undefined ? undefined : await askAtTerminal('The same again: ');
    const isSame = first !== undefined && second !== undefined && Buffer.from(first).equals(second);
    second?.fill(0);
    if (isSame) return first;
    first?.fill(0);
    if (second === undefined) return undefined;
  }
}

const leastIterations = 2_000;

function countFrom(text: string | undefined, most: number): number | undefined | 'wrong' {
  if (text === undefined) return undefined;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return count >= leastIterations && count <= most ? count : 'wrong';
}

/** What the descriptor holds: a password must stand in no argument, file or variable. */
function passwordFrom(descriptor: string | undefined): Uint8Array | undefined | 'wrong' {
  if (descriptor === undefined) return undefined;
  // 0 is the file's own password, 1 and 2 are told to
  const number = /^\d{1,4}$/.test(descriptor) ? Number(descriptor) : 0;
  if (number < 3) return 'wrong';
  try {
    const bytes = readFileSync(number);
    closeSync(number);
    return new Uint8Array(bytes);
  } catch {
    return 'wrong';
  }
}

/** Complete or absent, and for this user alone. */
async function writeNew(target: string, bytes: Uint8Array): Promise<number> {
  try {
    const handle = await open(target, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  } catch (error) {
    return told(
      `${target}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      ExitCode.cannotCreate,
    );
  }
  // mode bits mean nothing on Windows: there the folder's permissions hold
  const whom = process.platform === 'win32' ? "with its folder's permissions" : 'readable by this user alone (0600)';
  process.stdout.write(`${forTerminal(target)}: written, ${whom}\n`);
  return ExitCode.ok;
}
