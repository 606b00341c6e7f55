// How much of a file the page shows: a stranger's file may hold a hundred thousand names, and a page of all of them holds the window.
import { l10n } from 'vscode';

/** How many of each are shown. */
export const most = { certificates: 100, findings: 100, names: 200, chain: 20 } as const;

/** Characters of one text. */
const longestText = 8192;

/** `text`, or its beginning with how much more there is. */
export function cut(text: string): string {
  return text.length <= longestText
    ? text
    : l10n.t('{0}… (and {1} characters more)', text.slice(0, longestText), text.length - longestText);
}

/** The first `count` of `items`, and how many more there are. */
export function listed(items: readonly string[], count: number): readonly string[] {
  return items.length <= count ? items : [...items.slice(0, count), l10n.t('and {0} more', items.length - count)];
}
