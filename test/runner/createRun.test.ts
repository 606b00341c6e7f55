// Running steps in order, and every reason to stop, each driven by what the port answers.
import assert from 'node:assert/strict';
import { stepState } from '../../src/evidence/stepState';
import type { StepKind } from '../../src/model/plan';
import type { Thumbprint } from '../../src/model/names';
import type { HeldBy } from '../../src/runner/port';
import type { RunOutcome, StopKind } from '../../src/runner/stop';
import { stopSorts } from '../../src/runner/stop';
import { decided, followed, found, thumb, unreached, withServer } from '../plan/organization';
import { type Bed, type Given, openBed } from './runBed';

/** Runs everything that may run, what is run by itself included, but for the kinds in `skip`. */
async function runAll(bed: Bed, skip: readonly StepKind[] = []): Promise<RunOutcome> {
  for (;;) {
    const outcome = await bed.run();
    const open = bed.situation().plan.phases.flatMap(({ steps }) => steps);
    const next = open.find((step) => !skip.includes(step.kind) && stepState(step, bed.situation()).state === 'ready');
    if (next === undefined || stopSorts[outcome.stop.stop] !== 'idle') return outcome;
    const one = await bed.run({ scope: 'step', id: next.id });
    if (stopSorts[one.stop.stop] !== 'idle') return one;
  }
}

const notContinued = followed.filter(({ question }) => question !== 'continue:after-canary');

/** Runs one step of a kind, whatever else may run. */
const runOne =
  (kind: StepKind, prepare: (bed: Bed) => void = () => undefined, given: Given = {}) =>
  async (): Promise<RunOutcome> => {
    const bed = openBed(given);
    prepare(bed);
    return bed.run({ scope: 'step', id: bed.step(kind).id });
  };

/** From now on nothing may begin, once it is read. */
function held({ port: { rotation } }: Bed, why: HeldBy): void {
  const { known, refresh } = rotation;
  rotation.refresh = async () => {
    await refresh();
    rotation.known = () => ({ ...known()!, mayBegin: why });
  };
}

