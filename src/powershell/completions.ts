// What value a PowerShell text expects at a place: a thumbprint, a server or a connector of the configuration or snapshot.
import { quote, quoteProblem } from './quote';

export type ValueKind = 'thumbprint' | 'server' | 'send-connector' | 'receive-connector';

/** What is known to offer; each value once, with words beside it. */
export interface KnownValues {
  readonly thumbprints: readonly KnownValue[];
  readonly servers: readonly KnownValue[];
  readonly sendConnectors: readonly KnownValue[];
  /** By identity: `SERVER1\Default Frontend SERVER1`. */
  readonly receiveConnectors: readonly KnownValue[];
}

export interface KnownValue {
  readonly value: string;
  /** A friendly name, a date: plain text for the list. */
  readonly detail: string;
}

export interface ValueCompletion extends KnownValue {
  /** PowerShell source for the value, quoted; it replaces the text from `start` to `end`. */
  readonly text: string;
}

export interface ValueCompletions {
  readonly kind: ValueKind;
  readonly start: number;
  readonly end: number;
  readonly items: readonly ValueCompletion[];
}

/** Which parameter of which command takes what; the commands are the catalogue's. */
const expected: readonly (readonly [command: RegExp, parameter: string, kind: ValueKind])[] = [
  [/^(Get|Enable|Export|Remove)-ExchangeCertificate$/i, 'thumbprint', 'thumbprint'],
  [/^(Get|Import|Enable|Export|Remove)-ExchangeCertificate$/i, 'server', 'server'],
  [/^(Get|Set)-(Pop|Imap)Settings$|^Get-(ReceiveConnector|Queue)$/i, 'server', 'server'],
  [/^Get-(ExchangeServer|TransportService)$/i, 'identity', 'server'],
  [/^(Get|Set)-SendConnector$/i, 'identity', 'send-connector'],
  [/^(Get|Set)-ReceiveConnector$/i, 'identity', 'receive-connector'],
];

/** The value begun at the end of a line: a quoted text that may be open, or a bare word. */
const value = String.raw`(?<value>"[^"]*"?|'[^']*'?|[^\s"'|;(){}]*)`;
const named = new RegExp(
  String.raw`(?:^|[\s|;({=])(?<command>[A-Za-z]+-[A-Za-z]+)(?<between>\s[^|;{}]*?)?\s-(?<parameter>[A-Za-z]+)(?:\s+|:)${value}$`,
);
const positional = new RegExp(String.raw`(?:^|[\s|;({=])(?<command>[A-Za-z]+-[A-Za-z]+)\s+${value}$`);
/** Only the end of a very long line is read: this runs at each keystroke. */
const longestLine = 2000;
const store = /Cert:[\\/]LocalMachine[\\/]\w+[\\/](?<value>[0-9A-Fa-f]*)$/i;

/**
 * What may stand at `offset` of `text`, or null where none of these values is expected. Only the line up to the offset
 * is read; a thumbprint behind `Cert:\LocalMachine\My\` stands bare, everything else is quoted.
 */
export function completionsAt(text: string, offset: number, known: KnownValues): ValueCompletions | null {
  const line = text.slice(Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - longestLine), offset);
  const inStore = store.exec(line)?.groups?.['value'];
  if (inStore !== undefined) {
    const items = known.thumbprints.map((one) => ({ ...one, text: one.value }));
    return { kind: 'thumbprint', start: offset - inStore.length, end: offset, items };
  }
  const begun = valueAt(line);
  if (begun === null) {
    return null;
  }
  const quoted = /^["']/.test(begun.value);
  const closed = quoted && text[offset] === begun.value[0] ? 1 : 0;
  return {
    kind: begun.kind,
    start: offset - begun.value.length,
    end: offset + closed,
    items: valuesOf(begun.kind, known)
      .filter((one) => quoteProblem(one.value) === null)
      .map((one) => ({ ...one, text: quote(one.value) })),
  };
}

/** The value begun at the end of `line` and its kind; the first value without a parameter is the identity or thumbprint. */
function valueAt(line: string): { readonly kind: ValueKind; readonly value: string } | null {
  const byName = named.exec(line)?.groups;
  if (byName !== undefined) {
    const kind = kindOf(byName['command'] ?? '', byName['parameter'] ?? '');
    return kind === null ? null : { kind, value: byName['value'] ?? '' };
  }
  const byPlace = positional.exec(line)?.groups;
  const [command, begun] = [byPlace?.['command'] ?? '', byPlace?.['value'] ?? ''];
  const kind = kindOf(command, 'identity') ?? kindOf(command, 'thumbprint');
  return kind === null || begun.startsWith('-') ? null : { kind, value: begun };
}

/** A parameter may be cut short, as PowerShell allows it. */
function kindOf(command: string, parameter: string): ValueKind | null {
  const found = expected.find(([commands, name]) => commands.test(command) && name.startsWith(parameter.toLowerCase()));
  return found?.[2] ?? null;
}

function valuesOf(kind: ValueKind, known: KnownValues): readonly KnownValue[] {
  const table: Readonly<Record<ValueKind, readonly KnownValue[]>> = {
    thumbprint: known.thumbprints,
    server: known.servers,
    'send-connector': known.sendConnectors,
    'receive-connector': known.receiveConnectors,
  };
  return table[kind];
}
