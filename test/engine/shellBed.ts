// A lab for one test file, and shells of it on pseudo-terminals: opened, typed into, left.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before } from 'mocha';
import { labProgram } from '../lab/labProgram';
import { type Lab, startLab } from '../lab/organization';
import { openTerminal, type TerminalDriver } from './terminalDriver';

/** On the workstation, at the end of what is shown. */
export const prompt = 'PS [^>\\r\\n]*> $';
export const serverPrompt = '\\[PS\\] C:\\\\Windows\\\\system32>$';

export interface ShellBed {
  /** The lab's folder. */
  readonly data: () => string;
  readonly lab: () => Lab;
  /** Any program on a terminal, ended with the test. */
  readonly open: (program: string, args: readonly string[]) => TerminalDriver;
  /** The lab's shell at its first prompt. */
  readonly shell: (args?: readonly string[], ready?: string) => Promise<TerminalDriver>;
  /** Types a line and gives what is printed before the next prompt, without the echo. */
  readonly type: (terminal: TerminalDriver, line: string, until?: string) => Promise<string>;
  /** The exit code. */
  readonly leave: (terminal: TerminalDriver) => Promise<number>;
}

/** Registers the hooks of the describe block it is called in. */
export function useShell(loopback: string): ShellBed {
  let data = '';
  let lab: Lab | undefined;
  const opened: TerminalDriver[] = [];
  before(async function () {
    this.timeout(180_000);
    data = mkdtempSync(path.join(tmpdir(), 'lab-shell-'));
    lab = await startLab({ data, loopback });
  });
  afterEach(() => {
    for (const terminal of opened.splice(0)) terminal.close();
  });
  after(async () => {
    await lab?.stop();
    rmSync(data, { recursive: true, force: true });
  });
  const open = (program: string, args: readonly string[]): TerminalDriver => {
    const terminal = openTerminal(program, args);
    opened.push(terminal);
    return terminal;
  };
  return {
    data: () => data,
    lab: () => lab!,
    open,
    shell: async (args = [], ready = prompt) => {
      const terminal = open(labProgram(), ['shell', '--data', data, ...args]);
      await terminal.expect(ready);
      return terminal;
    },
    type: async (terminal, line, until = prompt) => {
      await terminal.send(`${line}\r`);
      const text = await terminal.expect(until);
      return text.slice(text.indexOf('\n') + 1);
    },
    leave: async (terminal) => {
      await terminal.send('exit\r');
      return (await terminal.end()).code;
    },
  };
}
