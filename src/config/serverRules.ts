// Rules for the servers: names, addresses and ports.
import { nearest } from '../model/nearest';
import { sameName } from '../model/names';
import { isAddress, isHostName } from './hosts';
import { problem } from './problem';
import { repeated, type Rule } from './rule';

/** A computer's name, and part of the name of a script. */
const serverName = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

export const serverRules: readonly Rule[] = [
  function* wellFormedNames({ servers }) {
    for (const { name } of servers) {
      if (name !== undefined && name.value !== '' && !serverName.test(name.value)) {
        yield problem('bad-name', name.range, { of: 'server', value: name.value });
      }
    }
  },
  function* namesOnce({ servers }) {
    for (const name of repeated(servers.map((server) => server.name))) {
      yield problem('duplicate-server', name.range, { name: name.value });
    }
    for (const fqdn of repeated(servers.map((server) => server.fqdn))) {
      yield problem('duplicate-fqdn', fqdn.range, { name: fqdn.value });
    }
  },
  function* hosts({ servers }) {
    for (const { fqdn, address } of servers) {
      if (fqdn !== undefined && fqdn.value !== '') {
        if (!isHostName(fqdn.value) || isAddress(fqdn.value)) {
          yield problem('bad-host', fqdn.range, { value: fqdn.value });
        } else if (!fqdn.value.includes('.')) {
          yield problem('fqdn-without-dot', fqdn.range, { value: fqdn.value });
        }
      }
      if (address !== undefined && address.value !== '' && !isHostName(address.value) && !isAddress(address.value)) {
        yield problem('bad-host', address.range, { value: address.value });
      }
    }
  },
  /** Two servers behind one address and port: a probe could not tell which of them it saw. */
  function* endpointsOfOneServer({ servers }) {
    const owners = new Map<string, string>();
    for (const { name, fqdn, address, endpoints } of servers) {
      const host = (address ?? fqdn)?.value;
      if (host === undefined || name === undefined) continue;
      for (const { port, range } of endpoints) {
        const key = `${host.toUpperCase()} ${port}`;
        const other = owners.get(key);
        if (port !== 0 && other !== undefined && other !== name.value) {
          yield problem('duplicate-endpoint', (address ?? { range }).range, { address: host, port, other });
          break;
        }
        owners.set(key, name.value);
      }
    }
  },
  /** The one that looks: case does not count, as for Active Directory. */
  function* knownViewpoint({ probeFrom, servers }) {
    const names = servers.flatMap(({ name }) => (name === undefined ? [] : [name.value]));
    if (probeFrom === undefined || probeFrom.value === '') return;
    if (names.length === 0 || names.some((name) => sameName(name, probeFrom.value))) return;
    const { value: name, range } = probeFrom;
    yield problem('unknown-server', range, { name, nearest: nearest(name, names) });
  },
  function* somethingProbed({ servers }) {
    for (const { name, endpoints, endpointsRange } of servers) {
      if (name !== undefined && endpointsRange !== undefined && endpoints.every(({ port }) => port === 0)) {
        yield problem('nothing-probed', endpointsRange, { server: name.value });
      }
    }
  },
];
