// What the PFX page and the extension say to each other; the page builds its view from these values by textContent alone.

export type ToPage =
  | { readonly type: 'reading' }
  | {
      readonly type: 'working';
      readonly title: string;
      readonly message: string;
      readonly cancel: string;
      /** Between 0 and 1; null where it is not known. */
      readonly progress: number | null;
    }
  /** The password box was closed or the derivation stopped: nothing is known of the contents, and that is no outcome of the file. */
  | { readonly type: 'cancelled'; readonly title: string; readonly message: string; readonly action: string }
  | { readonly type: 'failed'; readonly title: string; readonly message: string; readonly action: string }
  | { readonly type: 'inspection'; readonly view: PageView };

/** Every word is made by the extension, because only it can translate. */
export interface PageView {
  /** For the context menus. */
  readonly uri: string;
  readonly title: string;
  readonly isOpened: boolean;
  readonly message: string;
  readonly actions: readonly ActionView[];
  /** About the file; [] where nothing is known. */
  readonly rows: readonly RowView[];
  readonly rowsHeading: string;
  readonly findings: FindingsView | null;
  readonly certificates: readonly CertificateView[];
  /** Parts of the file that could not be read, in the same list as the certificates. */
  readonly unread: { readonly heading: string; readonly items: readonly string[] } | null;
}

export interface ActionView {
  readonly type: Action;
  readonly label: string;
  readonly isPrimary: boolean;
}

export interface RowView {
  readonly term: string;
  readonly value: string;
  /** The name of the button that copies the value; null where there is none. */
  readonly copy: string | null;
}

/** A row without a button. */
export function row(term: string, value: string): RowView {
  return { term, value, copy: null };
}

export interface FindingsView {
  readonly heading: string;
  readonly items: readonly FindingView[];
}

export interface FindingView {
  readonly severity: 'error' | 'warning' | 'information';
  readonly word: string;
  readonly code: string;
  readonly message: string;
  /** What to do; "" where nothing is to be done. */
  readonly remedy: string;
}

export interface CertificateView {
  readonly thumbprint: string;
  readonly tlsCertificateName: string;
  readonly heading: string;
  readonly badges: readonly string[];
  readonly rows: readonly RowView[];
  readonly copyWord: string;
  readonly findings: FindingsView | null;
  /** Beside the certificate it replaces. */
  readonly comparison: { readonly heading: string; readonly rows: readonly RowView[] } | null;
}

/** What a button of the page asks for. */
export type Action = 'password' | 'cancel' | 'rotate' | 'convert' | 'convert-to-aes' | 'forget';

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: Action }
  | { readonly type: 'copy'; readonly what: string; readonly text: string };

/** A message from the page, or undefined where it is none of ours: a page is not trusted for being our own. */
export function fromPage(value: unknown): FromPage | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) {
    return undefined;
  }
  switch (value.type) {
    case 'ready':
    case 'password':
    case 'cancel':
    case 'rotate':
    case 'convert':
    case 'convert-to-aes':
    case 'forget':
      return { type: value.type };
    case 'copy':
      return 'what' in value && 'text' in value && typeof value.what === 'string' && typeof value.text === 'string'
        ? { type: 'copy', what: value.what, text: value.text }
        : undefined;
    default:
      return undefined;
  }
}
