// The editor's twin without a window: plans, writes the folder, runs its scripts, believes their results, and plans again.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import type { ExpectedResult } from '../../../src/evidence/believe';
import { copyMade } from '../../../src/evidence/conversion';
import { nextSteps, type Scope } from '../../../src/evidence/nextSteps';
import { type Situation } from '../../../src/evidence/situation';
import { stepState, type StepState } from '../../../src/evidence/stepState';
import { addSnapshot, createRotation, decide } from '../../../src/folder/createRotation';
import { scriptsToRun } from '../../../src/folder/asRendered';
import { appendJournal, journalPath, verifyJournal } from '../../../src/folder/journal';
import { loadRotation, type LoadedRotation } from '../../../src/folder/loadRotation';
import { nodeFolder } from '../../../src/folder/nodeFolder';
import { type FolderPort, readText } from '../../../src/folder/port';
import { renderFolder, writeFolder } from '../../../src/folder/renderFolder';
import { renderJson } from '../../../src/folder/renderJson';
import { resultsIn, writeScripts } from '../../../src/folder/runFolder';
import { takeInResults } from '../../../src/folder/takeInResults';
import { type Thumbprint, toTime } from '../../../src/model/names';
import { type Plan, type Step } from '../../../src/model/plan';
import { type JournalEvent, type StepResult } from '../../../src/model/result';
import { stepKinds } from '../../../src/model/stepKinds';
import { type Snapshot } from '../../../src/model/snapshot';
import { type Wanted } from '../../../src/model/wanted';
import { plan } from '../../../src/plan/plan';
import { quote } from '../../../src/powershell/quote';
import { scriptHash } from '../../../src/powershell/scriptHash';
import { configTargets } from '../../../src/probe/configTargets';
import { type RunResult } from '../../lab/engine';
import { makeIntent } from './intent';
import { type Person, typed } from './person';
import { convertCopy, copyOf } from './pfxFile';
import { author, keyFolder, makeRunFolder, type Places, readers } from './places';
import { snapshotByScript } from './snapshotScript';
import { openTerminal, type ScriptCall } from './terminal';
import { type World } from './world';

/** Everything known at one moment, as the window has it. */
export interface Now {
  readonly loaded: LoadedRotation;
  readonly wanted: Wanted;
  readonly plan: Plan;
  readonly situation: Situation;
  readonly rendered: ReadonlyMap<string, string>;
}

/** A script that ran, with what the terminal said; `result` null: nothing was written that is believed. */
export interface Ran extends RunResult {
  readonly step: Step;
  readonly text: string;
  readonly result: StepResult | null;
}

export type End =
  | { readonly end: 'no-open-step' }
  | { readonly end: 'stopped'; readonly step: Step; readonly state: StepState }
  | { readonly end: 'held'; readonly held: readonly { readonly step: Step; readonly state: StepState }[] };

/** Told of every script's run. */
export interface Watcher {
  /** Before anything of it is written or run. */
  readonly before?: (step: Step, call: ScriptCall) => Promise<void>;
  /** Before the next step begins. */
  readonly after?: (ran: Ran) => Promise<void>;
}

export interface Drive {
  readonly world: World;
  readonly places: Places;
  /** The rotation's. */
  readonly folder: string;
  /** The person's mind may change. */
  person: Person;
  /** What every terminal showed so far. */
  terminalText(): string;
  /** Types something into the rotation's terminal. */
  type(line: string): Promise<void>;
  takeSnapshot(): Promise<Snapshot>;
  /** The first plan of the rotation of `from`; one with refusals has made no folder. */
  begin(from: Thumbprint, servers?: readonly string[]): Promise<Plan>;
  /** Goes on with the rotation in `folder`, which another drive has begun. */
  resume(folder: string): void;
  now(): Promise<Now>;
  decide(question: string, answer: string): Promise<void>;
  /** Runs one step; `killAt` kills its terminal before that statement. Undefined where no script ran. */
  run(step: Step, killAt?: number): Promise<Ran | undefined>;
  /** As *Run*: one after another until none may begin or one stops. */
  runScope(scope: Scope): Promise<End>;
  /** Everything a person would do: *Run*, *Continue*, and what is confirmed one by one. */
  runToEnd(): Promise<End>;
  close(): Promise<void>;
}

