// The terminal of a rotation: one kept session, so that a password asked once lives on in it, until it is killed or closed.
import { type OpenSession, type RunResult } from '../../lab/engine';
import { type World } from './world';

export interface ScriptCall {
  readonly file: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly answers?: readonly string[];
  /** Kills the terminal before that statement of the script. */
  readonly killAt?: number;
}

export interface Terminal {
  run(call: ScriptCall): Promise<RunResult>;
  /** Runs in a terminal of its own, as a snapshot does. */
  runElsewhere(call: ScriptCall): Promise<RunResult>;
  type(line: string): Promise<void>;
  /** All that was shown so far. */
  text(): string;
  close(): Promise<void>;
}

export function openTerminal({ engine, place }: World): Terminal {
  const said: string[] = [];
  let session: OpenSession | undefined;
  const shown = (result: RunResult): RunResult => {
    said.push(result.hostText, ...result.output, ...result.errors.map(({ message }) => message));
    return result;
  };
  const close = async (): Promise<void> => {
    await session?.close();
    session = undefined;
  };
  const runElsewhere = async (call: ScriptCall): Promise<RunResult> =>
    shown(await engine.run({ ...place, kind: 'workstation', ...call }));
  const kept = async (): Promise<OpenSession> =>
    (session ??= await engine.openSession({ ...place, kind: 'workstation' }));
  return {
    run: async (call) => {
      if (call.killAt !== undefined) {
        // it dies with the script, and what it knew of passwords is gone
        await close();
        return runElsewhere(call);
      }
      return shown(await (await kept()).run(call));
    },
    type: async (line) => void shown(await (await kept()).run({ script: line })),
    runElsewhere,
    text: () => said.join('\n'),
    close,
  };
}
