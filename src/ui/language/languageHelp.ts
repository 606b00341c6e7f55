// Help while writing: completion, hover, fixes and lenses in the configuration, and completion in PowerShell files.
import * as vscode from 'vscode';
import type { Workspace } from '../workspace';
import { certificateLenses } from './certificateLenses';
import { configCompletion } from './configCompletion';
import { configFixes } from './configFixes';
import { configHover } from './configHover';
import { powershellCompletion } from './powershellCompletion';

/** By name and not by language: without a YAML extension the file may be plain text. */
const configurations: vscode.DocumentSelector = { pattern: '**/exchange-certificates.{yaml,yml}' };

export function registerLanguageHelp(workspace: Workspace): vscode.Disposable {
  const { languages } = vscode;
  const lenses = certificateLenses(workspace);
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(configurations, configCompletion(workspace), ' ', '-', "'", '"', ','),
    languages.registerHoverProvider(configurations, configHover),
    languages.registerCodeActionsProvider(configurations, configFixes(workspace), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    languages.registerCodeLensProvider(configurations, lenses),
    lenses,
    languages.registerCompletionItemProvider(
      { language: 'powershell' },
      powershellCompletion(workspace),
      ' ',
      "'",
      '"',
      '\\',
    ),
  );
}
