// Two organizations in one workspace, in the real host: what is looked at is the one that was chosen.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Observation } from '../../src/model/observation';
import { commands } from '../../src/ui/commands';
import { until, workspaceFolder } from './sample';

const other = `organization: Fabrikam
remoting:
  exchange: [http://x1.fabrikam.com/PowerShell/]
servers:
  - { name: X1, fqdn: x1.fabrikam.com, address: 127.0.0.1, endpoints: { smtp: 1, https: 0, imaps: 0, pop3s: 0 } }
certificates:
  - { name: mail, pfx: mail.pfx, services: [SMTP], hostnames: [mail.fabrikam.com] }
`;

/** The names of the servers that are looked at now. */
async function looked(): Promise<readonly string[]> {
  const seen = await vscode.commands.executeCommand<readonly Observation[]>(commands.checkEndpoints);
  return [...new Set(seen.map(({ server }) => server ?? ''))].toSorted();
}

/** Chooses in *Choose Configuration…* by the given move of its list. */
async function choose(move: 'first' | 'last'): Promise<void> {
  let ended = false;
  const chosen = vscode.commands.executeCommand(commands.chooseConfiguration).then(() => (ended = true));
  let isThere = false;
  await until('the choice', async () => {
    await vscode.commands.executeCommand(`quickInput.${move}`);
    // the list is filled a moment after it is shown
    isThere = !isThere;
    if (isThere) {
      return ended;
    }
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return ended;
  });
  await chosen;
}

describe('Two configurations in a workspace', () => {
  const folder = path.join(workspaceFolder().fsPath, 'fabrikam');

  before(async () => {
    // the sample is used before another one comes
    await vscode.commands.executeCommand(commands.refresh);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'exchange-certificates.yaml'), other);
    await vscode.commands.executeCommand(commands.refresh);
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await vscode.commands.executeCommand(commands.refresh);
  });

  it('are looked at one at a time: the one used first, until another is chosen', async () => {
    const sample = ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'];
    assert.deepEqual(await looked(), sample);
    await choose('last');
    assert.deepEqual(await looked(), ['X1']);
    await choose('first');
    assert.deepEqual(await looked(), sample);
  });

  it('stay as they were used where a third comes that stands before them by its path', async () => {
    const planted = path.join(workspaceFolder().fsPath, '.github');
    mkdirSync(planted);
    writeFileSync(path.join(planted, 'exchange-certificates.yaml'), other);
    try {
      await vscode.commands.executeCommand(commands.refresh);
      assert.deepEqual(await looked(), ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4']);
    } finally {
      rmSync(planted, { recursive: true });
      await vscode.commands.executeCommand(commands.refresh);
    }
  });
});
