// Answers taken together: unknown is never success, and one server that says no is enough.
import assert from 'node:assert/strict';
import { judgeAssumptions, onlyAsked } from '../../src/evidence/judgeAssumptions';
import { type Assumption, type AssumptionAnswer, type AssumptionsTold } from '../../src/model/assumptions';
import { assumptionsMarkdown } from '../../src/folder/assumptionsMarkdown';

const asked: readonly Assumption[] = [
  { place: 'here', kind: 'command', of: 'Get-Date', name: null },
  { place: 'exchange', kind: 'property', of: 'Get-Queue', name: 'LastError' },
  { place: 'server', kind: 'parameter', of: 'Get-Acl', name: 'Path' },
];
const answer = (row: Assumption | undefined, holds: boolean | null, why: string | null = null): AssumptionAnswer => ({
  kind: row!.kind,
  of: row!.of,
  name: row!.name,
  holds,
  why,
});
const [date, queue, acl] = asked;
const server = (rows: readonly AssumptionAnswer[]): AssumptionsTold['servers'][number] => ({
  reached: rows.length > 0,
  windows: '10.0.20348',
  exchange: null,
  rows,
});
const told = (
  servers: readonly (boolean | null | 'silent')[],
  more: Partial<AssumptionsTold> = {},
): AssumptionsTold => ({
  version: 1,
  shell: '5.1',
  means: 'endpoint',
  here: [answer(date, true)],
  exchange: [answer(queue, true)],
  servers: servers.map((holds) => server(holds === 'silent' ? [] : [answer(acl, holds)])),
  ...more,
});
const verdicts = (from: AssumptionsTold): readonly string[] =>
  judgeAssumptions(asked, from).map(({ verdict }) => verdict);

describe('the answers to Check Assumptions', () => {
  const cases: readonly [title: string, told: AssumptionsTold, verdicts: readonly string[]][] = [
    ['all say yes', told([true, true]), ['holds', 'holds', 'holds']],
    ['one server says no', told([true, false]), ['holds', 'holds', 'fails']],
    ['one says no and one cannot say', told([null, false]), ['holds', 'holds', 'fails']],
    ['one server cannot say', told([true, null]), ['holds', 'holds', 'unknown']],
    ['one server did not answer', told([true, 'silent']), ['holds', 'holds', 'unknown']],
    ['there is no server', told([]), ['holds', 'holds', 'unknown']],
    ['a row was not answered', told([true], { here: [] }), ['unknown', 'holds', 'holds']],
  ];
  for (const [title, from, expected] of cases) {
    it(`${title}: ${expected.join(', ')}`, () => assert.deepEqual(verdicts(from), expected));
  }

  it('tell why something is unknown, each reason once', () => {
    const [, , row] = judgeAssumptions(asked, told(['silent', 'silent', null]));
    assert.deepEqual(row, {
      ...acl!,
      verdict: 'unknown',
      counts: { holds: 0, fails: 0, unknown: 3 },
      why: ['not-answered'],
    });
  });

  it('lose every row that was not asked, so that no name can come along', () => {
    const stray = answer({ place: 'here', kind: 'command', of: 'SERVER1.contoso.com', name: null }, true);
    const kept = onlyAsked(asked, told([true], { here: [stray, answer(date, true)], exchange: [stray] }));
    assert.doesNotMatch(JSON.stringify(kept), /SERVER1/);
    assert.deepEqual(kept.here, [answer(date, true)]);
  });

  it('are shown with what fails first, then what is unknown, and never as success where something is', () => {
    const words = (from: AssumptionsTold): string => assumptionsMarkdown(judgeAssumptions(asked, from), from);
    const failing = words(told([true, false], { exchange: [answer(queue, null, 'no-object')] }));
    assert.match(failing, /\*\*1 of 3 do not hold\.\*\*/);
    assert.ok(failing.indexOf('Does not hold') < failing.indexOf('Get-Acl -Path'));
    assert.ok(failing.indexOf('Get-Acl -Path') < failing.indexOf('Could not be asked'));
    assert.match(failing, /Get-Queue: property LastError.*there is no object to look at/);
    assert.match(words(told([true, null])), /\*\*1 could not be asked\*\*, which is not the same as holding/);
    assert.match(words(told([true, true])), /^All 3 hold\.$/m);
  });
});
