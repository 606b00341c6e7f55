// What needs nothing but a PowerShell: in Windows PowerShell 5.1 by `npm run test:windows`, elsewhere in the lab's shell.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Thumbprint } from '../../src/model/names';
import { quote } from '../../src/powershell/quote';
import { renderProbeScript } from '../../src/powershell/probeScript';
import { renderSession } from '../../src/powershell/renderSession';
import { renderSnapshotScript, renderStep } from '../../src/powershell/renderStep';
import { labProgram, startLab, type Lab } from '../lab/organization';
import { gateContext } from './gateContext';
import { allSteps, hostile } from './scriptSteps';

const thumbprint = (digit: string): Thumbprint => digit.repeat(40) as Thumbprint;

describe('the PowerShell at hand', function () {
  this.timeout(300_000);
  let folder: string;
  let lab: Lab | undefined;
  let program: readonly [string, ...string[]];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ec-ps-'));
    const windows = process.env['POWERSHELL'];
    if (windows === undefined) {
      lab = await startLab({ data: path.join(folder, 'lab'), loopback: '127.200.7' });
      program = [labProgram(), 'shell', '--data', lab.data];
    } else {
      program = [windows];
    }
  });
  after(async () => {
    await lab?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** What a script of these lines prints, line by line. */
  const run = async (name: string, text: string): Promise<readonly string[]> => {
    const file = path.join(folder, name);
    await writeFile(file, `\uFEFF${text}`);
    const [shell, ...args] = program;
    const { stdout } = await promisify(execFile)(shell, [
      ...args,
      ...['-NoProfile', '-ExecutionPolicy', 'RemoteSigned', '-File', file],
    ]);
    return stdout.split(/\r?\n/).filter((line) => line !== '');
  };

  it('is Desktop 5.1', async () => {
    const lines = await run('version.ps1', `'{0} {1}' -f $PSVersionTable.PSEdition, $PSVersionTable.PSVersion.Major`);
    assert.deepEqual(lines, ['Desktop 5']);
  });

  it('reads every quoted name as it was', async () => {
    const names = [hostile, "'", '’', '$(throw 1)', '`n', '"', '#>', '😀', 'Ñò Größe', '–—', ' ', '@{', '%TEMP%'];
    const lines = await run(
      'quote.ps1',
      `@(${names.map(quote).join(',')}) | ForEach-Object { [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($_)) }`,
    );
    assert.deepEqual(
      lines.map((line) => Buffer.from(line, 'base64').toString('utf16le')),
      names,
    );
  });

  it('parses every script that is run, with hostile names in it', async () => {
    const texts = allSteps(thumbprint('A'), thumbprint('B'), thumbprint('C'), hostile).map((step) =>
      renderStep(step, gateContext(hostile)),
    );
    const { wanted } = gateContext(hostile);
    const endpoints = [{ protocol: 'smtp', host: hostile, port: 25, servername: hostile }] as const;
    const look = renderProbeScript(wanted, { from: 'SERVER2', endpoints, milliseconds: 30_000 });
    const scripts = [renderSession(), renderSnapshotScript(wanted), look, ...texts.filter((text) => text !== null)];
    assert.ok(scripts.length > 15);
    for (const [at, text] of scripts.entries()) await writeFile(path.join(folder, `script-${String(at)}.ps1`), text);
    const lines = await run(
      'parse.ps1',
      String.raw`foreach ($file in Get-ChildItem -LiteralPath $PSScriptRoot -Filter 'script-*.ps1') {
    $found = $null
    $null = [Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$found)
    '{0} {1}' -f $file.Name, @($found).Count
}`,
    );
    assert.deepEqual([...lines].sort(), scripts.map((_, at) => `script-${String(at)}.ps1 0`).sort());
  });
});
