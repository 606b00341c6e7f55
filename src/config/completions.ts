// What may stand at an offset of a configuration: keys, values of the schema, and names of the file and the organization.
import { friendlyNamePlaceholders } from '../model/friendlyName';
import type { KnownNames } from './knownNames';
import { placeAt, type Place } from './place';
import type { EntryKind, EntryPosition } from './positions';
import { scalarText } from './scalarText';
import { schemaAt, type SchemaPart } from './schemaAt';

export interface Completion {
  readonly kind: 'key' | 'value' | 'name';
  readonly label: string;
  /** Replaces the text from `start` to `end`. */
  readonly insert: string;
  readonly start: number;
  readonly end: number;
  /** What a key means, in Markdown; "" for names. */
  readonly meaning: string;
}

/** `positions` are of the last text that could be read. Never throws. */
export function completions(
  text: string,
  offset: number,
  positions: readonly EntryPosition[],
  known: KnownNames,
): readonly Completion[] {
  const place = placeAt(text, offset);
  if (place === undefined) return [];
  const { start, end } = place;
  const part = schemaAt(place.path);
  if (place.at === 'key' && part?.properties !== undefined) {
    return Object.entries(part.properties)
      .filter(([key]) => !place.siblings.includes(key))
      .map(([key, { description }]) => {
        const written = text.startsWith(':', end) ? key : `${key}: `;
        return { kind: 'key', label: key, insert: written, start, end, meaning: description ?? '' };
      });
  }
  const taken = new Set(place.siblings);
  const meaning = part?.description ?? '';
  return [
    ...schemaValues(part).map((value) => ({ kind: 'value' as const, value, insert: value, meaning })),
    ...names(place, positions, known).map((value) => ({
      kind: 'name' as const,
      value,
      insert: value === 'null' ? value : scalarText(value),
      meaning: '',
    })),
  ]
    .filter(({ value }) => !taken.has(value))
    .map(({ kind, value, insert, meaning: said }) => ({ kind, label: value, insert, start, end, meaning: said }));
}

function schemaValues(part: SchemaPart | undefined): readonly string[] {
  if (part?.enum !== undefined) return part.enum;
  return typeof part?.default === 'number' ? [String(part.default)] : [];
}

/** By the place's path, 0 for any item. */
function names({ path }: Place, positions: readonly EntryPosition[], known: KnownNames): readonly string[] {
  const entries = (kind: EntryKind) => positions.filter((position) => position.kind === kind).map(({ name }) => name);
  const unused = (kind: EntryKind, all: readonly string[]) => {
    const used = new Set(entries(kind));
    return all.filter((name) => !used.has(name));
  };
  switch (path.join('.')) {
    case 'connectors.send.0.certificate':
    case 'connectors.receive.0.certificate':
      return [...new Set(entries('certificate')), 'null'];
    case 'connectors.send.0.name':
      return unused('send-connector', known.sendConnectors);
    case 'connectors.receive.0.name':
      return unused('receive-connector', ['Default Frontend {server}', ...known.receiveConnectors.filter(isOther)]);
    case 'servers.0.name':
      return unused(
        'server',
        known.servers.map(({ name }) => name),
      );
    case 'probe.from':
      return entries('server');
    case 'servers.0.fqdn':
    case 'servers.0.address':
      return known.servers.map(({ fqdn }) => fqdn);
    case 'remoting.exchange.0':
      return known.servers.map(({ fqdn }) => `http://${fqdn}/PowerShell/`);
    case 'certificates.0.friendlyName':
      return [friendlyNamePlaceholders.join('-')];
    default:
      return [];
  }
}

function isOther(name: string): boolean {
  return name !== 'Default Frontend {server}';
}
