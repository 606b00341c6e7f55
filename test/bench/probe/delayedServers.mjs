// Mail and web servers behind a proxy that makes every round trip take its time; prints the ports as JSON, ends with its standard input.
//
// Client and proxy share a machine, so a connection is there at once. The proxy makes up for it: the server hears of a client 1.5 round
// trips after it came (SYN, SYN-ACK, ACK), and every chunk takes half a round trip.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { TLSSocket, createSecureContext, createServer as createTlsServer } from 'node:tls';

const [certificate, key, roundTrip] = process.argv.slice(2);
const half = Number(roundTrip) / 2;
const identity = { cert: readFileSync(certificate), key: readFileSync(key) };
const secureContext = createSecureContext(identity);

const dialogues = {
  smtp: { greeting: '220 mail ESMTP\r\n', replies: ['250-mail\r\n250 STARTTLS\r\n', '220 go\r\n'] },
  imap: { greeting: '* OK ready\r\n', replies: ['* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK\r\n', 'TAG OK go\r\n'] },
};
const quiet = (socket) => socket.on('error', () => undefined);

function startTls({ greeting, replies }) {
  return createServer({ noDelay: true }, (socket) => {
    const left = [...replies];
    quiet(socket).write(greeting);
    socket.on('data', function answer(line) {
      socket.write(left.shift().replace('TAG', line.toString().split(' ', 1)[0]));
      if (left.length > 0) return;
      socket.off('data', answer);
      quiet(new TLSSocket(socket, { isServer: true, secureContext })).on('end', () => socket.destroy());
    });
  });
}

const tlsAtOnce = () =>
  createTlsServer({ ...identity, noDelay: true }, (socket) => quiet(socket).resume()).on(
    'tlsClientError',
    () => undefined,
  );

async function listen(server, host) {
  server.listen(0, host, 1024);
  await once(server, 'listening');
  return server.address().port;
}

function delayed(port) {
  return createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const accepted = performance.now() + 3 * half;
    const server = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true }).pause();
    pass(quiet(client), quiet(server), accepted);
    setTimeout(() => pass(server, client, 0), 3 * half);
  });
}

/** Hands on each chunk half a round trip after it came, and nothing before `earliest`. */
function pass(from, to, earliest) {
  const later = (run) => setTimeout(run, Math.max(earliest, performance.now() + half) - performance.now());
  from.on('data', (chunk) => later(() => to.writable && to.write(chunk)));
  from.on('end', () => later(() => to.end()));
  from.on('close', () => later(() => to.destroySoon()));
  from.resume();
}

const ports = {};
for (const [name, server] of Object.entries({
  smtp: startTls(dialogues.smtp),
  submission: startTls(dialogues.smtp),
  imap: startTls(dialogues.imap),
  https: tlsAtOnce(),
  imaps: tlsAtOnce(),
  pop3s: tlsAtOnce(),
}))
  ports[name] = await listen(delayed(await listen(server, '127.0.0.1')), '0.0.0.0');
console.log(JSON.stringify(ports));
process.stdin.resume().on('end', () => process.exit(0));
