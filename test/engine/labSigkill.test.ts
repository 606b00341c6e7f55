// Real SIGKILLs leave what the debugger's kill leaves: a few, held against the kill that thousands of runs use.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { connectLab, labProgram, outboundName, sampleOrganization, startLab, type Lab } from '../lab/organization';
import { type LabState } from '../lab/state';

describe('a real SIGKILL', () => {
  let lab: Lab;
  let data = '';
  before(async function () {
    this.timeout(300_000);
    data = await mkdtemp(path.join(tmpdir(), 'lab-kill-'));
    lab = await startLab({ data, loopback: `127.${20 + (process.pid % 200)}.77`, state: withoutListeners() });
  });
  after(async () => {
    await lab.stop();
    await rm(data, { recursive: true });
  });

  /** What stays: the organization without what differs by the run, and the file. */
  const left = async (file: string) => {
    const state = await lab.state();
    return {
      log: (await lab.log()).map(({ what, server, detail }) => [what, server, detail]),
      open: await lab.call('session.list'),
      connectors: state.sendConnectors,
      file: await readFile(file, 'utf8').catch(() => null),
    };
  };
  const text = (
    file: string,
  ) => `$s = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://server2.mydomain.com/PowerShell/
$null = Import-PSSession $s
try {
  Set-PopSettings -Server SERVER1 -X509CertificateName pop.mydomain.com
  Set-Content '${file}' 'begun'
  Set-SendConnector '${outboundName}' -Enabled $false
  Set-ImapSettings -Server SERVER1 -X509CertificateName imap.mydomain.com
  Set-Content '${file}' 'ended'
} finally {
  Set-PopSettings -Server SERVER1 -X509CertificateName www.mydomain.com
  Remove-PSSession $s
}
`;

  for (const operation of ['Set-PopSettings', 'Set-SendConnector', 'Set-ImapSettings']) {
    it(`while ${operation} is on its way leaves what the kill inside it leaves`, async function () {
      this.timeout(60_000);
      const file = path.join(data, 'file.txt');
      await lab.call('state.reset');
      await rm(file, { force: true });
      await lab.call('fault.set', { operation, slowMs: 600_000, times: 1 });
      const killed = await sigkill(text(file), operation);
      assert.equal(killed, 'SIGKILL');
      await sessionsClosed();
      const real = await left(file);

      await lab.call('state.reset');
      await rm(file, { force: true });
      await lab.call('fault.set', { operation, kill: true, times: 1 });
      const engine = spawnEngine();
      const { outcome } = await engine.run(text(file));
      await engine.close();
      await sessionsClosed();
      assert.equal(outcome, 'killed');
      assert.deepEqual(await left(file), real);
    });
  }

  /** Runs the script in a process of its own and kills that as soon as the operation waits. */
  async function sigkill(script: string, operation: string): Promise<NodeJS.Signals | null> {
    const engine = spawnEngine();
    void engine.run(script).catch(() => undefined);
    const watcher = await connectLab(data);
    await watcher.call('fault.wait', { operation });
    watcher.close();
    return engine.kill();
  }

  /** The lab closes the sessions of a client that vanished when it notices. */
  async function sessionsClosed(): Promise<void> {
    while (((await lab.call('session.list')) as unknown[]).length > 0) {
      // asked again: each question is an answer's way long
    }
  }

  function spawnEngine() {
    const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
    const child = spawn(labProgram(), ['engine'], { stdio: ['pipe', 'pipe', 'inherit'], env });
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('close', (_code, signal) => resolve(signal)),
    );
    return {
      run: (script: string) =>
        new Promise<{ outcome: string }>((resolve, reject) => {
          let told = '';
          child.stdout.on('data', (chunk: Buffer) => {
            told += chunk.toString();
            if (told.endsWith('\n')) {
              resolve((JSON.parse(told) as { result: { outcome: string } }).result);
            }
          });
          child.once('close', () => reject(new Error('the engine ended')));
          child.stdin.write(`${JSON.stringify({ op: 'run', id: 1, data, kind: 'workstation', script })}\n`);
        }),
      kill: () => {
        child.kill('SIGKILL');
        return ended;
      },
      close: () => {
        child.stdin.end();
        return ended;
      },
    };
  }
});

function withoutListeners(): LabState {
  const state = sampleOrganization();
  for (const server of state.servers) {
    delete server.address;
  }
  return state;
}
