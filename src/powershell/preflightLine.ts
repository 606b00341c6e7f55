// What a person reads before the first script: under which execution policies and in which language mode the terminal runs.

/**
 * One line of commands, not a script: it also runs where scripts are refused (powershell.md, execution policies). ASCII, and
 * without values of ours.
 */
export function preflightLine(): string {
  return `Get-ExecutionPolicy -List | Out-Host; 'Language mode: ' + $ExecutionContext.SessionState.LanguageMode`;
}
