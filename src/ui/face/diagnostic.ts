// A finding as the editor's Problems show it.
import * as vscode from 'vscode';
import { plain } from './say';

export interface Told {
  readonly severity: 'error' | 'warning' | 'information';
  /** What kind of finding it is: quick fixes know it by this. */
  readonly code: string;
  readonly message: string;
}

const severities: Readonly<Record<Told['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

export function diagnosticAt(range: vscode.Range, { severity, code, message }: Told): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, plain(message), severities[severity]);
  diagnostic.source = 'Exchange Certificates';
  diagnostic.code = code;
  return diagnostic;
}
