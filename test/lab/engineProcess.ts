// One process of the lab's test server: questions and answers as JSON lines, matched by their number.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Readable, type Writable } from 'node:stream';
import { numberedCalls, type NumberedCalls } from './numberedCalls';

/** A child process, or a socket to it. */
interface Held {
  ref(): void;
  unref(): void;
}

export class EngineProcess {
  /** Runs asked of it so far. */
  runs = 0;
  /** Organizations and sessions that live in it. */
  held = 0;
  private readonly calls: NumberedCalls;
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly ended: Promise<void>;

  /** Without `cultures` it knows one culture only, and is twice as fast. */
  constructor(program: string, cultures = false) {
    const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: cultures ? '0' : '1' };
    this.child = spawn(program, ['engine'], { stdio: ['pipe', 'pipe', 'pipe'], env });
    let problem = '';
    this.child.stderr.on('data', (chunk: Buffer) => (problem = (problem + chunk.toString()).slice(-4000)));
    this.child.stdin.on('error', () => undefined);
    this.calls = numberedCalls((line) => this.child.stdin.write(line));
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.calls.answer(line);
      if (this.calls.waiting === 0) this.hold(false);
    });
    this.ended = new Promise((resolve) => {
      const end = (reason: string): void => {
        this.calls.end(new Error(`the lab's engine ended: ${reason} ${problem}`));
        resolve();
      };
      this.child.once('error', (error) => end(error.message));
      this.child.once('close', (code) => end(`exit code ${String(code)}`));
    });
    this.hold(false);
  }

  /** An engine keeps a test run alive while an answer is awaited, and not where it is forgotten. */
  private hold(awaited: boolean): void {
    for (const one of [this.child, this.child.stdout, this.child.stderr, this.child.stdin] as readonly Held[]) {
      if (awaited) one.ref();
      else one.unref();
    }
  }

  /** Whether it lives, and nobody waits for an answer. */
  get isIdle(): boolean {
    return (
      this.calls.waiting === 0 &&
      this.child.exitCode === null &&
      this.child.signalCode === null &&
      this.child.stdin.writable
    );
  }

  ask(op: string, request: Readonly<Record<string, unknown>>): Promise<unknown> {
    this.hold(true);
    return this.calls.send({ ...request, op });
  }

  /** Ends the process and waits for it. */
  async close(): Promise<void> {
    // now it is waited for, and its end is an event like others
    this.hold(true);
    this.child.stdin.end();
    await this.ended;
  }
}
