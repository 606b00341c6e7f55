// What the PFX page and the extension say to each other; the page builds its view from these values by textContent alone.
import type { Inspection } from '../../model/inspection';

export type ToPage =
  | { readonly type: 'reading' }
  | { readonly type: 'working'; readonly message: string }
  /** The password box was closed: nothing is known of the file's contents, and that is no outcome of it. */
  | { readonly type: 'cancelled'; readonly message: string; readonly action: string }
  | { readonly type: 'failed'; readonly message: string }
  | {
      readonly type: 'inspection';
      readonly inspection: Inspection;
      readonly uri: string;
      readonly fileName: string;
      readonly labels: Labels;
    };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'password' }
  | { readonly type: 'copy'; readonly what: string; readonly text: string }
  | { readonly type: 'rotate' }
  | { readonly type: 'convert' };

/** The page's words, made here because only the extension can translate. */
export type Labels = Readonly<Record<string, string>>;

/** A message from the page, or undefined where it is none of ours: a page is not trusted for being our own. */
export function fromPage(value: unknown): FromPage | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) {
    return undefined;
  }
  switch (value.type) {
    case 'ready':
    case 'password':
    case 'rotate':
    case 'convert':
      return { type: value.type };
    case 'copy':
      return 'what' in value && 'text' in value && typeof value.what === 'string' && typeof value.text === 'string'
        ? { type: 'copy', what: value.what, text: value.text }
        : undefined;
    default:
      return undefined;
  }
}
