// The configuration as far as it can be read, each text with its place: what the rules look at, however much is missing.
import { isMap, isScalar, isSeq } from 'yaml';
import { endpointKinds, standardPort } from '../model/endpoints';
import type { EndpointKind } from '../model/wanted';
import { headRange, pairOf, placed, rangeOf, type Placed, type Resolve } from './nodes';
import type { EntryKind, EntryPosition } from './positions';
import type { Range } from './problem';

export interface Entry {
  readonly kind: EntryKind;
  readonly range: Range;
  /** Where a problem of the whole entry is shown. */
  readonly head: Range;
  readonly name: Placed | undefined;
}

export interface DraftServer extends Entry {
  readonly fqdn: Placed | undefined;
  readonly address: Placed | undefined;
  readonly endpoints: readonly { readonly endpoint: EndpointKind; readonly port: number; readonly range: Range }[];
  readonly endpointsRange: Range | undefined;
}

export interface DraftCertificate extends Entry {
  readonly pfx: Placed | undefined;
  readonly thumbprint: Placed | undefined;
  readonly friendlyName: Placed | undefined;
  /** Which keys are written, whatever stands there. */
  readonly keys: ReadonlySet<string>;
  readonly services: readonly Placed[];
  readonly hostnames: readonly Placed[];
}

export interface DraftConnector extends Entry {
  /** undefined where none is named. */
  readonly certificate: Placed | undefined;
}

export interface Draft {
  readonly text: string;
  readonly remoting: readonly Placed[];
  readonly servers: readonly DraftServer[];
  readonly certificates: readonly DraftCertificate[];
  readonly send: readonly DraftConnector[];
  readonly receive: readonly DraftConnector[];
  readonly probeFrom: Placed | undefined;
}

export function draftOf(root: unknown, resolve: Resolve, text: string): Draft {
  const at = (node: unknown, key: string): unknown => {
    const map = resolve(node);
    return isMap(map) ? pairOf(map, key)?.value : undefined;
  };
  const listOf = (node: unknown): readonly unknown[] => {
    const list = resolve(node);
    return isSeq(list) ? list.items : [];
  };
  const textAt = (node: unknown, key: string) => placed(at(node, key), resolve, text);
  const textsAt = (node: unknown, key: string) =>
    listOf(at(node, key)).flatMap((item) => placed(item, resolve, text) ?? []);
  const entry = (kind: EntryKind, node: unknown): Entry => ({
    kind,
    range: rangeOf(node, text),
    head: headRange(resolve(node), text),
    name: textAt(node, 'name'),
  });
  const connectors = (kind: EntryKind, key: string) =>
    listOf(at(at(root, 'connectors'), key)).map((node) => ({
      ...entry(kind, node),
      certificate: textAt(node, 'certificate'),
    }));
  return {
    text,
    remoting: textsAt(at(root, 'remoting'), 'exchange'),
    servers: listOf(at(root, 'servers')).map((node) => {
      const endpoints = at(node, 'endpoints');
      const nameRange = rangeOf(at(node, 'name'), text);
      return {
        ...entry('server', node),
        fqdn: textAt(node, 'fqdn'),
        address: textAt(node, 'address'),
        endpointsRange: endpoints === undefined ? undefined : rangeOf(endpoints, text),
        endpoints: endpointKinds.map((endpoint) => {
          const port = at(endpoints, endpoint);
          return isScalar(port) && typeof port.value === 'number'
            ? { endpoint, port: port.value, range: rangeOf(port, text) }
            : { endpoint, port: standardPort(endpoint), range: nameRange };
        }),
      };
    }),
    certificates: listOf(at(root, 'certificates')).map((node) => {
      const map = resolve(node);
      return {
        ...entry('certificate', node),
        pfx: textAt(node, 'pfx'),
        thumbprint: textAt(node, 'thumbprint'),
        friendlyName: textAt(node, 'friendlyName'),
        keys: new Set(isMap(map) ? map.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])) : []),
        services: textsAt(node, 'services'),
        hostnames: textsAt(node, 'hostnames'),
      };
    }),
    send: connectors('send-connector', 'send'),
    receive: connectors('receive-connector', 'receive'),
    probeFrom: textAt(at(root, 'probe'), 'from'),
  };
}

/** The entries that have a name, in the order of the text. */
export function positionsOf(draft: Draft): readonly EntryPosition[] {
  return [...draft.servers, ...draft.certificates, ...draft.send, ...draft.receive]
    .flatMap(({ kind, name, range }) =>
      name === undefined ? [] : [{ kind, name: name.value, range, nameRange: name.range }],
    )
    .sort((one, other) => one.range.start - other.range.start);
}
