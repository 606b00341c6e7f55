// How the scripts reach Exchange: which server, by whose session, and what is said where it can't be had.
import assert from 'node:assert/strict';
import { type Step } from '../../src/model/plan';
import { type StepResult } from '../../src/model/result';
import { renderStep } from '../../src/powershell/renderStep';
import { startEngine } from '../lab/engine';
import { installExchangeTools } from '../lab/remoteExchange';
import { sampleOrganization } from '../lab/sample';
import { type LabState } from '../lab/state';
import { openBed, type RunOptions, snapshotText, type ScriptBed, type ScriptRun } from './scriptBed';
import { stepOf } from './scriptSteps';

const first = 'http://server2.mydomain.com/PowerShell/';
const second = 'http://server1.mydomain.com/PowerShell/';
/** A session for work by hand on SERVER2, imported into the terminal. */
const byHand = `$hand = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri ${first} -Authentication Kerberos
$null = Import-PSSession -Session $hand -DisableNameChecking`;

describe('a script that connects to Exchange', function () {
  this.timeout(120_000);
  const engine = startEngine();
  let bed: ScriptBed;
  afterEach(() => bed.close());
  after(() => engine.close());

  const begin = async (change: (state: LabState) => void = () => undefined): Promise<void> => {
    const state = sampleOrganization();
    change(state);
    bed = await openBed(engine, state);
  };
  const snapshot = (options?: RunOptions): Promise<ScriptRun> => bed.runText(snapshotText(bed), options);
  const means = (result: StepResult | null): string | null | undefined => result?.after?.snapshot?.means.exchange;
  /** The error of a snapshot that failed. */
  const failure = async (): Promise<string> => {
    const { result } = await snapshot();
    assert.deepEqual([result?.outcome, result?.after], ['failed', null]);
    return result?.error?.message ?? '';
  };
  /** Recycles a server's application pools. */
  const recycle = (server: string): Step =>
    stepOf('recycle-iis', { target: { server }, thumbprint: bed.newThumbprint, how: 'recycle' });
  /** A step of SERVER1 whose script has these addresses, as after a server took another's name. */
  const onServer1 = (...addresses: readonly string[]): Promise<ScriptRun> => {
    const text = renderStep(recycle('SERVER1'), bed.context)!;
    const planted = text.replace(/^\$exchange = .*$/m, `$exchange = @('${addresses.join("', '")}')`);
    assert.notEqual(planted, text);
    return bed.runText(planted);
  };

  describe('where Exchange’s tools are installed', () => {
    const withTools = async (change?: (state: LabState) => void): Promise<ScriptRun> => {
      await begin(change);
      const session = await bed.terminal();
      await session.run({ script: await installExchangeTools(bed.folder) });
      const ran = await snapshot({ session, answers: ['server1.mydomain.com'] });
      await session.close();
      return ran;
    };
    for (const [what, change, expected] of [
      ['connects by itself, past an error that the tools tolerate', undefined, `endpoint ${first}`],
      [
        'goes to the next address where the first is down, and asks nobody for a name',
        (state: LabState) => (state.servers[1]!.down = true),
        `endpoint ${second}`,
      ],
    ] as const) {
      it(what, async () => {
        const { result, prompts } = await withTools(change);
        assert.deepEqual([result?.outcome, prompts, means(result)], ['done', [], expected]);
      });
    }

    it('fails where access is denied at every address, and asks nobody for a name', async () => {
      const { result, prompts } = await withTools(
        (state) => (state.settings = { accounts: { 'CONTOSO\\other': 'x' } }),
      );
      assert.deepEqual([result?.outcome, prompts], ['failed', []]);
      assert.match(result?.error?.message ?? '', /server2.*Access is denied.*RemotePowerShellEnabled.*server1.*Access/);
    });
  });

  it('says of too many connections which server refused, and the remedy', async () => {
    await begin((state) => (state.settings = { sessionLimit: 1 }));
    const session = await bed.terminal();
    await session.run({ script: byHand.split('\n')[0]!.replace('server2', 'server1') });
    await session.run({ script: byHand.split('\n')[0]! });
    const { result } = await snapshot({ session });
    await session.close();
    assert.match(
      result?.error?.message ?? '',
      /server2.*MaxConcurrency.*close the other shells.*server1.*MaxConcurrency/,
    );
  });

  it('says of a server with too many shells what the remedy is', async () => {
    await begin((state) => (state.settings = { sessionLimit: 1 }));
    const session = await bed.terminal();
    await session.run({ script: '$null = New-PSSession -ComputerName server3.mydomain.com' });
    const { result } = await snapshot({ session });
    await session.close();
    const row = result?.after?.snapshot?.servers.find(({ name }) => name === 'SERVER3');
    assert.match(row?.reached.problem ?? '', /server3.*concurrent shells.*close the other shells/);
  });

  it('says of the computer it runs on that access needs an elevated shell', async () => {
    await begin((state) => (state.settings = { accounts: { 'CONTOSO\\other': 'x' } }));
    const session = await bed.terminal();
    await session.run({ script: "$env:COMPUTERNAME = 'SERVER2'" });
    const { result } = await snapshot({ session });
    await session.close();
    assert.match(
      result?.error?.message ?? '',
      /server2[^:]*:.*as administrator.*server1[^:]*:.*RemotePowerShellEnabled/,
    );
  });

  it('keeps the reason of each address', async () => {
    await begin((state) => (state.servers[0]!.down = state.servers[1]!.down = true));
    assert.match(await failure(), /server2\.mydomain\.com: .*WinRM.* server1\.mydomain\.com: .*WinRM/);
  });

  describe('in a shell that has Exchange’s commands', () => {
    const inShell = async (run: (options: RunOptions) => Promise<ScriptRun>, before = 'live'): Promise<ScriptRun> => {
      const session = await bed.terminal();
      assert.deepEqual((await session.run({ script: byHand })).errors, []);
      if (before === 'dropped') await bed.call('fault.set', { drop: true });
      if (before === 'removed') await session.run({ script: 'Remove-PSSession -Session $hand' });
      const ran = await run({ session });
      await session.close();
      return ran;
    };

    it('uses its live session, and the snapshot says with which server', async () => {
      await begin();
      const { result } = await inShell(snapshot);
      assert.equal(means(result), 'management-shell server2.mydomain.com');
    });

    for (const before of ['dropped', 'removed'] as const) {
      it(`makes a session anew where that of the commands was ${before}`, async () => {
        await begin();
        const { result, prompts } = await inShell(snapshot, before);
        assert.deepEqual([result?.outcome, prompts, means(result)], ['done', [], `endpoint ${first}`]);
      });
    }

    it('refuses a step on the server that the shell is connected to', async () => {
      await begin();
      const { result } = await inShell((options) => bed.run(recycle('SERVER2'), options));
      assert.deepEqual([result?.outcome, result?.changed], ['failed', false]);
      assert.match(result?.error?.message ?? '', /connected to SERVER2, which this step changes/);
    });
  });

  describe('for a step of a server', () => {
    const [own, alias] = [second, second.replace('.mydomain.com', '')];
    it('leaves a session that leads to that server, and takes the next address', async () => {
      await begin();
      const { result, warnings } = await onServer1(own, first);
      assert.deepEqual([result?.outcome, warnings], ['done', []], JSON.stringify(result?.error));
    });

    it('fails where the other address is down, and keeps both reasons', async () => {
      await begin((state) => (state.servers[1]!.down = true));
      const { result } = await onServer1(own, first);
      assert.deepEqual([result?.outcome, result?.changed], ['failed', false]);
      assert.match(result?.error?.message ?? '', /server1.*which this step changes.*server2.*WinRM/);
    });

    it('uses that server where every address leads to it, and says so', async () => {
      await begin();
      const { result, warnings } = await onServer1(alias, own);
      assert.equal(result?.outcome, 'done', JSON.stringify(result?.error));
      assert.match(warnings.join(' '), /is SERVER1, which this step changes/);
    });
  });
});
