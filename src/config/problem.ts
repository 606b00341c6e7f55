// What can be wrong with a configuration: codes with their data and place; the words are made at the face.
import type { OddCharacter } from '../model/oddCharacters';
import type { Service } from '../model/wanted';

/** Offsets in the text in UTF-16 units: `start` is the first, `end` is behind the last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'information';

/** What kind of value a place takes. */
export type Expected = 'text' | 'number' | 'list' | 'mapping';

interface Data {
  /** The text as a whole. */
  'too-large': { readonly characters: number; readonly limit: number };
  /** It was not read; why, in the words of what read it. */
  unreadable: { readonly why: string };
  /** Reading it took more time or memory than any honest file does. */
  'too-much-work': object;
  'too-deep': object;
  empty: object;
  /** The parser's own code and English sentence. */
  syntax: { readonly yaml: string; readonly detail: string };
  'tab-indentation': object;
  'several-documents': object;
  'too-many-aliases': object;
  'unknown-alias': { readonly alias: string };
  'too-many-problems': { readonly shown: number };

  /** Its shape. */
  'duplicate-key': { readonly key: string };
  'unknown-key': { readonly key: string; readonly nearest: readonly string[]; readonly allowed: readonly string[] };
  'missing-key': { readonly key: string };
  'wrong-type': { readonly expected: Expected; readonly source: string };
  'not-one-of': {
    readonly value: string;
    readonly allowed: readonly string[];
    readonly nearest: readonly string[];
  };
  'out-of-range': { readonly minimum: number; readonly maximum: number };
  'empty-text': object;
  'empty-list': { readonly key: string };
  'too-long': { readonly limit: number };

  /** Characters. */
  'control-character': { readonly codePoint: string };
  'look-alike': { readonly characters: readonly OddCharacter[]; readonly fixed: string };
  'blank-at-edge': { readonly fixed: string };

  /** Secrets: the value is never repeated here. */
  'secret-in-file': { readonly key: string };
  'private-key-in-file': object;
  'credentials-in-address': object;

  /** Names and references. */
  'bad-name': { readonly of: 'server' | 'certificate' | 'receive-connector'; readonly value: string };
  'duplicate-server': { readonly name: string };
  'duplicate-fqdn': { readonly name: string };
  'duplicate-certificate': { readonly name: string };
  'duplicate-connector': { readonly name: string };
  'duplicate-item': { readonly value: string };
  'duplicate-endpoint': { readonly address: string; readonly port: number; readonly other: string };
  'unknown-certificate': { readonly name: string; readonly nearest: readonly string[] };
  'unknown-server': { readonly name: string; readonly nearest: readonly string[] };
  'server-placeholder-in-send-connector': object;
  'unknown-connector-placeholder': { readonly placeholder: string };
  'server-name-in-connector': { readonly server: string; readonly fixed: string };

  /** Certificates. */
  'no-certificate-source': object;
  'two-certificate-sources': object;
  'bad-thumbprint': { readonly digits: number; readonly odd: readonly OddCharacter[] };
  'odd-characters-in-thumbprint': { readonly odd: readonly OddCharacter[]; readonly fixed: string };
  'bad-pfx-pattern': { readonly why: 'absolute' | 'parent' | 'backslash' | 'address'; readonly fixed: string | null };
  'service-not-ours': { readonly service: string; readonly allowed: readonly Service[] };
  'unknown-placeholder': { readonly placeholder: string; readonly allowed: readonly string[] };
  'friendly-name-too-long': { readonly length: number; readonly limit: number };
  'friendly-name-not-ascii': { readonly characters: readonly string[] };

  /** Hosts and addresses. */
  'bad-host': { readonly value: string };
  'fqdn-without-dot': { readonly value: string };
  'nothing-probed': { readonly server: string };
  'bad-remoting-address': { readonly why: 'not-an-address' | 'scheme' | 'query' };
  'remoting-not-fqdn': { readonly host: string };
  'remoting-by-service-name': { readonly host: string; readonly certificate: string };
  'own-only-endpoint': { readonly server: string };
  'one-remoting-address': object;
}

export type ConfigProblemCode = keyof Data;

/** One problem: its code, the code's data, how grave it is, and where in the text. */
export type ConfigProblem = {
  readonly [Code in ConfigProblemCode]: {
    readonly code: Code;
    readonly severity: Severity;
    readonly range: Range;
  } & Data[Code];
}[ConfigProblemCode];

export type DataOf<Code extends ConfigProblemCode> = Data[Code];

const severities: Readonly<Record<ConfigProblemCode, Severity>> = {
  'too-large': 'error',
  unreadable: 'error',
  'too-much-work': 'error',
  'too-deep': 'error',
  empty: 'error',
  syntax: 'error',
  'tab-indentation': 'error',
  'several-documents': 'error',
  'too-many-aliases': 'error',
  'unknown-alias': 'error',
  'too-many-problems': 'error',
  'duplicate-key': 'error',
  'unknown-key': 'error',
  'missing-key': 'error',
  'wrong-type': 'error',
  'not-one-of': 'error',
  'out-of-range': 'error',
  'empty-text': 'error',
  'empty-list': 'error',
  'too-long': 'error',
  'control-character': 'error',
  // A name may really hold one: it is compared exactly, and said.
  'look-alike': 'warning',
  'blank-at-edge': 'warning',
  'secret-in-file': 'error',
  'private-key-in-file': 'error',
  'credentials-in-address': 'error',
  'bad-name': 'error',
  'duplicate-server': 'error',
  'duplicate-fqdn': 'error',
  'duplicate-certificate': 'error',
  'duplicate-connector': 'error',
  'duplicate-item': 'error',
  'duplicate-endpoint': 'warning',
  'unknown-certificate': 'error',
  'unknown-server': 'error',
  'server-placeholder-in-send-connector': 'error',
  'unknown-connector-placeholder': 'warning',
  'server-name-in-connector': 'warning',
  'no-certificate-source': 'error',
  'two-certificate-sources': 'error',
  'bad-thumbprint': 'error',
  'odd-characters-in-thumbprint': 'warning',
  'bad-pfx-pattern': 'error',
  'service-not-ours': 'error',
  'unknown-placeholder': 'error',
  'friendly-name-too-long': 'error',
  'friendly-name-not-ascii': 'warning',
  'bad-host': 'error',
  'fqdn-without-dot': 'warning',
  'nothing-probed': 'information',
  'bad-remoting-address': 'error',
  'remoting-not-fqdn': 'warning',
  'remoting-by-service-name': 'warning',
  'own-only-endpoint': 'warning',
  'one-remoting-address': 'information',
};

/** A problem of `code` at `range`. */
export function problem<Code extends ConfigProblemCode>(
  code: Code,
  range: Range,
  data: DataOf<Code>,
): Extract<ConfigProblem, { code: Code }>;
export function problem(code: ConfigProblemCode, range: Range, data: object): object {
  return { code, severity: severities[code], range, ...data };
}
