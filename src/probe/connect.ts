// Opens the TCP connection of a look, and closes it so that nothing stays open behind it.
import { connect, isIP, isIPv6, type Socket } from 'node:net';
import type { Endpoint } from '../model/observation';

/** Long enough for a slow site, short enough that a dead IPv6 address does not use up the look (RFC 8305 section 5). */
const attemptMilliseconds = 2000;

/** `family` leaves out addresses of the other version of IP. Throws EAFNOSUPPORT where the address is of that one. */
export function dial({ host: name, address, port }: Endpoint, family?: 4 | 6): Socket {
  const host = address ?? name;
  if (family !== undefined && isIP(host) !== 0 && isIP(host) !== family)
    throw Object.assign(new Error(`${host} is no IPv${family} address`), { code: 'EAFNOSUPPORT' });
  const socket = connect({
    host,
    ...(family !== undefined && { family }),
    port,
    noDelay: true,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: attemptMilliseconds,
  });
  // A socket without a listener would throw what comes after everybody has stopped to listen.
  socket.on('error', () => undefined);
  return socket;
}

/** Undefined once connected, else the system's code, as ECONNREFUSED or ENOTFOUND. */
export function connected(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once('close', () => resolve('closed'));
  });
}

/** Ends once the socket is closed; what was written is handed to the system first. */
export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
    socket.destroySoon();
  });
}

/** What EHLO says where a client has no name: its address as a literal (RFC 5321 sections 4.1.3 and 4.1.4). */
export function addressLiteral({ localAddress = '127.0.0.1' }: Socket): string {
  return isIPv6(localAddress) ? `[IPv6:${localAddress}]` : `[${localAddress}]`;
}
