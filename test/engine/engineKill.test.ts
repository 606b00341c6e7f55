// A kill at any statement: nothing after it runs, on either side, `finally` neither.
import assert from 'node:assert/strict';
import { sampleEngine, server1 } from './sampleEngine';

const script = `${server1}function Write-Step([string]$text) {
  Write-Host $text
}
try {
  Write-Step 'a'
  Invoke-Command $server {
    Write-Host 'b'
    try {
      Write-Host 'c'
    }
    finally {
      Write-Host 'd'
    }
  }
  Write-Step 'e'
}
finally {
  Write-Host 'f'
}
Write-Host 'g'
`;

describe('a killed run', () => {
  const lab = sampleEngine();

  it('without a kill prints everything and counts its statements', async () => {
    const { hostText, statements, outcome } = await lab.run(script, { count: true });
    assert.equal(hostText.replaceAll('\n', ''), 'abcdefg');
    assert.equal(outcome, 'completed');
    assert.ok(statements !== null && statements >= 12, `${String(statements)} statements`);
  });

  it('at every statement prints a beginning of the whole, one letter at most more each time', async function () {
    this.timeout(60_000);
    const { statements } = await lab.run(script, { count: true });
    const printed: string[] = [];
    for (let killAt = 1; killAt <= (statements ?? 0); killAt++) {
      const result = await lab.run(script, { killAt });
      assert.equal(result.outcome, 'killed', `at ${killAt}`);
      assert.equal(result.statements, killAt);
      printed.push(result.hostText.replaceAll('\n', ''));
    }
    for (const text of printed) {
      assert.ok('abcdefg'.startsWith(text), text);
    }
    assert.deepEqual([...new Set(printed)], ['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef']);
  });

  it('changes nothing in the organization any more', async () => {
    const before = await lab.engine.call(lab.organization, 'session.list');
    await lab.run(`try { $x = 1; $y = 2 } finally { New-PSSession server1.mydomain.com }`, { killAt: 2 });
    assert.deepEqual(await lab.engine.call(lab.organization, 'session.list'), before);
  });

  it('does not count the statements inside the simulated cmdlets', async () => {
    const place = { kind: 'managementShell', server: 'SERVER1', count: true } as const;
    const one = await lab.run('$x = 1', place);
    const other = await lab.run('$x = Get-ExchangeServer', place);
    assert.equal(other.statements, one.statements);
  });
});