/** Every reason to stop, by what brings it about. */
const drives: Readonly<Record<StopKind, () => Promise<RunOutcome>>> = {
  'nothing-to-do': async () => {
    const bed = openBed();
    await runAll(bed);
    return bed.run();
  },
  'already-running': async () => {
    const bed = openBed();
    let second: RunOutcome | undefined;
    bed.port.confirm = async () => {
      second ??= await bed.run();
      return false;
    };
    await bed.run();
    assert.ok(second !== undefined);
    return second;
  },
  'rotation-closed': runOne('back-up', ({ port }) => (port.rotation.known = () => undefined)),
  'changed-elsewhere': runOne('back-up', (bed) => held(bed, 'config-changed')),
  'waits-for-step': runOne('import'),
  'waits-for-question': async () => {
    const bed = openBed({ decisions: [] });
    await bed.run();
    return bed.run();
  },
  'waits-for-continue': async () => {
    const bed = openBed({ decisions: notContinued });
    await bed.run();
    return bed.run({ scope: 'phase', phase: 'cutover', server: 'SERVER2' });
  },
  'waits-for-check': async () => {
    const bed = openBed({ observeDays: 3 });
    await runAll(bed);
    return bed.run({ scope: 'step', id: bed.step('observe').id });
  },
  'blocked-by-check': async () => {
    const down = withServer(found(), 'SERVER3', unreached);
    const bed = openBed({ found: down, decisions: [...followed, ...decided({ 'defer:SERVER3': 'yes' })] });
    await runAll(bed);
    return bed.run({ scope: 'step', id: bed.step('send-connector').id });
  },
  'blocked-by-step': async () => {
    const bed = openBed();
    bed.ends.set('import', { error: 'no' });
    await bed.run();
    return bed.run({ scope: 'step', id: bed.step('import', 'SERVER2').id });
  },
  'stopped-before': async () => {
    const bed = openBed();
    bed.ends.set('import', { error: 'no' });
    await bed.run();
    return bed.run({ scope: 'step', id: bed.step('import', 'SERVER1').id });
  },
  'only-by-itself': async () => {
    const bed = openBed();
    await runAll(bed, ['remove']);
    return bed.run();
  },
  'begun-once': async () => {
    const bed = openBed();
    // its end is older than what was found: it may begin again
    bed.port.rotation.journal = () => Promise.resolve();
    bed.port.probe = () => Promise.resolve([{} as never]);
    return bed.run({ scope: 'step', id: bed.step('probe').id });
  },
  declined: runOne('back-up', ({ port }) => (port.confirm = () => Promise.resolve(false))),
  'not-run-by-us': async () => {
    const bed = openBed();
    const { plan } = bed.situation();
    const known = bed.port.rotation.known()!;
    const withoutScripts = {
      ...plan,
      phases: plan.phases.map((phase) => ({
        ...phase,
        steps: phase.steps.map((step) => ({ ...step, script: null })),
      })),
    };
    bed.port.rotation.known = () => ({ ...known, situation: { ...known.situation, plan: withoutScripts } });
    return bed.run({ scope: 'step', id: bed.step('back-up').id });
  },
  'script-differs': runOne('back-up', (bed) => bed.disk.set(bed.step('back-up').script!, 'planted')),
  'no-run-folder': runOne('back-up', ({ port }) => {
    const { free } = port.terminal;
    port.terminal.free = async () => {
      const terminal = await free();
      return terminal && { ...terminal, makeFolder: () => Promise.resolve({ refused: 'others can write to it' }) };
    };
  }),
  'copy-missing': runOne(
    'back-up',
    ({ port }) => (port.terminal.givenFiles = () => Promise.resolve({ missing: '/keys/copy.pfx' })),
  ),
  'no-terminal': runOne('back-up', ({ port }) => (port.terminal.free = () => Promise.resolve(undefined))),
  'no-observation': runOne('probe', ({ port }) => (port.probe = () => Promise.resolve([]))),
  'not-converted': runOne('convert', ({ port }) => (port.convert = () => Promise.resolve(undefined))),
  'other-certificate': runOne('convert', ({ port }) => (port.convert = () => Promise.resolve(thumb('9')))),
  'step-failed': runOne('back-up', ({ ends }) => ends.set('back-up', { error: 'Access is denied' })),
  'outcome-unknown': runOne('probe', ({ port }) => {
    const { journal } = port.rotation;
    // another window's word: begun, and no end of it
    port.rotation.journal = (events) =>
      journal(events.map((event) => ('step' in event ? { event: 'run', step: event.step, script: '' } : event)));
    port.probe = () => Promise.resolve([{} as never]);
  }),
  'terminal-closed': runOne('back-up', ({ ends }) => ends.set('back-up', 'terminal-closed')),
  interrupted: runOne('back-up', ({ ends }) => ends.set('back-up', 'interrupted')),
  'given-up': runOne('back-up', ({ ends }) => ends.set('back-up', 'given-up')),
};

describe('a run stops', () => {
  for (const [stop, drive] of Object.entries(drives)) {
    it(`as ${stop}, and begins nothing where it says so`, async () => {
      const outcome = await drive();
      assert.equal(outcome.stop.stop, stop);
      assert.equal(outcome.begun.length > 0, stopSorts[outcome.stop.stop] === 'ended' || stop === 'begun-once');
    });
  }
});

describe('a run of a rotation that is changed elsewhere', () => {
  const moments: Readonly<Record<string, (bed: Bed, change: () => void) => void>> = {
    'while a person is asked': ({ port }, change) =>
      (port.confirm = () => {
        change();
        return Promise.resolve(true);
      }),
    'while the terminal is made free': ({ port: { terminal } }, change) => {
      const { free } = terminal;
      terminal.free = () => {
        change();
        return free();
      };
    },
  };
  for (const [moment, at] of Object.entries(moments))
    for (const why of ['config-changed', 'written-elsewhere', 'owes-snapshot', 'locked'] as const)
      it(`${moment} begins nothing and expects nothing: ${why}`, async () => {
        const bed = openBed();
        let expected = 0;
        bed.port.rotation.expect = () => Promise.resolve(void (expected += 1));
        at(bed, () => held(bed, why));
        const outcome = await bed.run({ scope: 'step', id: bed.step('back-up').id });
        assert.deepEqual(outcome, { begun: [], stop: { stop: 'changed-elsewhere', why } });
        assert.deepEqual([bed.happened, expected], [[], 0]);
      });

  it('while what the plan says is written runs the step that was begun, and no other', async () => {
    const bed = openBed();
    const { publish } = bed.port.rotation;
    bed.port.rotation.publish = async () => {
      await publish();
      held(bed, 'written-elsewhere');
    };
    const { begun, stop } = await bed.run();
    assert.deepEqual([begun.length, stop.stop], [1, 'changed-elsewhere']);
  });
});

