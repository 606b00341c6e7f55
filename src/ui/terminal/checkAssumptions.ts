// *Check Assumptions*: asks the organization whether what our scripts rely on is there, and shows what holds and what does not.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { say, sentence, words } from '../face/say';
import type { Handlers } from '../handlers';
import { showFailure } from '../output';
import { organizationRooms } from '../rooms';
import { requireTrust } from '../trust';
import { usedConfig } from '../state/usedConfig';
import type { Workspace } from '../workspace';
import { runReading } from './readingScript';

export function assumptionsCommand(workspace: Workspace): Handlers<'checkAssumptions'> {
  return {
    checkAssumptions: async () => {
      if (requireTrust()) {
        await workspace.refresh();
        await checkAssumptions(workspace);
      }
    },
  };
}

async function checkAssumptions(workspace: Workspace): Promise<void> {
  const config = await usedConfig(workspace);
  if (config === null) {
    return;
  }
  if (!config?.parsed.wanted) {
    void say.warning(words('Checking assumptions needs a configuration that can be read: it names whom to ask.'));
    return;
  }
  const rooms = await organizationRooms();
  const reading = await runReading(workspace, {
    step: rooms.assumptionsStep,
    name: 'check-assumptions',
    text: rooms.renderAssumptionsScript(config.parsed.wanted),
    config: config.uri,
    nothingCame: words('No answer came back, so nothing is known. What the terminal says tells why.'),
  });
  if (reading === undefined) {
    return;
  }
  const { after, error } = reading.result;
  if (after?.assumptions === undefined) {
    showFailure(
      words(
        'The assumptions could not be checked: {0}',
        error === null ? words('the result holds nothing that can be read') : sentence(error.message),
      ),
    );
    return;
  }
  const asked = rooms.assumptions();
  const told = rooms.onlyAsked(asked, after.assumptions);
  const json = path.join(reading.folder.root, 'assumptions.json');
  await fs.mkdir(reading.folder.root, { recursive: true });
  await fs.writeFile(json, rooms.renderJson(told), 'utf8');
  const judged = rooms.judgeAssumptions(asked, told);
  await show('markdown', rooms.assumptionsMarkdown(judged, told));
  void offerJson(json, judged.filter(({ verdict }) => verdict !== 'holds').length);
}

async function show(language: string, content: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}

/** The JSON can be given to others; it lies in the extension's own storage, so it is shown as a text to be saved anywhere. */
async function offerJson(file: string, open: number): Promise<void> {
  const showJson = vscode.l10n.t('Show JSON');
  const said =
    open === 0
      ? words('All assumptions hold. The answers as JSON hold no names and no thumbprints.')
      : words(
          '{0} assumptions do not hold or could not be asked. The answers as JSON hold no names and no thumbprints.',
          open,
        );
  const choice = open === 0 ? await say.information(said, showJson) : await say.warning(said, showJson);
  if (choice === showJson) {
    await show('json', await fs.readFile(file, 'utf8'));
  }
}
