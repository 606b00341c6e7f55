// The client of the lab's test server: organizations, runs and kept sessions over JSON lines, recycled before it grows.
import { EngineProcess } from './engineProcess';
import { labProgram } from './labProgram';

/** Where a runspace stands. */
export type SessionKind = 'workstation' | 'managementShell' | 'server' | 'exchangeEndpoint';

/** How a value of a parameter is written; `secureString` becomes a SecureString. */
export type ParameterValue =
  string | number | boolean | null | readonly ParameterValue[] | { readonly secureString: string };

/** Where a session or run stands, in which organization. */
export interface Place {
  /** A handle of newOrganization, or the data folder of a running lab process. */
  readonly organization?: string;
  readonly data?: string;
  readonly kind?: SessionKind;
  readonly server?: string;
  /** Kill before statement n of the script, counted over all sessions it opens; nothing runs after it, `finally` neither. */
  readonly killAt?: number;
  /** Count statements without killing. */
  readonly count?: boolean;
  /** Operations of the organization done as the script reaches a statement; counts, as `count` does. */
  readonly at?: readonly {
    readonly statement: number;
    readonly operation: string;
    readonly arguments?: Readonly<Record<string, unknown>>;
  }[];
  /** Count, and tell before which statements something new was there: in the organization, or in these folders. */
  readonly watch?: readonly string[];
}

export interface Work {
  /** One of the two: a script file, or text. */
  readonly file?: string;
  readonly script?: string;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Given to Read-Host, confirmations and other prompts, in order; a prompt without one ends the run as `no-answer`. */
  readonly answers?: readonly string[];
}

export type Run = Place & Work;

export interface RunError {
  readonly id: string;
  readonly category: string;
  readonly message: string;
  readonly position: string | null;
  readonly exception: string;
}

export interface RunResult {
  readonly outcome: 'completed' | 'failed' | 'killed' | 'no-answer' | 'exit';
  readonly killed: boolean;
  readonly exitCode: number | null;
  /** Null unless counted or to be killed. */
  readonly statements: number | null;
  /** Null unless watched: a kill at a statement leaves what a kill at the last one of these before it leaves. */
  readonly changedAt: readonly number[] | null;
  /** The pipeline's output as a window would show it, line by line. */
  readonly output: readonly string[];
  /** The pipeline's output as JSON; dates as ISO 8601 UTC. */
  readonly objects: readonly unknown[];
  readonly errors: readonly RunError[];
  readonly warnings: readonly string[];
  readonly prompts: readonly { readonly text: string; readonly kind: 'line' | 'secret' | 'choice' | 'prompt' }[];
  /** What was printed to the window by Write-Host, warnings and the like. */
  readonly hostText: string;
}

/** What the real parser says of a text (Gate.cs); lists are without repetition. */
export interface ParsedScript {
  readonly errors: readonly string[];
  readonly commands: readonly {
    /** null: computed. */
    readonly name: string | null;
    readonly line: number;
    readonly text: string;
    readonly parameters: readonly string[];
    readonly positional: number;
    readonly splatted: readonly string[];
    readonly operator: string;
  }[];
  readonly functions: readonly { readonly name: string; readonly lines: number }[];
  readonly types: readonly string[];
  /** `.Name`, `.Method()`, `::Static`, `::Method()`. */
  readonly members: readonly string[];
  readonly variables: readonly string[];
  readonly operators: readonly string[];
  readonly syntax: readonly string[];
  readonly tokens: readonly string[];
  readonly numbers: readonly string[];
  /** Words and strings with a backtick that is not literal. */
  readonly escapes: readonly string[];
  readonly background: boolean;
  readonly clean: boolean;
  readonly leadingPipe: boolean;
}

/** A runspace kept over several runs, as a terminal keeps its variables. */
export interface OpenSession {
  run(work: Work): Promise<RunResult>;
  close(): Promise<void>;
}

