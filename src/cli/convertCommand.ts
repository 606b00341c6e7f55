// `convert FILE --to OUT`: writes a PFX anew, for Windows Server 2016 or with the algorithms of today.
import { closeSync, readFileSync } from 'node:fs';
import { lstat, open, rm } from 'node:fs/promises';
import { toTime } from '../model/names';
import { convertPfx } from '../pfx/convertPfx';
import { exchangeProvider } from '../pfx/exchangeProvider';
import { inspection } from '../pfx/inspection';
import { forTerminal } from '../model/untrustedText';
import { ExitCode, parseArguments, pfxExit, readStandardInput, type Command } from './command';
import { openFile } from './openFile';

const usage = `usage: exchange-certificates convert FILE --to OUT [--password-stdin] [--modern] [--csp] [--drop-root] [--friendly-name NAME] [--iterations COUNT] [--new-password-fd FD]
  writes PBE-SHA1-3DES with a SHA-1 MAC, which Windows Server 2016 imports; --modern writes AES-256 and SHA-256
  the new file keeps the password, or takes the one that file descriptor FD holds (all of it: nothing is trimmed)
  it is never written over another; --iterations is 2000 to 10000, or to 600000 with --modern
`;

export const convertCommand: Command = async (args) => {
  const parsed = parseArguments(
    args,
    ['--password-stdin', '--modern', '--csp', '--drop-root'],
    ['--to', '--friendly-name', '--iterations', '--new-password-fd'],
  );
  const [file, ...more] = parsed?.operands ?? [];
  const target = parsed?.values.get('--to');
  if (parsed === undefined || file === undefined || target === undefined || more.length > 0) {
    process.stderr.write(usage);
    return ExitCode.usage;
  }
  const isModern = parsed.flags.has('--modern');
  const iterations = countFrom(parsed.values.get('--iterations'), isModern ? 600_000 : 10_000);
  const fresh = passwordFrom(parsed.values.get('--new-password-fd'));
  if (iterations === 'wrong' || fresh === 'wrong') {
    process.stderr.write(usage);
    return ExitCode.usage;
  }
  const password = parsed.flags.has('--password-stdin') ? await readStandardInput() : new Uint8Array(0);
  if ((await lstat(target).catch(() => undefined)) !== undefined)
    return told(`${target}: is there already`, ExitCode.cannotCreate);
  const opened = await openFile(file, Uint8Array.from(password));
  if (opened instanceof Error) return told(`${file}: cannot be read (${opened.code ?? 'unknown'})`, ExitCode.noInput);
  if (opened.kind !== 'opened') return told(inspection(opened, toTime(new Date())).message, pfxExit[opened.kind]);
  const lost = opened.notes.filter(({ code }) => code.startsWith('key-') && code !== 'key-owner-by-id');
  if (lost.length > 0) return told('A private key could not be read; nothing was written.', ExitCode.failed);
  const name = parsed.values.get('--friendly-name');
  const written = convertPfx(opened, fresh ?? password, {
    target: isModern ? 'modern' : 'windows-2016',
    ...(iterations === undefined ? {} : { iterations }),
    dropRoot: parsed.flags.has('--drop-root'),
    ...(name === undefined ? {} : { friendlyName: name }),
    ...(parsed.flags.has('--csp') ? { provider: exchangeProvider } : {}),
  });
  password.fill(0);
  fresh?.fill(0);
  return writeNew(target, written);
};

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

function told(message: string, code: number): number {
  process.stderr.write(`${forTerminal(message)}\n`);
  return code;
}
