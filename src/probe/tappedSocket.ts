// A socket with an ear: TLS runs over it, and every byte the server sends is seen on its way.
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** `heard` sees each chunk before TLS does; where it returns false, the chunk and all after it go nowhere. */
export function tapSocket(socket: Socket, heard: (chunk: Buffer) => boolean): Duplex {
  const tapped = new Duplex({
    read: () => {
      socket.resume();
    },
    write: (chunk: Buffer, _encoding, done) => {
      socket.write(chunk, done);
    },
    final: (done) => {
      socket.end(done);
    },
  });
  socket.on('data', (chunk) => {
    if (tapped.destroyed || !heard(chunk)) return;
    if (!tapped.push(chunk)) socket.pause();
  });
  socket.on('end', () => tapped.push(null));
  socket.on('close', () => tapped.destroy());
  return tapped;
}
