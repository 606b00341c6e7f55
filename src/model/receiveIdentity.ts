// How Exchange names a receive connector: by its server.
import type { ServerName } from './names';

/** `SERVER1\Default Frontend SERVER1` for the configuration's `Default Frontend {server}`. */
export function receiveIdentity(server: ServerName, name: string): string {
  // a function, because in a text `$&` would stand for what was found
  return `${server}\\${name.replaceAll('{server}', () => server)}`;
}
