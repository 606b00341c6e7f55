// Holds that one file speaks to people: the linter, as it is set for src, finds each way around it.
import assert from 'node:assert/strict';
import path from 'node:path';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';

const root = path.resolve(__dirname, '../..');
const rule = 'no-restricted-syntax';

/** The findings that the repository's own settings for `file` have about `text`. */
async function findings(file: string, text: string): Promise<readonly string[]> {
  const settings = (await new ESLint({ cwd: root }).calculateConfigForFile(path.join(root, file))) as {
    readonly rules: Linter.RulesRecord;
  };
  const only = { languageOptions: { parser: tseslint.parser }, rules: { [rule]: settings.rules[rule] ?? 'off' } };
  return new Linter({ configType: 'flat' })
    .verify(text, [{ files: ['**/*.ts'], ...only }], { filename: 'planted.ts' })
    .map(({ message }) => message);
}

describe('Speaking to people', () => {
  for (const [what, text] of [
    ['a message', 'vscode.window.showErrorMessage(text);'],
    ['a message of a window taken apart', 'const { showWarningMessage } = vscode.window;'],
    ['a message by its name', "vscode.window['showInformationMessage'](text);"],
    ['a status', 'vscode.window.setStatusBarMessage(text);'],
    ['progress', 'vscode.window.withProgress({ location, title }, work);'],
    ['a box', 'const box = vscode.window.createInputBox();'],
    ['an input', 'vscode.window.showInputBox({ prompt });'],
    ['a list', 'vscode.window.showQuickPick(items);'],
    ['a list to fill', 'window.createQuickPick();'],
    ['Markdown', 'new vscode.MarkdownString(text);'],
    ['Markdown by import', "import { MarkdownString } from 'vscode';"],
    ['a prompt', 'box.prompt = text;'],
    ['what is wrong in a box', 'box.validationMessage = text;'],
    ['a tooltip', 'item.tooltip = text;'],
    ['the message of a view', 'view.message = text;'],
    ['the description of a view', 'view.description = text;'],
    ['a text that is no literal', 'say.error(words(error.message));'],
    ['a text that is put together', 'say.error(words(`${error.message} failed`));'],
  ] as const) {
    it(`is found elsewhere: ${what}`, async () => {
      assert.equal((await findings('src/ui/rotation/run.ts', text)).length, 1);
    });
  }

  for (const text of [
    "say.error(words('{0} failed', error.message));",
    'say.error(sentence(error.message));',
    'item.tooltip = plain(text);',
    'vscode.window.createTerminal({ name });',
  ]) {
    it(`is allowed everywhere: ${text}`, async () => {
      assert.deepEqual(await findings('src/extension.ts', text), []);
    });
  }

  it('is done by face/say.ts alone', async () => {
    const text = 'vscode.window.showErrorMessage(text);';
    assert.deepEqual(await findings('src/ui/face/say.ts', text), []);
    for (const file of ['src/ui/face/copy.ts', 'src/extension.ts', 'src/ui/pfxEditor/convert.ts'])
      assert.equal((await findings(file, text)).length, 1, file);
  });
});
