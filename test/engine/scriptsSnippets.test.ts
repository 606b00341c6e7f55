// Each snippet, its tab stops filled, held against the catalogue by the real parser and run once in the lab.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findCmdlet } from '../../src/powershell/cmdlets';
import { snippets } from '../../src/powershell/snippets';
import { type OpenSession, startEngine } from '../lab/engine';
import { samplePassword } from '../lab/sample';
import { filled } from './renderedTexts';
import { labPfx, openBed, type ScriptBed } from './scriptBed';

describe('a snippet', function () {
  this.timeout(60_000);
  const engine = startEngine();
  let bed: ScriptBed;
  let server: OpenSession;
  beforeEach(async () => {
    bed = await openBed(engine);
    server = await engine.openSession({ organization: bed.organization, kind: 'managementShell', server: 'SERVER1' });
  });
  afterEach(async () => {
    await server.close();
    await bed.close();
  });
  after(() => engine.close());

  const drive = async (): Promise<string> =>
    ((await bed.call('server.folder', { server: 'SERVER1' })) as { path: string }).path;
  const outbound = '<I>CN=x<S>CN=y';
  /** What a tab stop gets where its default is no value of the lab, and what is answered to prompts. */
  const given: Readonly<
    Record<string, { values?: () => Readonly<Record<string, string>>; answers?: readonly string[] }>
  > = {
    'ex-import-pfx': { answers: [samplePassword] },
    'ex-import': { values: () => ({ 1: bed.pfx }), answers: [samplePassword] },
    'ex-certificate': { values: () => ({ 1: bed.oldThumbprint }) },
    'ex-friendly-name': { values: () => ({ 1: bed.oldThumbprint }) },
    'ex-friendly-name-set': { values: () => ({ 1: bed.oldThumbprint }) },
    'ex-enable': { values: () => ({ 1: bed.oldThumbprint }), answers: ['N'] },
    'ex-tls-name': { values: () => ({ 1: bed.oldThumbprint }) },
    'ex-send-set': { values: () => ({ 2: `'${outbound}'` }), answers: ['Y'] },
    'ex-receive-set': { values: () => ({ 3: `'${outbound}'` }), answers: ['Y'] },
    'ex-export': {
      values: () => ({ 1: bed.oldThumbprint, 3: path.join(bed.folder, 'backup.pfx') }),
      answers: ['Backup-1'],
    },
    'ex-remove': { values: () => ({ 1: bed.newThumbprint }), answers: ['Y'] },
    'ex-remove-item': { values: () => ({ 1: bed.newThumbprint }) },
  };

  for (const snippet of snippets) {
    it(`${snippet.prefix} runs, and uses only what the catalogue knows`, async () => {
      const { values, answers } = given[snippet.prefix] ?? {};
      await writeFile(path.join(await drive(), 'certificate.pfx'), await labPfx(bed.call, 'B', false));
      if (snippet.prefix.startsWith('ex-remove')) {
        await server.run({
          script: `Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('${bed.pfx}')) -Password (Read-Host -Prompt 'p' -AsSecureString) -Server SERVER1`,
          answers: [samplePassword],
        });
      }
      const script = filled(snippet, values?.());
      const parsed = await engine.parse(script);
      assert.deepEqual(parsed.errors, []);
      for (const { name, parameters } of parsed.commands) {
        const cmdlet = findCmdlet(name ?? '');
        assert.equal(cmdlet?.name, name);
        assert.deepEqual(
          parameters.filter((one) => !cmdlet.parameters.includes(one)),
          [],
          name ?? '',
        );
      }
      const session = snippet.place === 'workstation' ? await bed.terminal() : server;
      const ran = await session.run({ script, ...(answers && { answers }) });
      assert.deepEqual([ran.outcome, ran.errors.map(({ message }) => message)], ['completed', []]);
      if (session !== server) {
        await session.close();
      }
    });
  }

  it('exports a backup that is there', async () => {
    const snippet = snippets.find(({ prefix }) => prefix === 'ex-export')!;
    const file = path.join(bed.folder, 'backup.pfx');
    await server.run({ script: filled(snippet, { 1: bed.oldThumbprint, 3: file }), answers: ['Backup-1'] });
    assert.equal((await readFile(file))[0], 0x30);
  });
});
