// Text that a file, a server or another person wrote, made safe to show: it can't steer a terminal, hide, turn the line around, or become a link.

/**
 * Controls (C0, C1, DEL), line and paragraph separators, lone surrogates, and everything that shows as nothing or changes the
 * direction of what follows: bidirectional and zero-width marks, soft hyphen, fillers, variation selectors, tag characters
 * (Unicode Standard Annex 44, "Default_Ignorable_Code_Point"; Unicode Technical Report 36, section 3).
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** A message is read at a glance; more of one value would push the rest of the sentence out of sight. */
const longestValue = 300;
/** UTF-16 code units of a text that is kept with a result, such as a server's banner. */
const longestRecord = 512;

/** `text` with each unseen character spelled as its code point, such as `\u{202e}`; nothing is cut. For a terminal, and for plain text in a window. */
export function forTerminal(text: string): string {
  return text.replace(unseen, spelled);
}

/** As `forTerminal`, cut to `longest` UTF-16 code units before it is spelled. For text that is stored, such as a server's answer. */
export function forRecord(text: string, longest = longestRecord): string {
  return cut(text, longest, forTerminal);
}

/**
 * One value within a message of the window: spelled, cut to `longest`, and with a blank within `](` and `$(`, since the editor makes
 * `[text](command:…)` in messages a link that runs the command, and `$(name)` in lists a picture.
 */
export function forMessage(text: string, longest = longestValue): string {
  return cut(text, longest, (part) => unlinked(forTerminal(part)));
}

/** `text` without `](` and `$(`; for a whole message, as two values side by side may form what neither holds. */
export function unlinked(text: string): string {
  return text.replace(/([\]$])\(/g, '$1 (');
}

/**
 * `text` within the first line of a monitoring plug-in: cut to `longest`, unseen characters spelled, and so are `|`, which begins the
 * performance data, and `<`, `>`, `&`, from which a page of the monitoring system may make an element (Monitoring Plugins Development
 * Guidelines, section 2).
 */
export function forPlugin(text: string, longest = longestValue): string {
  return cut(text, longest, (part) => forTerminal(part).replace(/[|<>&]/g, spelled));
}

/** `text` as the value of a label, between double quotes, in Prometheus's text format: one line, cut to `longest` (prometheus.io, "Exposition formats"). */
export function forLabel(text: string, longest = longestValue): string {
  return cut(text, longest, (part) => forTerminal(part).replace(/[\\"]/g, '\\$&'));
}

/** `text` as JSON output has it: unseen characters within its strings as `\uXXXX` (RFC 8259 section 7); line breaks between its tokens stay. */
export function forJson(json: string): string {
  return json.replace(unseen, (mark) => {
    if (mark === '\n') return mark;
    return Array.from({ length: mark.length }, (_, at) => unit(mark.charCodeAt(at))).join('');
  });
}

/**
 * `text` within a line of Markdown, shown as it is written: no emphasis, HTML, formula, list, table cell or heading begins, and no
 * address becomes a link. `& < > | @ $` and what makes an address one are character references, which a link finder that runs over the
 * text does not see through, as it does through a backslash (CommonMark 0.31 sections 2.4 and 2.5; GitHub Flavored Markdown, "Autolinks").
 */
export function forMarkdown(text: string): string {
  return forTerminal(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]~#!]/g, '\\$&')
    .replace(/[&<>|@$]/g, reference)
    .replace(/\/\//g, `/${reference('/')}`)
    .replace(/(?<=www)\./gi, reference)
    .replace(/(?<=(?:mailto|xmpp)):/gi, reference)
    .replace(/^[-+=]|^\d+[.)]/, (mark) => mark.slice(0, -1) + reference(mark.slice(-1)));
}

/** `text` as code, whatever grave accents are in it; not for a table, whose cells a `|` ends even there. */
export function code(text: string): string {
  const shown = forTerminal(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // a renderer takes one blank from each end (CommonMark 0.31 section 6.1)
  const pad = /^$|^`|`$|^ .*[^ ].* $/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

function cut(text: string, longest: number, spell: (part: string) => string): string {
  if (text.length <= longest) return spell(text);
  // never between the halves of one character
  const end = /[\ud800-\udbff]/.test(text.charAt(longest - 1)) ? longest - 1 : longest;
  return `${spell(text.slice(0, end))}…`;
}

function spelled(mark: string): string {
  return `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`;
}

function unit(code16: number): string {
  return `\\u${code16.toString(16).padStart(4, '0')}`;
}

function reference(mark: string): string {
  return `&#${mark.charCodeAt(0)};`;
}
