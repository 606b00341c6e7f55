// The only place that writes quotation marks for PowerShell: a value as ASCII source text, and a value inside a comment.

/** Why a value can't stand in a script: names in Exchange and in files carry neither, so it is refused and not bent. */
export type QuoteProblem = 'control-character' | 'lone-surrogate';

/** What makes `value` impossible to quote, or null. Control characters are U+0000–1F and U+007F–9F. */
export function quoteProblem(value: string): QuoteProblem | null {
  if (/\p{Cc}/u.test(value)) {
    return 'control-character';
  }
  return /\p{Cs}/u.test(value) ? 'lone-surrogate' : null;
}

/**
 * `value` as one PowerShell expression that yields exactly it, in pure ASCII: `'it''s'`, `('Gr'+[char]0x00FC+'n')`.
 * Everything outside ASCII becomes a `[char]`, the curly quotes that PowerShell takes for `'` among it, so that no
 * encoding of the file can turn a letter into a quote (docs/facts-powershell.md#quotes). The first part is always a string,
 * which keeps `+` a concatenation. Throws a RangeError where `quoteProblem` names one.
 */
export function quote(value: string): string {
  const problem = quoteProblem(value);
  if (problem !== null) {
    throw new RangeError(`The value can't be quoted for PowerShell: ${problem}.`);
  }
  const parts = (value.match(/[ -~]+|[^ -~]/g) ?? ['']).map(quotePart);
  if (parts.length === 1 && parts[0]?.startsWith("'")) {
    return parts[0];
  }
  return `(${parts[0]?.startsWith("'") ? '' : "''+"}${parts.join('+')})`;
}

/** A run of printable ASCII as a literal, or one UTF-16 code unit as a `[char]`. */
function quotePart(part: string): string {
  return /^[ -~]*$/.test(part)
    ? `'${part.replaceAll("'", "''")}'`
    : `[char]0x${part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** `values` as one PowerShell array of strings; `@()` is none. */
export function quoteList(values: readonly string[]): string {
  return `@(${values.map(quote).join(', ')})`;
}

/**
 * `value` for a comment of one line: no line break, no `#>`, no control character, and each code unit outside ASCII
 * named (`<U+00D1>`); its readable text stands in plan.md.
 */
export function commentText(value: string): string {
  let text = value
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[^ -~]/g, (unit) => `<U+${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);
  while (text.includes('#>')) {
    text = text.replaceAll('#>', '');
  }
  return text.trim();
}
