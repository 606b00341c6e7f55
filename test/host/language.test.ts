// Language help in the real host: problems at their place, completion, hover, fixes and lenses of the sample's configuration.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/ui/commands';
import { behind, change, configUri, discard, filled, openConfig, until } from './sample';

const problems = (): readonly vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(configUri()).filter(({ source }) => source === 'Exchange Certificates');

const errors = () => problems().filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);

async function completionsAt(document: vscode.TextDocument, place: vscode.Position) {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    place,
  );
  // words of the file stand in the list too, without a kind of ours
  return items.filter(
    ({ kind }) => kind !== vscode.CompletionItemKind.Text && kind !== vscode.CompletionItemKind.Snippet,
  );
}

/** What a person reads in the list, once the provider has answered; it may still be loading. */
function offered(document: vscode.TextDocument, place: vscode.Position): Promise<readonly vscode.CompletionItem[]> {
  return filled('completions', () => completionsAt(document, place));
}

const labels = (items: readonly vscode.CompletionItem[]): readonly string[] =>
  items.map(({ label }) => (typeof label === 'string' ? label : label.label));

async function fixesAt(range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    configUri(),
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

describe('a configuration in the editor', () => {
  let editor: vscode.TextEditor;
  beforeEach(async () => {
    editor = await openConfig();
  });
  afterEach(discard);

  it('has no error as the sample writes it', async () => {
    await until('no error', () => errors().length === 0);
    assert.deepEqual(errors(), []);
  });

  it('says of a receive connector with its server what is wrong with it, not that it is no certificate', async () => {
    await change(editor, "'Default Frontend {server}'", "'SERVER1\\Default Frontend SERVER1'");
    const [error] = await filled('an error', errors);
    assert.equal(error?.code, 'bad-name');
    assert.match(error.message, /cannot be the name of a receive connector: write it without the server/);
    await change(editor, "'SERVER1\\Default Frontend SERVER1'", "'Default Frontend {server}'");
    await until('no error', () => errors().length === 0);
  });

  it('has its problem marked exactly where it stands, and mended it is gone, unsaved all the while', async () => {
    await change(editor, 'observeDays: 0', 'observDays: 0');
    const [error] = await filled('an error', errors);
    assert.equal(error?.code, 'unknown-key');
    assert.equal(editor.document.getText(error.range), 'observDays');
    assert.match(error.message, /There is no key "observDays" here\. Did you mean observeDays\?/);
    await change(editor, 'observDays: 0', 'observeDays: 0');
    await until('no error', () => errors().length === 0);
  });

  it('closed without saving has the problems of the file again', async () => {
    await change(editor, 'observeDays: 0', 'observDays: 0');
    await filled('an error', errors);
    await discard();
    await until('no error', () => errors().length === 0);
    assert.equal((await openConfig()).document.getText().includes('observDays'), false);
  });

  it('offers for a misspelled name the nearest, and the fix mends it', async () => {
    await change(editor, "{server}'\n      certificate: www", "{server}'\n      certificate: wwww");
    const [error] = await filled('an error', errors);
    assert.equal(error?.code, 'unknown-certificate');
    const [fix] = await fixesAt(error.range);
    assert.equal(fix?.title, 'Change to "www"');
    assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
    assert.match(editor.document.getText(), /'Default Frontend \{server\}'\n {6}certificate: www\n/);
    await until('no error', () => errors().length === 0);
  });

  it('offers no fix where nothing is wrong', async () => {
    const place = behind(editor.document, 'organization: Cont');
    assert.deepEqual(await fixesAt(new vscode.Range(place, place)), []);
  });

  it('completes the keys that are missing, with what they mean', async () => {
    await change(editor, 'services: [POP, IMAP, IIS, SMTP]', '');
    const items = await offered(editor.document, behind(editor.document, "{notAfter:MMMyy}'\n    "));
    assert.ok(labels(items).includes('services'));
    assert.ok(labels(items).includes('thumbprint'));
    assert.ok(!labels(items).includes('pfx'), 'what stands there is not offered again');
    const services = items.find(({ label }) => label === 'services');
    assert.equal(services?.insertText, 'services: ');
    assert.ok(services.documentation instanceof vscode.MarkdownString && services.documentation.value.length > 20);
  });

  it('completes the certificates of the file where a connector names one', async () => {
    const items = await offered(editor.document, behind(editor.document, "{server}'\n      certificate: "));
    assert.deepEqual(labels(items), ['www', 'null']);
  });

  it('says on hover what a key means and what counts without it', async () => {
    const place = behind(editor.document, '  observe');
    const [hover] = await filled('a hover', () =>
      vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', configUri(), place),
    );
    assert.equal(editor.document.getText(hover?.range), 'observeDays');
    const [text] = hover?.contents ?? [];
    assert.ok(text instanceof vscode.MarkdownString);
    assert.match(text.value, /Default: `\d+`/);
  });

  it('has lenses over each certificate entry: no snapshot yet, and Rotate with the file', async () => {
    const lenses = await filled('lenses', () =>
      vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', configUri()),
    );
    const line = editor.document.positionAt(editor.document.getText().indexOf('name: www')).line;
    assert.deepEqual(
      lenses.map(({ range }) => range.start.line),
      [line, line],
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.command),
      [commands.takeSnapshot, commands.rotate],
    );
    assert.equal(lenses[0]?.command?.title, 'no snapshot yet');
    assert.equal(String(lenses[1]?.command?.arguments?.[0]), configUri().toString());
  });
});

describe('a PowerShell file', () => {
  afterEach(discard);
  const open = async (content: string): Promise<vscode.TextEditor> =>
    vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'powershell', content }));

  it('completes servers and connectors of the configuration, quoted', async () => {
    const { document } = await open("Get-ExchangeCertificate -Server SER\nSet-SendConnector -Identity ''\n");
    const servers = await offered(document, behind(document, '-Server SER'));
    assert.deepEqual(labels(servers).slice(0, 2), ['SERVER1', 'SERVER2']);
    assert.equal(servers[0]?.insertText, "'SERVER1'");
    const connectors = await offered(document, behind(document, "-Identity '"));
    const send = connectors.find(({ label }) => label === 'SEND');
    assert.equal(send?.insertText, "'SEND'");
    // the closing quotation mark is replaced with it
    assert.ok(send.range instanceof vscode.Range);
    assert.equal(document.getText(send.range), "''");
  });

  it('is left alone where another value stands', async () => {
    const { document } = await open('Get-Date -Format ');
    assert.deepEqual(await completionsAt(document, behind(document, '-Format ')), []);
  });

  it('takes the cmdlet chosen from the list at the cursor, with its tab stop selected', async () => {
    const editor = await open('');
    const done = vscode.commands.executeCommand(commands.insertCmdlet);
    const accept = async (): Promise<boolean> => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return editor.document.getText() !== '';
    };
    await until('the chosen command', accept);
    await done;
    assert.match(
      editor.document.getText(),
      /^Import-PfxCertificate -FilePath 'C:\\certificate\.pfx' -CertStoreLocation /,
    );
    assert.equal(editor.document.getText(editor.selection), 'C:\\certificate.pfx');
  });
});
