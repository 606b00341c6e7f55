// Each column of the table of step kinds, kind by kind, so that no row changes by mistake.
import assert from 'node:assert/strict';
import { checkKinds } from '../../src/model/checkKinds';
import { phaseOrder, phases } from '../../src/model/phases';
import { stepKinds } from '../../src/model/stepKinds';

type Row = (typeof stepKinds)[keyof typeof stepKinds];

/** The kinds whose row is `is`, in the alphabet. */
function kindsThat(is: (row: Row) => boolean): readonly string[] {
  return Object.entries(stepKinds)
    .filter(([, row]) => is(row))
    .map(([kind]) => kind)
    .sort();
}

describe('the table of step kinds', () => {
  const cases: readonly [claim: string, is: (row: Row) => boolean, kinds: readonly string[]][] = [
    [
      'a person confirms what ends a way back, and what a person does',
      ({ confirmed }) => confirmed,
      ['delete-copies', 'hybrid-configuration', 'remove', 'take-back-import'],
    ],
    [
      'what changes a server or a connector is not retriable',
      ({ retriable }) => !retriable,
      [
        'enable-services',
        'import',
        'receive-connector',
        'recycle-iis',
        'remove',
        'restart-services',
        'restore-internal-transport-certificate',
        'send-connector',
        'set-friendly-name',
        'take-back-import',
      ],
    ],
    ['the extension does what needs no server', ({ by }) => by === 'extension', ['convert', 'probe']],
    ['nobody does what ends by itself', ({ by }) => by === 'nobody', ['observe', 'other-servers']],
    ['the PFX goes to the import alone', ({ given }) => given === 'pfx', ['import']],
    [
      'the key folder goes to what writes, checks or deletes keys',
      ({ given }) => given === 'key-folder',
      ['back-up', 'delete-copies', 'remove'],
    ],
    [
      'clients of a server see what three kinds change',
      ({ cutsOver }) => cutsOver === 'server',
      ['enable-services', 'recycle-iis', 'restart-services'],
    ],
    [
      'every other kind that clients notice is alone in what it changes',
      ({ cutsOver }) => cutsOver !== null && cutsOver !== 'server',
      [
        'hybrid-configuration',
        'receive-connector',
        'remove',
        'restore-internal-transport-certificate',
        'send-connector',
      ],
    ],
    ['one kind repairs', ({ repairs }) => repairs === true, ['restore-internal-transport-certificate']],
    ['one kind waits for no step', ({ restsOn }) => restsOn === null, ['other-servers']],
  ];
  for (const [claim, is, kinds] of cases) it(`says that ${claim}`, () => assert.deepEqual(kindsThat(is), kinds));

  it('ties each kind to those of its phase that must end before it, which have a lower place', () => {
    const ties = Object.entries(stepKinds).flatMap(([kind, { restsOn }]) =>
      restsOn === null || restsOn.length === 0 ? [] : [`${kind}: ${restsOn.join(', ')}`],
    );
    assert.deepEqual(ties, [
      'import: back-up, take-back-import, convert',
      'set-friendly-name: back-up, import',
      'wait-for-replication: send-connector, hybrid-configuration',
      'watch-queues: send-connector, wait-for-replication',
      'remove: probe',
      'delete-copies: probe, remove',
    ]);
    for (const [kind, { restsOn, phases: own, place }] of Object.entries(stepKinds)) {
      for (const other of restsOn ?? []) {
        assert.ok(
          stepKinds[other].phases.some((phase) => own.includes(phase)),
          `${kind} and ${other} have no phase in common`,
        );
        // a probe is planned after a removal only where the removal is done
        assert.ok(other === 'probe' || stepKinds[other].place < place, `${other} comes after ${kind}`);
      }
    }
  });

  it('gives each kind a phase and a place, which names of script files are made of', () => {
    const placed = Object.entries(stepKinds).map(
      ([kind, row]) => `${row.phases.join('|')} ${String(row.place)} ${kind}`,
    );
    assert.deepEqual(placed, [
      'check 10 take-snapshot',
      'check|cutover|remove 90 probe',
      'stage 10 back-up',
      'stage 15 convert',
      'stage 18 take-back-import',
      'stage 20 import',
      'stage 30 set-friendly-name',
      'cutover 10 restore-internal-transport-certificate',
      'cutover 20 enable-services',
      'cutover 30 restart-services',
      'cutover 40 recycle-iis',
      'cutover 50 receive-connector',
      'organization 10 send-connector',
      'organization 20 hybrid-configuration',
      'organization 30 wait-for-replication',
      'organization 40 watch-queues',
      'observe 10 observe',
      'remove 10 remove',
      'remove 95 delete-copies',
      'remove 97 other-servers',
    ]);
  });
});

describe('the table of phases', () => {
  it('lets one server end before the next where clients notice', () =>
    assert.deepEqual(
      phaseOrder.filter((phase) => phases[phase].serverByServer),
      ['cutover', 'remove'],
    ));
  it('holds back all that is in use while a question is open', () =>
    assert.deepEqual(
      phaseOrder.filter((phase) => phases[phase].heldByQuestions),
      ['cutover', 'organization', 'observe', 'remove'],
    ));
});

describe('the table of check kinds', () => {
  const checks = Object.entries(checkKinds);
  it('says that decisions and time come by themselves', () =>
    assert.deepEqual(
      checks.filter(([, { comesByItself }]) => comesByItself).map(([check]) => check),
      ['days-passed', 'decided'],
    ));
  it('says that what an endpoint presents proves a cutover', () =>
    assert.deepEqual(
      checks.filter(([, { provesCutover }]) => provesCutover).map(([check]) => check),
      ['presents'],
    ));
});
