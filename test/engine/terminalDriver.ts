// A program on a pseudo-terminal: send keys, wait for text, signal, hang up. Waits for what is printed, never for time.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface TerminalDriver {
  /** Sends keys; a line ends with '\r'. */
  send(keys: string): Promise<void>;
  /** Waits until the pattern (Python's) is seen behind the last match, 20 seconds unless told, and gives the text up to its end. */
  expect(pattern: string, seconds?: number): Promise<string>;
  resize(rows: number, columns: number): Promise<void>;
  signal(name: 'SIGTERM' | 'SIGHUP' | 'SIGINT'): Promise<void>;
  /** Ends the program at once, if it still runs. */
  close(): void;
  /** Closes the window and gives the exit code. */
  hangUp(): Promise<number>;
  /** Waits for the end and gives the rest of the text and the exit code. */
  end(): Promise<{ readonly text: string; readonly code: number }>;
}

interface Answer {
  readonly text?: string;
  readonly missing?: string;
  readonly code?: number;
}

/** Starts the program on a terminal of 40 rows and 120 columns; needs python3. */
export function openTerminal(program: string, args: readonly string[]): TerminalDriver {
  const driver = path.resolve(__dirname, '../../../test/engine/terminal.py');
  const child = spawn('python3', [driver, program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((answer: Answer) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line) as Answer));
  child.once('close', () => waiting.forEach((each) => each({ missing: 'the terminal driver ended' })));
  child.stdin.on('error', () => undefined);
  const order = (what: Readonly<Record<string, unknown>>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      waiting.push((answer) => {
        if (answer.missing === undefined) {
          resolve(answer);
        } else {
          reject(new Error(`not seen: ${answer.missing}; seen: ${JSON.stringify(answer.text ?? '')}`));
        }
      });
      child.stdin.write(`${JSON.stringify(what)}\n`);
    });
  return {
    send: async (keys) => {
      await order({ send: keys });
    },
    expect: async (pattern, seconds = 20) => (await order({ expect: pattern, seconds })).text ?? '',
    resize: async (rows, columns) => {
      await order({ resize: [rows, columns] });
    },
    signal: async (name) => {
      await order({ signal: name });
    },
    close: () => child.stdin.end(),
    hangUp: async () => (await order({ hangup: true })).code ?? -1,
    end: async () => {
      const { text = '', code = -1 } = await order({ wait: true });
      return { text, code };
    },
  };
}
