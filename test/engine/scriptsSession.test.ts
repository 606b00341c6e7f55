// Sessions for work by hand, opened in the lab as a terminal would.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  openOrganizationLine,
  openServerLine,
  renderOpenOrganization,
  renderOpenServer,
} from '../../src/powershell/openSession';
import { renderSession } from '../../src/powershell/renderSession';
import { startEngine } from '../lab/engine';
import { openBed, type ScriptBed } from './scriptBed';

describe('a session for work by hand', function () {
  this.timeout(60_000);
  const engine = startEngine();
  let bed: ScriptBed;
  beforeEach(async () => {
    bed = await openBed(engine);
    await writeFile(path.join(bed.folder, 'scripts/session.ps1'), renderSession());
  });
  afterEach(() => bed.close());
  after(() => engine.close());
  const written = async (text: string): Promise<string> => {
    const file = path.join(bed.folder, 'scripts/open-session.ps1');
    await writeFile(file, text);
    return file;
  };

  it('makes Exchange’s commands callable in the terminal', async () => {
    const terminal = await bed.terminal();
    const opened = await terminal.run({
      script: openOrganizationLine(await written(renderOpenOrganization(bed.context.wanted))),
    });
    assert.deepEqual([opened.outcome, opened.errors], ['completed', []]);
    const told = await terminal.run({
      script: '(Get-SendConnector).Name; (Get-Command Set-ReceiveConnector).CommandType.ToString()',
    });
    await terminal.close();
    assert.deepEqual([told.objects.length, told.objects[0], told.objects[2]], [3, 'SEND', 'Function']);
  });

  it('enters a server, where its own store and services are', async () => {
    const terminal = await bed.terminal();
    const line = openServerLine(await written(renderOpenServer(bed.context.wanted.servers[0]!)));
    assert.match(line, /; Enter-PSSession -Session \$ServerSession$/);
    const opened = await terminal.run({ script: line.split('; ')[0]! });
    assert.deepEqual([opened.outcome, opened.errors], ['completed', []]);
    const told = await terminal.run({
      script:
        'Invoke-Command -Session $ServerSession -ScriptBlock { @(Get-ChildItem -Path Cert:\\LocalMachine\\My).Count; $env:COMPUTERNAME }',
    });
    await terminal.close();
    assert.deepEqual(told.output, ['4', 'SERVER1']);
  });
});