describe('a run', () => {
  it('brings the whole plan to its end, one step after another', async () => {
    const bed = openBed();
    assert.deepEqual((await runAll(bed)).stop, { stop: 'nothing-to-do' });
    assert.deepEqual(
      bed.situation().plan.phases.flatMap(({ steps }) => steps),
      [],
    );
    const typed = bed.happened.filter((one) => one.startsWith('type'));
    const told = bed.happened.filter((one) => one.startsWith('run'));
    assert.equal(typed.length, told.length);
  });

  it('begins nothing after a step that failed, and tells the error of its result', async () => {
    const bed = openBed();
    bed.ends.set('import', { error: 'Access is denied' });
    const { begun, stop } = await bed.run();
    assert.equal(begun.at(-1)?.kind, 'import');
    assert.ok(stop.stop === 'step-failed');
    assert.equal(stop.error?.message, 'Access is denied');
    assert.equal(bed.happened.filter((one) => one === 'type import').length, 1);
  });

  it('fails a step whose result says done and whose check does not hold, without an error', async () => {
    const bed = openBed();
    bed.ends.set('import', 'no-effect');
    const { stop } = await bed.run();
    assert.ok(stop.stop === 'step-failed');
    assert.equal(stop.error, null);
    assert.ok('check' in stop.state);
  });

  it('goes on where the result came though the person waits no longer', async () => {
    const bed = openBed();
    const { free } = bed.port.terminal;
    bed.port.terminal.free = async () => {
      const terminal = await free();
      return terminal && { ...terminal, run: async (call) => (await terminal.run(call), 'given-up') };
    };
    assert.equal((await bed.run({ scope: 'phase', phase: 'check' })).stop.stop, 'nothing-to-do');
  });

  it('journals a run before its line is typed, and that its end is not known where no result came', async () => {
    const bed = openBed();
    bed.ends.set('back-up', 'terminal-closed');
    await bed.run({ scope: 'step', id: bed.step('back-up').id });
    assert.deepEqual(bed.happened, ['run back-up', 'type back-up', 'result back-up']);
  });

  it('starts what was compared, though the script in the rotation’s folder is replaced once its run is told', async () => {
    const bed = openBed();
    const step = bed.step('back-up');
    const { journal } = bed.port.rotation;
    bed.port.rotation.journal = (events) => {
      bed.disk.set(step.script!, 'planted');
      return journal(events);
    };
    await bed.run({ scope: 'step', id: step.id });
    assert.deepEqual(bed.ran, [step.id]);
  });

  it('starts a signed script with its signature block, and an unsigned one as it is rendered', async () => {
    const bed = openBed();
    const step = bed.step('back-up');
    const signed = `${step.id}\r\n# SIG # Begin signature block\r\n# MIIF\r\n# SIG # End signature block\r\n`;
    bed.disk.set(step.script!, signed);
    await bed.run({ scope: 'step', id: step.id });
    const other = bed.step('back-up', 'SERVER2');
    bed.disk.set(other.script!, `${other.id}\n\n`);
    await bed.run({ scope: 'step', id: other.id });
    assert.deepEqual(bed.ran, [signed, other.id]);
  });

  it('waits for what is to be presented only after a change', async () => {
    const bed = openBed();
    const planned: (Thumbprint | undefined)[] = [];
    const { probe } = bed.port;
    bed.port.probe = (step, thumbprint) => {
      planned.push(thumbprint);
      return probe(step, thumbprint);
    };
    await bed.run({ scope: 'phase', phase: 'check' });
    assert.deepEqual(new Set(planned), new Set([undefined]));
    await bed.run();
    assert.ok(planned.at(-1) !== undefined);
  });

  it('may be asked for again after one that was refused or threw', async () => {
    const bed = openBed();
    bed.port.confirm = () => Promise.reject(new Error('the dialog broke'));
    await assert.rejects(bed.run(), /the dialog broke/);
    bed.port.confirm = () => Promise.resolve(false);
    assert.equal((await bed.run()).stop.stop, 'declined');
  });
});
