// A rotation that is run without editor, terminal and disk: steps take effect on a model, and every answer of the port can be set.
import type { Scope } from '../../src/evidence/nextSteps';
import type { Run } from '../../src/evidence/runs';
import type { Situation } from '../../src/evidence/situation';
import { sessionPath } from '../../src/folder/renderFolder';
import { toBytes, toText, type FolderPort } from '../../src/folder/port';
import { type Read, refuse } from '../../src/folder/readFile';
import type { Found } from '../../src/model/found';
import type { Step, StepKind } from '../../src/model/plan';
import type { JournalEvent, StepResult } from '../../src/model/result';
import type { Decision } from '../../src/model/rotation';
import { plan } from '../../src/plan/plan';
import { createRun } from '../../src/runner/createRun';
import type { RunFolder, RunPort, TerminalEnd } from '../../src/runner/port';
import type { RunOutcome } from '../../src/runner/stop';
import { a, b, followed, found, inputs, rotation, stepsOf, wanted, withPolicy } from '../plan/organization';
import { apply, type Model, timeOf } from '../plan/simulate';

export interface Given {
  readonly found?: Found;
  readonly decisions?: readonly Decision[];
  readonly observeDays?: number;
}

type Open<Port> = { -readonly [Call in keyof Port]: Port[Call] };

export interface Bed {
  readonly run: (scope?: Scope) => Promise<RunOutcome>;
  /** What the port answers; a test replaces what it needs. */
  readonly port: Open<Omit<RunPort, 'rotation' | 'terminal'>> & {
    readonly rotation: Open<RunPort['rotation']>;
    readonly terminal: Open<RunPort['terminal']>;
  };
  readonly situation: () => Situation;
  readonly step: (kind: StepKind, where?: string) => Step;
  /** In order: every journal line's event, and `type SCRIPT` where one is started. */
  readonly happened: string[];
  /** What is on the disk of the rotation's folder besides what the plan renders. */
  readonly disk: Map<string, string>;
  /** The texts of the scripts that were started, as they were in their runs' folders then. */
  readonly ran: readonly (string | undefined)[];
  /** How scripts of a kind end, where not with their effect and a result that says `done`. */
  readonly ends: Map<StepKind, TerminalEnd | { readonly error: string } | 'no-effect'>;
}

export function openBed({ found: of = found(), decisions = followed, observeDays = 0 }: Given = {}): Bed {
  let model: Model = {
    found: of,
    fresh: b,
    presented: Object.fromEntries(
      of.servers.flatMap(({ name }) => [`${name} imaps`, `${name} pop3s`].map((place) => [place, a.thumbprint])),
    ),
    clock: 0,
  };
  const runs = new Map<string, Run>();
  const results: StepResult[] = [];
  const happened: string[] = [];
  const disk = new Map<string, string>();
  const ends: Bed['ends'] = new Map();
  const folders = new Map<string, Map<string, string>>();
  const ran: (string | undefined)[] = [];
  const intent = rotation({ decisions });
  const made = (): Situation => {
    const now = timeOf(model.clock);
    const options = { wanted: withPolicy(wanted(), { observeDays }), baseline: of, rotation: intent };
    const planned = plan({ ...options, found: model.found, inputs: { ...inputs, now } });
    return { plan: planned, found: model.found, rotation: intent, now, runs: new Map(runs) };
  };
  let now = made();
  const tick = (): void => {
    model = { ...model, clock: model.clock + 10 };
  };
  const rendered = (): ReadonlyMap<string, string> =>
    new Map([
      [sessionPath, 'session'],
      ...stepsOf(now.plan).flatMap(({ id, script }) => (script === null ? [] : [[script, id] as const])),
    ]);
  const journal = (event: JournalEvent): void => {
    tick();
    const at = timeOf(model.clock);
    happened.push('step' in event ? `${event.event} ${kindOf(event.step)}` : event.event);
    if (event.event === 'run') runs.set(event.step, { at, outcome: 'running', seen: false });
    if (event.event === 'result') runs.set(event.step, { at, outcome: event.outcome, seen: false });
    if (event.event === 'confirmed') runs.set(event.step, { at, outcome: 'done', seen: false });
  };
  const kindOf = (id: string): string => stepsOf(now.plan).find((one) => one.id === id)?.kind ?? id;
  const takeEffect = (step: Step): void => {
    model = apply(model, step);
  };
  const readPort = { read: (path: string) => Promise.resolve(readOf(path, disk.get(path) ?? rendered().get(path))) };
  const makeFolder = (run: string): Promise<RunFolder> => {
    const texts = new Map<string, string>();
    folders.set(run, texts);
    const port = {
      create: (path: string, bytes: Uint8Array) => {
        texts.set(path, toText(bytes));
        return Promise.resolve(true);
      },
    };
    return Promise.resolve({ path: `/runs/${run}`, port: port as unknown as FolderPort });
  };
  const typed = (script: string, run: string): TerminalEnd => {
    ran.push(folders.get(run)?.get(script));
    const step = stepsOf(now.plan).find((one) => one.script === script);
    if (step === undefined) throw new Error(`no step has ${script}`);
    happened.push(`type ${step.kind}`);
    const end = ends.get(step.kind) ?? 'result';
    if (end !== 'result' && end !== 'no-effect' && typeof end === 'string') return end;
    if (end === 'result') takeEffect(step);
    const error = typeof end === 'object' ? end.error : null;
    results.push(resultOf(step, error));
    journal({
      ...{ event: 'result', step: step.id, path: 'results/a.json', sha256: '' },
      outcome: error === null ? 'done' : 'failed',
    });
    return 'result';
  };
  const refresh = (): Promise<void> => {
    now = made();
    return Promise.resolve();
  };
  const port: Bed['port'] = {
    rotation: {
      known: () => ({
        ...{ mayBegin: true, situation: now, results, rendered: rendered() },
        port: readPort as unknown as FolderPort,
      }),
      refresh,
      publish: refresh,
      journal: (events) => {
        events.forEach(journal);
        return Promise.resolve();
      },
      expect: () => Promise.resolve(),
    },
    terminal: {
      givenFiles: () => Promise.resolve({}),
      free: () => Promise.resolve({ makeFolder, run: ({ script, run }) => Promise.resolve(typed(script, run)) }),
    },
    confirm: () => Promise.resolve(true),
    probe: (step) => {
      const before = model.found.observations;
      takeEffect(step);
      return Promise.resolve(model.found.observations.filter((one) => !before.includes(one)));
    },
    convert: (step) => {
      takeEffect(step);
      return Promise.resolve(step.thumbprint);
    },
    progress: () => undefined,
  };
  const run = createRun(port);
  return {
    run: (scope = { scope: 'all' }) => run(scope),
    port,
    situation: () => now,
    step: (kind, where) => {
      const step = stepsOf(now.plan).find(
        (one) => one.kind === kind && (where === undefined || one.target.server === where),
      );
      if (step === undefined) throw new Error(`the plan has no ${kind}`);
      return step;
    },
    happened,
    disk,
    ran,
    ends,
  };
}

function readOf(path: string, text: string | undefined): Read<Uint8Array> {
  return text === undefined ? refuse(path, 'missing', '') : { value: toBytes(text) };
}

function resultOf(step: Step, message: string | null): StepResult {
  return {
    ...{ version: 1, step: step.id, run: 'a', script: '', server: step.target.server ?? null },
    ...{ started: '2026-11-22T21:00:00Z', ended: '2026-11-22T21:00:00Z', changed: true, before: null, after: null },
    outcome: message === null ? 'done' : 'failed',
    error: message === null ? null : { command: null, category: null, message, position: null },
  };
}
