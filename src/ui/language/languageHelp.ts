// Help while writing: completion, hover, fixes and lenses in the configuration, and completion in PowerShell files.
import type * as vscode from 'vscode';
import type { Workspace } from '../workspace';
import { certificateLenses } from './certificateLenses';
import { configCompletion } from './configCompletion';
import { configFixes } from './configFixes';
import { configHover } from './configHover';
import { powershellCompletion } from './powershellCompletion';

export interface LanguageHelp {
  readonly configCompletion: vscode.CompletionItemProvider;
  readonly configHover: vscode.HoverProvider;
  readonly configFixes: vscode.CodeActionProvider;
  readonly certificateLenses: vscode.CodeLensProvider;
  readonly powershellCompletion: vscode.CompletionItemProvider;
}

export function languageHelp(workspace: Workspace): LanguageHelp {
  return {
    configCompletion: configCompletion(workspace),
    configHover,
    configFixes: configFixes(workspace),
    certificateLenses: certificateLenses(workspace),
    powershellCompletion: powershellCompletion(workspace),
  };
}
