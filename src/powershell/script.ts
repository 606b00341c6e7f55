// The frame of every generated script: header, arguments, the check of session.ps1, the values, the body, the result.
import { scriptHash, signaturePattern } from './scriptHash';
import { commentText, quote, quoteList } from './quote';
import { renderSession } from './renderSession';

/** A server as the scripts' functions take it. */
export interface ServerValue {
  readonly name: string;
  readonly fqdn: string;
}

export type ScriptValue = string | number | boolean | readonly string[] | ServerValue | readonly ServerValue[];

export interface Script {
  readonly step: string;
  readonly purpose: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
  readonly undo: string;
  /** Variables of the script's head, by name without `$`. */
  readonly values: Readonly<Record<string, ScriptValue>>;
  /** PowerShell functions this script needs besides those of session.ps1. */
  readonly functions?: readonly string[];
  /** The statements inside `try`, with four blanks before each; throw fails the step. */
  readonly body: string;
  /** `done` where the step changes nothing of the organization and still does something; else by `changed`. */
  readonly outcome?: 'done';
}

const arguments_ = "param([string]$Run = 'by-hand', [string]$Pfx = '', [string]$KeyFolder = '')";

/** The script as it is written to a file: ASCII with a byte order mark, LF at each line's end. */
export function renderScript(script: Script): string {
  const header = (['Purpose', 'Target', 'From', 'To', 'Undo'] as const).map(
    (name) => `# ${`${name}:`.padEnd(8)} ${commentText(script[headerKeys[name]])}`,
  );
  const values = Object.entries(script.values).map(([name, value]) => `$${name} = ${valueText(value)}`);
  const server = 'server' in script.values ? ' -Server $server.name' : '';
  const outcome =
    script.outcome === undefined ? "if ($result.changed) { 'done' } else { 'nothing-to-do' }" : quote(script.outcome);
  const lines = [
    ...header,
    arguments_,
    ...loadSession(),
    ...values,
    ...(script.functions ?? []).map((text) => text.trimEnd()),
    '',
    `$result = New-StepResult -Step ${quote(script.step)} -Run $Run -Script $PSCommandPath${server}`,
    'try {',
    script.body.replace(/^\n+|\s+$/g, ''),
    `    $result.outcome = ${outcome}`,
    '} catch { $result.error = Get-StepError $_ } finally {',
    '    try { Write-StepResult $result } finally { Close-Sessions }',
    '}',
  ];
  return `\uFEFF${lines.join('\n')}\n`;
}

const headerKeys = { Purpose: 'purpose', Target: 'target', From: 'from', To: 'to', Undo: 'undo' } as const;

const wrongShell =
  'This needs Windows PowerShell 5.1 (powershell.exe) in full language mode; this is another one, or a policy restricts it.';
const otherSession = 'session.ps1 is not the file this script was written with. Write the scripts again.';

/** The lines that refuse the wrong shell in plain words and load session.ps1 only as it was rendered. */
export function loadSession(): readonly string[] {
  return [
    // a profile may have set another one, by which a property that is not there is an error
    `Set-StrictMode -Off; if ($PSEdition -eq 'Core' -or $ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { throw ${quote(wrongShell)} }`,
    "$library = Join-Path -Path $PSScriptRoot -ChildPath 'session.ps1'",
    `$text = ([IO.File]::ReadAllText($library) -creplace ${quote(signaturePattern)}).TrimEnd()`,
    '$hash = [Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($text))',
    `if (([BitConverter]::ToString($hash) -replace '-') -ne '${scriptHash(renderSession())}') { throw ${quote(otherSession)} }`,
    '. $library',
    '',
  ];
}

/** A value as PowerShell source; numbers by JavaScript's own invariant text. */
export function valueText(value: ScriptValue): string {
  if (typeof value === 'string') {
    return quote(value);
  }
  if (typeof value === 'number') {
    return String(value);
  }
  if (typeof value === 'boolean') {
    return value ? '$true' : '$false';
  }
  if ('fqdn' in value) {
    return `@{ name = ${quote(value.name)}; fqdn = ${quote(value.fqdn)} }`;
  }
  return isTexts(value) ? quoteList(value) : `@(${value.map(valueText).join(', ')})`;
}

function isTexts(values: readonly string[] | readonly ServerValue[]): values is readonly string[] {
  return values.every((value) => typeof value === 'string');
}
