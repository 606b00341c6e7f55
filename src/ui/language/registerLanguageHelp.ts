// Says at start that there is help while writing configurations and PowerShell files; what gives it is loaded with the first question.
import * as vscode from 'vscode';
import type { LanguageHelp } from './languageHelp';

/** By name and not by language: without a YAML extension the file may be plain text. */
const configurations: vscode.DocumentSelector = { pattern: '**/exchange-certificates.{yaml,yml}' };
const powershell: vscode.DocumentSelector = { language: 'powershell' };

/** `changed`: what lenses tell may have changed. */
export function registerLanguageHelp(
  help: () => Promise<LanguageHelp>,
  changed: vscode.Event<void>,
): vscode.Disposable {
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(
      configurations,
      { provideCompletionItems: async (...asked) => (await help()).configCompletion.provideCompletionItems(...asked) },
      ...[' ', '-', "'", '"', ','],
    ),
    languages.registerHoverProvider(configurations, {
      provideHover: async (...asked) => (await help()).configHover.provideHover(...asked),
    }),
    languages.registerCodeActionsProvider(
      configurations,
      { provideCodeActions: async (...asked) => (await help()).configFixes.provideCodeActions(...asked) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    languages.registerCodeLensProvider(configurations, {
      onDidChangeCodeLenses: changed,
      provideCodeLenses: async (...asked) => (await help()).certificateLenses.provideCodeLenses(...asked),
    }),
    languages.registerCompletionItemProvider(
      powershell,
      {
        provideCompletionItems: async (...asked) =>
          (await help()).powershellCompletion.provideCompletionItems(...asked),
      },
      ...[' ', "'", '"', '\\'],
    ),
  );
}
