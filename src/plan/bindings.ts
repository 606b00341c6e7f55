// Which bindings of a server are Exchange's own, and which of them everybody meets.
import type { BindingRow } from '../model/snapshot';
import type { ServerView } from './view';

/** Exchange's own sites by their port, as setup names them. */
const sites: Readonly<Record<number, string>> = { 443: 'Default Web Site', 444: 'Exchange Back End' };

/** The bindings of `port` that Exchange answers on; where its site has another name, those of any site, else all. Null where they are not told. */
export function bindingsOf(there: ServerView, port: number): readonly BindingRow[] | null {
  const rows = there.row.bindings?.filter((row) => row.port === port) ?? null;
  if (rows === null) return null;
  const bySite = (isOwn: (site: string) => boolean): readonly BindingRow[] => rows.filter(({ site }) => isOwn(site));
  const own = bySite((site) => site === sites[port]);
  const ofSites = own.length > 0 ? own : bySite((site) => site !== '');
  return ofSites.length > 0 ? ofSites : rows;
}

/** Those on all addresses and without a name; else those without a name, else all. In an old snapshot none has an address. */
export function mainBindings(rows: readonly BindingRow[]): readonly BindingRow[] {
  const nameless = rows.filter(({ host = '' }) => host === '');
  const everywhere = nameless.filter(({ address }) => address === undefined || address.startsWith('0.0.0.0:'));
  return [everywhere, nameless, rows].find((some) => some.length > 0) ?? [];
}

/** `443` for all addresses of Exchange's own, else `127.0.0.1:443`, `portal.mydomain.com:443`. */
export function bindingText({ site, port, address }: BindingRow): string {
  return address === undefined || (site !== '' && address.startsWith('0.0.0.0:')) ? String(port) : address;
}
