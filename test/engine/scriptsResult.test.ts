// The result of a step, written while another program holds its file: it is there in the end, whole, and once.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startEngine } from '../lab/engine';
import { useBed } from './scriptLab';

describe('a step’s result', function () {
  this.timeout(120_000);
  const engine = startEngine();
  const lab = useBed(engine);
  afterEach(() => lab.close());
  after(() => engine.close());

  /** What Move-Item says on Windows where another program opened the file without sharing it for deletion. */
  const held = 'The process cannot access the file because it is being used by another process.';

  /** Writes a result while `times` moves are refused; gives the pauses between them, in milliseconds. */
  const written = async (times: number): Promise<readonly number[]> => {
    await lab.begin();
    const ran = await lab.bed.runText(`param([string]$Run, $Pfx, $KeyFolder)
. (Join-Path -Path $PSScriptRoot -ChildPath 'session.ps1')
$script:refused = 0; $script:pauses = @()
function Start-Sleep { param([int]$Milliseconds) $script:pauses += $Milliseconds }
$move = Get-Command -Name Move-Item
function Move-Item {
    param($LiteralPath, $Destination)
    if ($script:refused -lt ${String(times)}) { $script:refused++; throw '${held}' }
    & $move -LiteralPath $LiteralPath -Destination $Destination
}
$result = New-StepResult -Step '0123abcd' -Run $Run -Script $PSCommandPath
$result.outcome = 'done'; $result.after = [ordered]@{ backup = [ordered]@{ thumbprint = '${'A'.repeat(40)}'; verified = $true; file = [string][char]0xfc * 4000 } }
Write-StepResult $result
$script:pauses`);
    assert.deepEqual([ran.outcome, ran.errors], ['completed', []]);
    const names = await lab.bed.results();
    assert.equal(names.length, 1, names.join());
    const text = await readFile(path.join(lab.bed.folder, 'results', names[0]!), 'utf8');
    assert.equal((JSON.parse(text) as { after: { backup: { file: string } } }).after.backup.file, 'ü'.repeat(4000));
    return ran.output.filter((line) => /^\d+$/.test(line)).map(Number);
  };

  it('is written at once where nobody holds it', async () => {
    assert.deepEqual(await written(0), []);
  });

  it('waits for a scanner, longer each time', async () => {
    assert.deepEqual(await written(3), [20, 40, 80]);
  });

  it('is told in the terminal in one line that nothing within it can turn around, hide or steer', async () => {
    await lab.begin();
    const marks = '\u001b\r\u0085\u200b\u202e\u2028\ufeff\u{e0041}';
    const units = Array.from({ length: marks.length }, (_, at) => `0x${marks.charCodeAt(at).toString(16)}`);
    const ran = await lab.bed.runText(`param([string]$Run, $Pfx, $KeyFolder)
. (Join-Path -Path $PSScriptRoot -ChildPath 'session.ps1')
$result = New-StepResult -Step '0123abcd' -Run $Run -Script $PSCommandPath
try { throw ('a' + -join [char[]]@(${units.join(', ')}) + 'z') } catch { $result.error = Get-StepError $_ }
Write-StepResult $result`);
    const told = ran.hostText.trimEnd();
    assert.match(told, /: a {9}z/);
    for (const mark of marks) assert.ok(!told.split(': a')[1]?.includes(mark), JSON.stringify(mark));
  });

  it('is written under its own name after ten seconds, and its part is removed', async () => {
    const pauses = await written(1000);
    assert.equal(
      pauses.reduce((sum, one) => sum + one, 0),
      10_000,
    );
  });
});
