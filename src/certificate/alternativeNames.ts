// Reads GeneralNames: host names, addresses and the other kinds a subject alternative name can hold.
import { content, isContext, octets, type Element } from './der';
import { hex, looseText, readOid, readText } from './derValues';
import { readName } from './distinguishedName';

export interface AlternativeName {
  readonly kind: 'dns' | 'ip' | 'email' | 'uri' | 'directory' | 'registered-id' | 'other';
  /** The name as text; of an unknown kind its content in hexadecimal. */
  readonly value: string;
}

/** GeneralNames (RFC 5280 section 4.2.1.6), in order. Throws DerError when a part is not readable. */
export function readAlternativeNames(sequence: Element): readonly AlternativeName[] {
  return sequence.children.filter(({ tagClass }) => tagClass === 'context').map(readOne);
}

function readOne(name: Element): AlternativeName {
  // IA5String by the book; real ones hold UTF-8, too
  const ascii = () => looseText(octets(name));
  switch (name.tag) {
    case 1:
      return { kind: 'email', value: ascii() };
    case 2:
      return { kind: 'dns', value: ascii() };
    case 4: {
      const directory = name.children[0];
      return { kind: 'directory', value: directory === undefined ? '' : readName(directory).text };
    }
    case 6:
      return { kind: 'uri', value: ascii() };
    case 7:
      return { kind: 'ip', value: ipText(octets(name)) };
    case 8:
      return { kind: 'registered-id', value: readOid(name) };
    default:
      return { kind: 'other', value: otherName(name) };
  }
}

/** An otherName that holds a string (a user principal name, for one) is shown as that string. */
function otherName(name: Element): string {
  const [type, wrapped] = name.children;
  const inner = isContext(wrapped, 0) ? wrapped.children[0] : undefined;
  const text = inner === undefined ? undefined : readText(inner);
  return type !== undefined && text !== undefined ? `${readOid(type)}=${text}` : `#${hex(content(name))}`;
}

/** Dotted IPv4, IPv6 as RFC 5952 writes it; anything else in hexadecimal. */
export function ipText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return `#${hex(bytes)}`;
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16),
  );
  const zeros = [
    ...groups
      .map((group) => (group === '0' ? '0' : '1'))
      .join('')
      .matchAll(/0{2,}/g),
  ];
  const longest = zeros.reduce<RegExpMatchArray | undefined>(
    (best, run) => (run[0].length > (best?.[0].length ?? 1) ? run : best),
    undefined,
  );
  if (longest?.index === undefined) return groups.join(':');
  const before = groups.slice(0, longest.index).join(':');
  return `${before}::${groups.slice(longest.index + longest[0].length).join(':')}`;
}
