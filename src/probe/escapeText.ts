// A stranger's text made safe to keep: every character that steers a terminal or hides in a line is spelt out.

/** C0 and C1 controls, DEL, line and paragraph separators, and the marks that turn or hide text (Unicode TR 36 section 3.3). */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** `text` with such characters as `\u{1b}`, cut to `longest` characters. */
export function escapeText(text: string, longest = 512): string {
  const escaped = text.slice(0, longest).replace(steering, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);
  return text.length > longest ? `${escaped}…` : escaped;
}
