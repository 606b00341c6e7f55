// Strangers' text in Markdown: shown as it is written, never as markup, and never as a control character.
/** Escapes what Markdown or HTML would act upon; control and direction characters become visible. */
export function escapeMarkdown(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>&|~#!]/g, (character) => `\\${character}`);
}

/** `text` as code, whatever grave accents are in it. */
export function code(text: string): string {
  const shown = visible(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown === '' || shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

function visible(text: string): string {
  return text.replace(
    /[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
