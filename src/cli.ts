// The headless command: finds the subcommand, loads only that, and exits with its code.
import { forTerminal } from './model/untrustedText';
import { ExitCode, type Command } from './cli/command';
import { own } from './model/own';

/** Subcommands by name; each stands in a file of its own that is loaded when it is asked for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  inspect: async () => (await import('./cli/inspectCommand.js')).inspectCommand,
  convert: async () => (await import('./cli/convertCommand.js')).convertCommand,
  plan: async () => (await import('./cli/planCommand.js')).planCommand,
  probe: async () => (await import('./cli/probeCommand.js')).probeCommand,
};

async function main(): Promise<number> {
  const [name = '', ...rest] = process.argv.slice(2);
  const load = own(commands, name);
  if (load === undefined) {
    process.stderr.write(`usage: exchange-certificates ${Object.keys(commands).join('|')} …\n`);
    return ExitCode.usage;
  }
  return (await load())(rest);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Node's own code for a crash is 1, which is a warning of `probe`'s
    const [line] = String(error instanceof Error ? error.message : error).split('\n');
    process.stderr.write(`exchange-certificates: ${forTerminal(line ?? '')}\n`);
    process.exitCode = ExitCode.failed;
  },
);
