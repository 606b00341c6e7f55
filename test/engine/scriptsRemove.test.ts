// Removal behind its guard, and what holds for every step, really run.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { renderSession } from '../../src/powershell/renderSession';
import { renderStep } from '../../src/powershell/renderStep';
import { startEngine } from '../lab/engine';
import { sampleOrganization, samplePassword } from '../lab/sample';
import { type LabBinding, type LabState } from '../lab/state';
import { backupPassword } from './scriptBed';
import { succeeded, useBed } from './scriptLab';
import { stepOf } from './scriptSteps';

describe('a step’s script', function () {
  this.timeout(120_000);
  const engine = startEngine();
  const lab = useBed(engine);
  afterEach(() => lab.close());
  after(() => engine.close());

  describe('remove', () => {
    const step = (server = 'SERVER1') =>
      stepOf('remove', {
        target: { server },
        thumbprint: lab.bed.oldThumbprint,
        tlsCertificateName: lab.bed.oldName,
        replacement: lab.bed.newThumbprint,
      });
    /** An organization where nothing names A any more, except what the test puts back. */
    const unusedState = (change: (state: LabState) => void = () => undefined): LabState => {
      const state = sampleOrganization();
      const [server] = state.servers;
      server!.store.push({
        certificate: 'B',
        networkService: true,
        services: ['IMAP', 'POP', 'SMTP'],
        exportable: false,
      });
      for (const one of server!.bindings!.filter(({ port }) => port === 443))
        Object.assign(one, { iis: 'B', httpSys: 'B' });
      for (const connector of [
        ...state.sendConnectors,
        ...state.servers.flatMap((one) => one.receiveConnectors ?? []),
      ]) {
        connector.tlsCertificateName = connector.tlsCertificateName === null ? null : '@B';
      }
      state.hybrid!.tlsCertificateName = '@B';
      change(state);
      return state;
    };

    const backUp = async (server = 'SERVER1') => {
      await mkdir(lab.bed.keyFolder, { recursive: true });
      await writeFile(path.join(lab.bed.keyFolder, `${lab.bed.oldThumbprint}-${server}.pfx`), 'a backup');
    };

    it('is held where the backup is gone from the key folder, or no key folder is named', async () => {
      await lab.begin(unusedState());
      await backUp('SERVER2');
      const without = await lab.bed.run(step(), { keyFolder: null });
      const gone = await lab.bed.run(step());
      assert.deepEqual([without.result?.changed, gone.result?.changed], [false, false]);
      assert.match(without.result?.error?.message ?? '', /-KeyFolder/);
      assert.match(gone.result?.error?.message ?? '', /The backup [0-9A-F]{40}-SERVER1\.pfx is not in the key folder/);
      assert.ok(await lab.stored('SERVER1', lab.bed.oldThumbprint));
    });

    it('looks for no backup where a person accepted that there is none', async () => {
      await lab.begin(unusedState());
      const accepted = { check: 'decided', question: 'no-backup:SERVER1', answer: 'accept' } as const;
      succeeded(await lab.bed.run({ ...step(), before: [accepted] }, { keyFolder: null }));
    });

    it('removes a certificate that nothing uses, without a question', async () => {
      await lab.begin(unusedState());
      await backUp();
      const ran = await lab.bed.run(step());
      succeeded(ran);
      assert.deepEqual(ran.prompts, []);
      assert.equal(await lab.stored('SERVER1', lab.bed.oldThumbprint), undefined);
      assert.ok(await lab.stored('SERVER2', lab.bed.oldThumbprint));
      assert.equal((await lab.bed.run(step())).result?.outcome, 'nothing-to-do');
    });

    const portal = (where: Partial<LabBinding>): LabBinding => ({
      site: 'Portal',
      port: 443,
      iis: 'A',
      httpSys: 'A',
      ...where,
    });
    const uses: readonly [string, (state: LabState) => void][] = [
      ['the binding of 443', (state) => (state.servers[0]!.bindings![0]!.httpSys = 'A')],
      ['the binding of the back end', (state) => (state.servers[0]!.bindings![2]!.iis = 'A')],
      ['the second binding of the front end', (state) => (state.servers[0]!.bindings![1]!.httpSys = 'A')],
      [
        'a send connector whose source has no name of a server',
        (state) =>
          Object.assign(state.sendConnectors[0]!, {
            tlsCertificateName: '@A',
            sourceTransportServers: ['server1.mydomain.com'],
          }),
      ],
      [
        'another address on 443, whose site is not Exchange’s',
        (state) => state.servers[0]!.bindings!.push(portal({ ip: '10.0.0.5' })),
      ],
      ['a name on 443 by SNI', (state) => state.servers[0]!.bindings!.push(portal({ host: 'portal.mydomain.com' }))],
      ['the internal transport', (state) => (state.servers[0]!.internalTransport = 'A')],
      ['a receive connector', (state) => (state.servers[0]!.receiveConnectors![1]!.tlsCertificateName = '@A')],
      ['a send connector', (state) => (state.sendConnectors[0]!.tlsCertificateName = '@A')],
      ['the hybrid configuration', (state) => (state.hybrid!.tlsCertificateName = '@A')],
      ['OAuth', (state) => (state.auth = { current: 'A' })],
      ['OAuth, the next', (state) => (state.auth = { current: 'auth', next: 'A' })],
      ['federation', (state) => (state.federation = [{ name: 'Trust', certificate: 'A' }])],
      ['an unknown use: OAuth is not told', (state) => (state.settings = { deniedCmdlets: ['Get-AuthConfig'] })],
      ['an unknown use: POP is not told', (state) => (state.settings = { deniedCmdlets: ['Get-PopSettings'] })],
      [
        'an unknown use: connectors are not told',
        (state) => (state.settings = { deniedCmdlets: ['Get-ReceiveConnector'] }),
      ],
      ['the lack of the new certificate', (state) => state.servers[0]!.store.splice(4, 1)],
    ];
    for (const [what, change] of uses) {
      it(`is held by ${what}`, async () => {
        await lab.begin(unusedState(change));
        await backUp();
        const ran = await lab.bed.run(step());
        assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
        assert.ok(await lab.stored('SERVER1', lab.bed.oldThumbprint));
      });
    }
  });

  describe('any step', () => {
    const friendly = () =>
      stepOf('set-friendly-name', {
        target: { server: 'SERVER3' },
        thumbprint: lab.bed.oldThumbprint,
        friendlyName: 'x',
        previous: null,
      });

    it('fails on a server that is down, and says which', async () => {
      const state = sampleOrganization();
      state.servers[2]!.down = true;
      await lab.begin(state);
      const ran = await lab.bed.run(friendly());
      assert.equal(ran.result?.outcome, 'failed');
      assert.match(ran.result.error?.message ?? '', /SERVER3/);
    });

    it('refuses a run id that could name another file', async () => {
      await lab.begin();
      const ran = await lab.bed.run(friendly(), { run: '../../../owned' });
      assert.equal(ran.outcome, 'failed');
      assert.deepEqual(await lab.bed.results(), []);
    });

    it('refuses a session.ps1 that is not the rendered one, and takes a signed one', async () => {
      await lab.begin();
      const session = path.join(lab.bed.folder, 'scripts/session.ps1');
      const text = renderStep(friendly(), lab.bed.context)!.replace(/^. \$library$/m, '$loaded = $true\n$&');
      const after = async (change: string) => {
        await writeFile(session, change);
        return engine.run({
          organization: lab.bed.organization,
          kind: 'workstation',
          file: await written(text),
          parameters: { Run: 'aaaaaaaa' },
        });
      };
      const written = async (value: string): Promise<string> => {
        const file = path.join(lab.bed.folder, 'scripts/one.ps1');
        await writeFile(file, value);
        return file;
      };
      const changed = await after(renderSession().replace('Test-Path', 'Get-Item'));
      assert.equal(changed.outcome, 'failed');
      assert.deepEqual(await lab.bed.results(), []);
      const block = (line: string) =>
        `${renderSession()}\r\n# SIG # Begin signature block\r\n${line}\r\n# SIG # End signature block\r\n`;
      const planted = await after(block('#requires -Modules Planted'));
      assert.match(JSON.stringify(planted.errors), /session\.ps1 is not the file/);
      assert.deepEqual(await lab.bed.results(), []);
      const signed = await after(block('# MIIab'));
      assert.deepEqual([signed.outcome, (await lab.bed.results()).length], ['completed', 1]);
    });

    it('writes no secret into its result, its text or the terminal', async () => {
      await lab.begin();
      const runs = [
        await lab.bed.run(lab.importStep('SERVER1'), { answers: [samplePassword] }),
        await lab.bed.run(stepOf('back-up', { target: { server: 'SERVER1' }, thumbprint: lab.bed.oldThumbprint }), {
          answers: [backupPassword, backupPassword],
        }),
      ];
      const results = await Promise.all(
        (await lab.bed.results()).map((name) => readFile(path.join(lab.bed.folder, 'results', name), 'utf8')),
      );
      const scripts = await Promise.all(runs.map((ran) => readFile(ran.script, 'utf8')));
      const all = [...results, ...scripts, ...runs.flatMap((ran) => [ran.hostText, ...ran.output])].join('\n');
      assert.ok(results.length === 2 && all.includes(lab.bed.newThumbprint));
      for (const secret of [samplePassword, backupPassword]) {
        for (const encoded of [
          secret,
          Buffer.from(secret, 'utf16le').toString(),
          Buffer.from(secret).toString('base64'),
        ]) {
          assert.ok(!all.includes(encoded));
        }
      }
    });
  });
});
