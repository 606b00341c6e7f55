// Import and back-up, really run: what they change, what they write, what they refuse.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { renderStep } from '../../src/powershell/renderStep';
import { startEngine } from '../lab/engine';
import { sampleOrganization, samplePassword } from '../lab/sample';
import { opensslPfx } from '../lab/sampleWorkspace';
import { backupPassword, labPfx } from './scriptBed';
import { succeeded, useBed } from './scriptLab';
import { stepOf } from './scriptSteps';

const csp = 'Microsoft RSA SChannel Cryptographic Provider';

describe('a step’s script', function () {
  this.timeout(120_000);
  const engine = startEngine();
  const lab = useBed(engine);
  afterEach(() => lab.close());
  after(() => engine.close());

  describe('import', () => {
    it('imports the original by Exchange, not exportable, with a key Exchange can use', async () => {
      await lab.begin();
      const ran = await lab.bed.run(lab.importStep('SERVER1'), { answers: [samplePassword] });
      succeeded(ran);
      assert.deepEqual([ran.result?.server, ran.result?.changed], ['SERVER1', true]);
      const entry = await lab.stored('SERVER1', lab.bed.newThumbprint);
      assert.deepEqual([entry?.hasPrivateKey, entry?.exportable], [true, false]);
      const row = ran.result?.after?.servers?.[0]?.certificates?.find(
        (one) => one.thumbprint === lab.bed.newThumbprint,
      );
      assert.equal(row?.provider, csp);
      assert.deepEqual(
        ran.prompts.map(({ kind }) => kind),
        ['secret'],
      );
    });

    it('has nothing to do where the certificate is, and asks no password', async () => {
      await lab.begin();
      await lab.importNew('SERVER1');
      const ran = await lab.bed.run(lab.importStep('SERVER1'));
      assert.deepEqual([ran.result?.outcome, ran.result?.changed, ran.prompts], ['nothing-to-do', false, []]);
    });

    it('asks the password once in a terminal', async () => {
      await lab.begin();
      const session = await lab.bed.terminal();
      succeeded(await lab.bed.run(lab.importStep('SERVER1'), { session, answers: [samplePassword] }));
      const second = await lab.bed.run(lab.importStep('SERVER2'), { session });
      await session.close();
      succeeded(second);
      assert.deepEqual(second.prompts, []);
    });

    it('forgets a wrong password, changes nothing, and asks again', async () => {
      await lab.begin();
      const session = await lab.bed.terminal();
      const wrong = await lab.bed.run(lab.importStep('SERVER1'), { session, answers: ['not it'] });
      assert.deepEqual([wrong.result?.outcome, wrong.result?.changed], ['failed', false]);
      assert.notEqual(wrong.result?.error, null);
      assert.equal(await lab.stored('SERVER1', lab.bed.newThumbprint), undefined);
      const again = await lab.bed.run(lab.importStep('SERVER1'), { session, answers: [samplePassword] });
      await session.close();
      succeeded(again);
    });

    it('forgets the password after the last import', async () => {
      await lab.begin();
      const session = await lab.bed.terminal();
      const step = lab.importStep('SERVER1');
      const text = renderStep(step, { ...lab.bed.context, lastImport: step.id })!;
      succeeded(await lab.bed.runText(text, { session, answers: [samplePassword] }));
      const left = await session.run({ script: '@(Get-Variable -Name ExchangeCertificates* -Scope Global).Count' });
      await session.close();
      assert.deepEqual(left.objects, [0]);
    });

    it('fails on Windows Server 2016 with an AES-256 file, and leaves no trace there', async () => {
      await lab.begin();
      const ran = await lab.bed.run(lab.importStep('SERVER4'), { answers: [samplePassword] });
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
      assert.equal(await lab.stored('SERVER4', lab.bed.newThumbprint), undefined);
    });

    it('imports the converted copy there', async () => {
      await lab.begin();
      await lab.importNew('SERVER4');
      assert.equal((await lab.stored('SERVER4', lab.bed.newThumbprint))?.hasPrivateKey, true);
    });

    it('imports by Windows as in the runbook, and leaves no file on the server', async () => {
      await lab.begin({ ...sampleOrganization(), settings: { importPfxProvider: 'csp' } });
      succeeded(await lab.bed.run(lab.importStep('SERVER1', 'original', 'pki'), { answers: [samplePassword] }));
      const { path: folder } = (await lab.bed.call('server.folder', { server: 'SERVER1' })) as { path: string };
      const left = await readdir(folder, { recursive: true, withFileTypes: true });
      assert.deepEqual(
        left.filter((entry) => entry.isFile() && path.basename(entry.parentPath) !== 'MachineKeys'),
        [],
      );
    });

    it('says where a broken session leaves the file, and the next run removes it', async () => {
      await lab.begin({ ...sampleOrganization(), settings: { importPfxProvider: 'csp' } });
      const step = lab.importStep('SERVER1', 'original', 'pki');
      const text = renderStep(step, lab.bed.context)!;
      const broken = text.replace(
        'Invoke-Command -Session $session -ArgumentList $copy, $secret',
        '$session | Remove-PSSession; $&',
      );
      const ran = await lab.bed.runText(broken, { answers: [samplePassword] });
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
      const name = /The PFX may still lie on the server as (ExchangeCertificates-\S+\.pfx), in/.exec(
        ran.result?.error?.message ?? '',
      )?.[1];
      assert.ok(name !== undefined, ran.result?.error?.message);
      const { path: folder } = (await lab.bed.call('server.folder', { server: 'SERVER1' })) as { path: string };
      const copies = async (): Promise<readonly string[]> =>
        (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.pfx'));
      assert.deepEqual(
        (await copies()).map((file) => path.basename(file)),
        [name],
      );
      const again = await lab.bed.run(step, { answers: [samplePassword] });
      succeeded(again);
      assert.deepEqual(await copies(), []);
      assert.ok(
        again.warnings.some((warning) => warning.includes(name)),
        again.warnings.join(),
      );
    });

    it('imports the bytes that were hashed, whatever the file is by then', async () => {
      await lab.begin({ ...sampleOrganization(), settings: { importPfxProvider: 'csp' } });
      for (const [server, by] of [
        ['SERVER1', 'exchange'],
        ['SERVER2', 'pki'],
      ] as const) {
        const text = renderStep(lab.importStep(server, 'original', by), lab.bed.context)!;
        const swapped = text.replace(
          '    Connect-Exchange',
          '    [IO.File]::WriteAllBytes($Pfx, [byte[]](1, 2, 3))\n$&',
        );
        const kept = await readFile(lab.bed.pfx);
        succeeded(await lab.bed.runText(swapped, { answers: [samplePassword] }));
        await writeFile(lab.bed.pfx, kept);
        assert.equal((await lab.stored(server, lab.bed.newThumbprint))?.hasPrivateKey, true);
      }
    });

    it('stops at a key in a key storage provider, which would break the sign-in pages, until the copy takes its place', async () => {
      await lab.begin({ ...sampleOrganization(), settings: { importPfxProvider: 'cng' } });
      // openssl names no provider in the file, so that Windows takes a key storage provider
      const bytes = await opensslPfx(lab.bed, 'B', samplePassword);
      await writeFile(lab.bed.pfx, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const { rotation } = lab.bed.context;
      const other = { ...rotation, to: { ...rotation.to, pfx: { ...rotation.to.pfx, sha256 } } };
      const text = renderStep(lab.importStep('SERVER1', 'original', 'pki'), { ...lab.bed.context, rotation: other })!;
      const ran = await lab.bed.runText(text, { answers: [samplePassword] });
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', true]);
      assert.match(ran.result?.error?.message ?? '', /CNG/);

      const { oldThumbprint, newThumbprint } = lab.bed;
      const back = stepOf('take-back-import', {
        target: { server: 'SERVER1' },
        thumbprint: newThumbprint,
        tlsCertificateName: "<I>CN=R13, O=Let's Encrypt, C=US<S>CN=www.mydomain.com",
        replacement: oldThumbprint,
      });
      succeeded(await lab.bed.run(back));
      assert.equal(await lab.stored('SERVER1', newThumbprint), undefined);
      assert.notEqual(await lab.stored('SERVER1', oldThumbprint), undefined);
      // the copy names its provider
      const copy = path.join(lab.bed.folder, '..', 'converted-SERVER1.pfx');
      await writeFile(copy, await labPfx(lab.bed.call, 'B', false));
      const again = lab.importStep('SERVER1', 'converted', 'pki');
      succeeded(await lab.bed.run(again, { answers: [samplePassword], pfx: copy }));
      assert.equal((await lab.stored('SERVER1', newThumbprint))?.provider ?? '', csp);
    });

    it('refuses another file than the rotation’s, before it asks or connects', async () => {
      await lab.begin();
      const pfx = path.join(lab.bed.folder, '..', 'other.pfx');
      await writeFile(pfx, await labPfx(lab.bed.call, 'A', true));
      const ran = await lab.bed.run(lab.importStep('SERVER1'), { pfx });
      assert.deepEqual([ran.result?.outcome, ran.prompts, ran.result?.before], ['failed', [], null]);
    });

    it('refuses a converted copy that holds another certificate', async () => {
      await lab.begin();
      const pfx = path.join(lab.bed.folder, '..', 'other.pfx');
      await writeFile(pfx, await labPfx(lab.bed.call, 'A', false));
      const ran = await lab.bed.run(lab.importStep('SERVER4', 'converted'), { pfx, answers: [samplePassword] });
      assert.deepEqual([ran.result?.outcome, ran.result?.changed], ['failed', false]);
    });
  });

  describe('back-up', () => {
    const backUp = () => stepOf('back-up', { target: { server: 'SERVER1' }, thumbprint: lab.bed.oldThumbprint });
    const answers = [backupPassword, backupPassword];

    it('writes a file that opens again with the same certificate', async () => {
      await lab.begin();
      const ran = await lab.bed.run(backUp(), { answers });
      succeeded(ran);
      const file = `${lab.bed.oldThumbprint}-SERVER1.pfx`;
      assert.deepEqual(ran.result?.after?.backup, { thumbprint: lab.bed.oldThumbprint, verified: true, file });
      assert.deepEqual(await readdir(lab.bed.keyFolder), [file]);
    });

    it('leaves a backup that is there as it is, and opens it', async () => {
      await lab.begin();
      succeeded(await lab.bed.run(backUp(), { answers }));
      const [file] = await readdir(lab.bed.keyFolder);
      const bytes = await readFile(path.join(lab.bed.keyFolder, file!));
      const again = await lab.bed.run(backUp(), { answers });
      assert.deepEqual([again.result?.outcome, again.result?.after?.backup?.verified], ['done', true]);
      assert.deepEqual(await readFile(path.join(lab.bed.keyFolder, file!)), bytes);
    });

    it('keeps no file where the password was typed in two ways', async () => {
      await lab.begin();
      const ran = await lab.bed.run(backUp(), { answers: [backupPassword, 'slip'] });
      assert.equal(ran.result?.outcome, 'failed');
      assert.deepEqual(await readdir(lab.bed.keyFolder), []);
    });

    it('never writes over a file of that name', async () => {
      await lab.begin();
      succeeded(await lab.bed.run(backUp(), { answers }));
      const [file] = await readdir(lab.bed.keyFolder);
      await writeFile(path.join(lab.bed.keyFolder, file!), 'not a backup');
      const ran = await lab.bed.run(backUp(), { answers });
      assert.equal(ran.result?.outcome, 'failed');
      assert.equal(await readFile(path.join(lab.bed.keyFolder, file!), 'utf8'), 'not a backup');
    });

    it('fails where the key can’t be exported', async () => {
      const state = sampleOrganization();
      state.servers[0]!.store[0]!.exportable = false;
      await lab.begin(state);
      const ran = await lab.bed.run(backUp(), { answers });
      assert.equal(ran.result?.outcome, 'failed');
      assert.deepEqual(await readdir(lab.bed.keyFolder), []);
    });

    it('is deleted with the other copies by the last step', async () => {
      await lab.begin();
      succeeded(await lab.bed.run(backUp(), { answers }));
      await writeFile(path.join(lab.bed.keyFolder, `${lab.bed.newThumbprint}-converted.pfx`), 'copy');
      await writeFile(path.join(lab.bed.keyFolder, 'mine.pfx'), 'somebody else’s');
      const ran = await lab.bed.run(stepOf('delete-copies', { target: {}, thumbprint: lab.bed.oldThumbprint }));
      succeeded(ran);
      assert.equal(ran.result?.after?.copiesDeleted, true);
      assert.deepEqual(await readdir(lab.bed.keyFolder), ['mine.pfx']);
      assert.match(ran.hostText, /the way back to the old certificate ends/);
    });
  });
});
