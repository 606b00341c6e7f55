// What is asked of a shell before the first script: under which execution policies it runs, and which PowerShell it is.
import { quote } from './quote';

/**
 * One line of commands, not a script: it also runs where scripts are refused (about_Execution_Policies). ASCII, and without values
 * of ours.
 */
export function preflightLine(): string {
  return `Get-ExecutionPolicy -List | Out-Host; 'Language mode: ' + $ExecutionContext.SessionState.LanguageMode`;
}

/** One line that writes to `file` which PowerShell runs it; it also runs in constrained language mode (about_Language_Modes). */
export function shellQuestion(file: string): string {
  const answer = '"$($PSVersionTable.PSVersion) $PSEdition $($ExecutionContext.SessionState.LanguageMode)"';
  return `${answer} | Set-Content -LiteralPath ${quote(file)} -Encoding ASCII`;
}

export type ShellVerdict =
  | { readonly verdict: 'usable' }
  /** `version` as it told it, at most 32 characters: `7.4.1 Core`. */
  | { readonly verdict: 'other'; readonly version: string }
  /** Windows PowerShell 5.1 that may not do what the scripts do. */
  | { readonly verdict: 'restricted'; readonly mode: string };

/** Judges what `shellQuestion` wrote. Before 5.1 there is no edition (about_PowerShell_Editions). */
export function judgeShell(answer: string): ShellVerdict {
  const [version = '', edition = '', mode = ''] = answer.trim().split(' ');
  if (!/^5\.1(\.|$)/.test(version) || edition !== 'Desktop') {
    return { verdict: 'other', version: `${version} ${edition}`.trim().slice(0, 32) };
  }
  return mode === 'FullLanguage' ? { verdict: 'usable' } : { verdict: 'restricted', mode: mode.slice(0, 32) };
}
