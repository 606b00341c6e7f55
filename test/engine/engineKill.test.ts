// A kill at any statement: nothing after it runs, on either side, `finally` neither.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleOrganization } from '../lab/sample';
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

  it('leaves behind what a watched run tells: the same between two statements at which something was new', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'watch-'));
    const text = `${server1}$file = '${folder}/a'\n$x = 1\nSet-Content $file 'a'\n$y = 2\nInvoke-Command $server { Stop-Service MSExchangePOP3 }\n$z = 3\n`;
    const fresh = async () => {
      const organization = await lab.engine.newOrganization(sampleOrganization());
      return { organization, kind: 'workstation', script: text } as const;
    };
    const left = async (killAt: number) => {
      await rm(path.join(folder, 'a'), { force: true });
      const run = await fresh();
      await lab.engine.run({ ...run, killAt });
      const log = (await lab.engine.call(run.organization, 'log.get')) as readonly unknown[];
      await lab.engine.dropOrganization(run.organization);
      return [log.length, (await readdir(folder)).length];
    };
    const watched = await lab.engine.run({ ...(await fresh()), watch: [folder] });
    assert.equal(watched.changedAt?.length, 2);
    const seen: unknown[] = [];
    for (let killAt = 1; killAt <= (watched.statements ?? 0); killAt++) {
      const now = await left(killAt);
      const isNew = killAt > 1 && JSON.stringify(now) !== JSON.stringify(seen.at(-1));
      assert.equal(isNew, watched.changedAt.includes(killAt), `at ${String(killAt)}`);
      seen.push(now);
    }
    await rm(folder, { recursive: true });
  });

  it('does not count the statements inside the simulated cmdlets', async () => {
    const place = { kind: 'managementShell', server: 'SERVER1', count: true } as const;
    const one = await lab.run('$x = 1', place);
    const other = await lab.run('$x = Get-ExchangeServer', place);
    assert.equal(other.statements, one.statements);
  });
});