export function stepsOf(made: Plan): readonly Step[] {
  return made.phases.flatMap(({ steps }) => steps);
}

export function openDrive(world: World, places: Places, person: Person, watcher: Watcher = {}): Drive {
  const expected = new Map<string, ExpectedResult>();
  const terminal = openTerminal(world);
  let folder = '';
  let port: FolderPort | undefined;
  const there = (): FolderPort => {
    assert.ok(port !== undefined, 'no rotation was begun');
    return port;
  };
  const configText = (): Promise<string> => fs.readFile(places.config, 'utf8');
  const journal = (events: readonly JournalEvent[]): Promise<void> => appendJournal(there(), events, author());
  const keep = async (snapshot: Snapshot): Promise<void> => {
    if (port !== undefined) await addSnapshot(port, snapshot, renderJson(snapshot), author());
  };

  /** The folder read anew, the plan made from it, and everything that follows from it written. */
  const now = async (): Promise<Now> => {
    const time = toTime(new Date());
    const read = await loadRotation(there(), { readers, configText: await configText(), now: time });
    assert.ok('value' in read, JSON.stringify(read));
    const { wanted, rotation, baseline, found, runs, inputs, problems } = read.value;
    assert.deepEqual(problems, []);
    assert.ok(wanted !== null);
    const made = plan({ wanted, baseline, found, rotation, inputs: inputs(time) });
    const rendered = renderFolder(made, { rotation, wanted, found });
    await writeFolder(there(), rendered);
    const situation = { plan: made, found, rotation, now: time, runs };
    return { loaded: read.value, wanted, plan: made, situation, rendered };
  };

  /** Takes the result in as the window does. */
  const collect = async (run: string, runPort: FolderPort): Promise<StepResult | null> => {
    const { lines } = verifyJournal((await readText(there(), journalPath)) ?? '');
    const own = (await resultsIn(runPort)).map((one) => ({ ...one, expected: expected.get(run) }));
    const { believed, foreign } = await takeInResults(there(), { journal: lines, own, readers }, author());
    assert.deepEqual(foreign, []);
    return believed.find((one) => one.run === run) ?? null;
  };

  const runScript = async (step: Step, script: string, killAt: number | undefined, { rendered }: Now): Promise<Ran> => {
    const scripts = await scriptsToRun(there(), rendered, script);
    assert.ok('texts' in scripts, JSON.stringify(scripts));
    const text = rendered.get(script) ?? '';
    const run = randomBytes(8).toString('hex');
    const hash = scriptHash(text);
    const runFolder = await makeRunFolder(places, run);
    const runPort = nodeFolder(runFolder, fs);
    await writeScripts(runPort, scripts.texts);
    const call = {
      file: path.join(runFolder, script),
      parameters: { Run: run, ...(await argumentsOf(step)) },
      answers: typed(step, drive.person),
    };
    await watcher.before?.(step, call);
    expected.set(run, { step: step.id, run, script: hash, server: step.target.server ?? null });
    await journal([{ event: 'run', step: step.id, script: hash }]);
    const shown = await terminal.run({ ...call, ...(killAt === undefined ? {} : { killAt }) });
    const result = await collect(run, runPort);
    if (result === null) {
      await journal([{ event: 'result', step: step.id, path: 'none', sha256: '0'.repeat(64), outcome: 'unknown' }]);
    }
    const ran = { ...shown, step, text, result };
    await watcher.after?.(ran);
    return ran;
  };

  const argumentsOf = async (step: Step): Promise<Readonly<Record<string, string>>> => {
    const { given } = stepKinds[step.kind];
    if (given === 'pfx') {
      const isConverted = 'source' in step && step.source === 'converted';
      return { Pfx: isConverted ? copyOf(places, step.thumbprint) : places.pfx };
    }
    return given === 'key-folder' ? { KeyFolder: await keyFolder(places) } : {};
  };

  const run = async (step: Step, here: Now, killAt?: number): Promise<Ran | undefined> => {
    if (step.kind === 'probe') {
      const endpoints: readonly string[] = step.endpoints;
      const seen = await world.look(
        configTargets(here.wanted).filter(
          ({ server, endpoint }) => server === step.target.server && endpoints.includes(endpoint.protocol),
        ),
      );
      await journal(seen.map((observation) => ({ event: 'observation', observation })));
      await journal([{ event: 'confirmed', step: step.id, what: 'probed' }]);
      return undefined;
    }
    if (step.kind === 'convert') {
      await convertCopy(places, drive.person.pfxPassword, step.thumbprint);
      await journal([{ event: 'confirmed', step: step.id, what: copyMade(step.thumbprint) }]);
      return undefined;
    }
    if (step.kind === 'hybrid-configuration') await setHybridByHand(step.to);
    assert.ok(step.script !== null, step.kind);
    return runScript(step, step.script, killAt, here);
  };

  /** The person types the command at the head of the step's script, in the management shell of a server that is up. */
  const setHybridByHand = async (to: string): Promise<void> => {
    const script = `Set-HybridConfiguration -TlsCertificateName ${quote(to)}`;
    const server = (await world.state()).servers.find(({ down }) => down !== true)?.name ?? '';
    const shown = await world.engine.run({ ...world.place, kind: 'managementShell', server, script });
    assert.deepEqual(shown.errors, []);
  };

  const runScope = async (scope: Scope): Promise<End> => {
    const begun = new Set<string>();
    for (let here = await now(); ;) {
      const step = nextSteps(here.situation, scope).find(({ id }) => !begun.has(id));
      if (step === undefined) return endAt(here);
      begun.add(step.id);
      await run(step, here);
      here = await now();
      const open = stepsOf(here.plan).find(({ id }) => id === step.id);
      const state = open === undefined ? undefined : stepState(open, here.situation);
      if (state?.state === 'failed' || state?.state === 'unknown') return { end: 'stopped', step, state };
    }
  };

  /** What the person answers now; true where there was something to answer. */
  const answered = async ({ plan: made, situation, loaded }: Now): Promise<boolean> => {
    for (const question of made.questions) {
      const answer = drive.person.answer(question);
      if (answer === undefined) continue;
      await drive.decide(question.id, answer);
      return true;
    }
    const waits = stepsOf(made).some((step) => waitsForContinue(stepState(step, situation)));
    const isDecided = loaded.rotation.decisions.some(({ question }) => question === continueQuestion);
    if (!waits || isDecided || !drive.person.goesOn) return false;
    await drive.decide(continueQuestion, 'yes');
    return true;
  };

  const runToEnd = async (): Promise<End> => {
    for (;;) {
      const end = await runScope({ scope: 'all' });
      if (end.end !== 'held') return end;
      const here = await now();
      if (await answered(here)) continue;
      const single = stepsOf(here.plan).find(({ id }) => nextSteps(here.situation, { scope: 'step', id }).length > 0);
      if (single === undefined) return end;
      const one = await runScope({ scope: 'step', id: single.id });
      if (one.end === 'stopped') return one;
    }
  };

  const drive: Drive = {
    world,
    places,
    get folder() {
      return folder;
    },
    person,
    terminalText: () => terminal.text(),
    type: (line) => terminal.type(line),
    takeSnapshot: async () => {
      const snapshot = await snapshotByScript(places, terminal);
      await keep(snapshot);
      return snapshot;
    },
    begin: async (from, servers) => {
      const intent = await makeIntent(places, drive.person, from, servers);
      if (intent.plan.refusals.length > 0) return intent.plan;
      folder = intent.folder;
      port = nodeFolder(folder, fs);
      assert.ok(await createRotation(port, intent.rotation));
      return (await now()).plan;
    },
    resume: (place) => {
      folder = place;
      port = nodeFolder(place, fs);
    },
    now,
    decide: async (question, answer) => {
      const { loaded } = await now();
      await decide(there(), loaded.intent, { question, answer }, author());
    },
    run: async (step, killAt) => run(step, await now(), killAt),
    runScope,
    runToEnd,
    close: () => terminal.close(),
  };
  return drive;
}

const continueQuestion = 'continue:after-canary';

function waitsForContinue(state: StepState): boolean {
  if (state.state !== 'waiting' || !('check' in state)) return false;
  return state.check.check === 'decided' && state.check.question === continueQuestion;
}

function endAt({ plan: made, situation }: Now): End {
  const held = stepsOf(made).map((step) => ({ step, state: stepState(step, situation) }));
  return held.length === 0 ? { end: 'no-open-step' } : { end: 'held', held };
}