export interface Engine {
  /** Makes an organization in the engine's process and gives its handle. */
  newOrganization(state: unknown): Promise<string>;
  dropOrganization(organization: string): Promise<void>;
  /** Does one operation of the organization; rejects with LabRefusal. */
  call(organization: string, operation: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Runs a script in a fresh runspace. */
  run(run: Run): Promise<RunResult>;
  openSession(place: Place): Promise<OpenSession>;
  /** Parses without running. */
  parse(text: string): Promise<ParsedScript>;
  /** The texts of an array of constants, as the parser reads them; rejects where it holds anything else. */
  constants(text: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Runs one process serves before a fresh one takes over: sessions and what they compiled leave something behind. */
const runsPerProcess = 400;

/** Warm processes that no engine uses now, by program and culture: the next test file takes one instead of starting its own. */
const idle = new Map<string, EngineProcess[]>();

/** Starts the engine, building its program first where that was never done; `cultures` for states that name one. */
export function startEngine(options: { readonly program?: string; readonly cultures?: boolean } = {}): Engine {
  const program = options.program ?? labProgram();
  const processes = new Set<EngineProcess>();
  const owners = new Map<string, EngineProcess>();
  let current: EngineProcess | undefined;
  let handles = 0;

  const kind = `${program} ${String(options.cultures)}`;
  const take = (): EngineProcess => {
    const warm = idle.get(kind)?.pop();
    return warm?.isIdle === true ? warm : new EngineProcess(program, options.cultures);
  };
  /** Kept for the next, where everything that lived in it is gone. */
  const giveBack = async (used: EngineProcess): Promise<void> => {
    if (used.held > 0 || used.runs >= runsPerProcess || !used.isIdle) return used.close();
    idle.set(kind, [...(idle.get(kind) ?? []), used]);
  };

  const fresh = (): EngineProcess => {
    if (current && current.runs >= runsPerProcess) {
      retire(current);
      current = undefined;
    }
    if (!current) {
      current = take();
      processes.add(current);
    }
    return current;
  };
  /** A worn process stays as long as an organization or a session lives in it. */
  const retire = (worn: EngineProcess): void => {
    if (worn.held === 0 && processes.delete(worn)) {
      void worn.close();
    }
  };
  const release = (owner: EngineProcess): void => {
    owner.held -= 1;
    if (owner !== current) {
      retire(owner);
    }
  };
  const ownerOf = (handle: string): EngineProcess => {
    const owner = owners.get(handle);
    if (!owner) {
      throw new Error(`no such organization: ${handle}`);
    }
    return owner;
  };
  const owner = (place: Place): EngineProcess =>
    place.organization === undefined ? fresh() : ownerOf(place.organization);
  const inner = (place: Place): Record<string, unknown> =>
    place.organization === undefined ? { ...place } : { ...place, organization: place.organization.split('@')[0] };

  const engine: Engine = {
    async newOrganization(state) {
      const home = fresh();
      home.held += 1;
      const made = (await home.ask('organization.new', { state })) as { organization: string };
      handles += 1;
      const handle = `${made.organization}@${handles}`;
      owners.set(handle, home);
      return handle;
    },
    async dropOrganization(organization) {
      const home = ownerOf(organization);
      owners.delete(organization);
      await home.ask('organization.drop', { organization: organization.split('@')[0] });
      release(home);
    },
    call: (organization, operation, args = {}) =>
      ownerOf(organization).ask('organization.call', { ...inner({ organization }), operation, arguments: args }),
    async run(run) {
      const home = owner(run);
      home.runs += 1;
      return (await home.ask('run', { ...inner(run), ...workOf(run) })) as RunResult;
    },
    async openSession(place) {
      const home = owner(place);
      home.held += 1;
      const { session } = (await home.ask('session.open', inner(place))) as { session: string };
      return {
        async run(work) {
          home.runs += 1;
          return (await home.ask('run', { session, ...work })) as RunResult;
        },
        async close() {
          await home.ask('session.close', { session });
          release(home);
        },
      };
    },
    parse: async (text) => (await fresh().ask('parse', { text })) as ParsedScript,
    constants: async (text) => (await fresh().ask('constants', { text })) as readonly string[],
    async close() {
      await Promise.all([...owners.keys()].map((organization) => engine.dropOrganization(organization)));
      await Promise.all([...processes].map(giveBack));
      processes.clear();
      owners.clear();
      current = undefined;
    },
  };
  return engine;
}

function workOf({ file, script, parameters, answers }: Work): Record<string, unknown> {
  return { file, script, parameters, answers };
}
