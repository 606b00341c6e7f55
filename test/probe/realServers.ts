// Postfix, exim, Dovecot, nginx and openssl's own server on loopback, each with a configuration of its own in a folder that is thrown away.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Identity } from './pki';

/** Ends the server and removes its folder. */
export type Stop = () => Promise<void>;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** SMTP with STARTTLS on the first port, TLS at once on the second. */
export async function startPostfix(identity: Identity, chain: string, smtp: number, smtps: number): Promise<Stop> {
  const folder = newFolder('postfix');
  const [user = 0, group = 0] = ['-u', '-g'].map((what) =>
    Number(execFileSync('id', [what, 'postfix'], { encoding: 'utf8' })),
  );
  for (const name of ['etc', 'spool', 'data']) mkdirSync(path.join(folder, name));
  chownSync(path.join(folder, 'data'), user, group);
  write(folder, 'etc/main.cf', [
    'compatibility_level = 3.6',
    `queue_directory = ${folder}/spool`,
    `data_directory = ${folder}/data`,
    'command_directory = /usr/sbin',
    'daemon_directory = /usr/lib/postfix/sbin',
    'mail_owner = postfix',
    'myhostname = mail.mydomain.com',
    'inet_protocols = ipv4',
    `maillog_file = ${folder}/log`,
    `maillog_file_prefixes = ${tmpdir()}`,
    'smtpd_tls_security_level = may',
    `smtpd_tls_chain_files = ${identity.key}, ${chain}`,
    'alias_maps =',
    'local_recipient_maps =',
  ]);
  write(folder, 'etc/master.cf', [
    `127.0.0.1:${smtp} inet n - n - - smtpd`,
    `127.0.0.1:${smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes`,
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'anvil unix - - n - 1 anvil',
    'rewrite unix - - n - - trivial-rewrite',
    'postlog unix-dgram n - n - 1 postlogd',
  ]);
  // Comes back once the master daemon has its ports.
  await run('postfix', '-c', path.join(folder, 'etc'), 'start');
  return () => end(folder, Number(readFileSync(path.join(folder, 'spool/pid/master.pid'), 'utf8')));
}

/** The same by exim, which speaks TLS by GnuTLS; it is unpacked and not installed, so its user stands in a list of its own. */
export async function startExim(identity: Identity, chain: string, smtp: number, smtps: number): Promise<Stop> {
  const folder = newFolder('exim');
  const [user, group] = ['-u', '-g'].map((what) => execFileSync('id', [what, 'nobody'], { encoding: 'utf8' }).trim());
  mkdirSync(path.join(folder, 'spool'));
  chownSync(path.join(folder, 'spool'), Number(user), Number(group));
  // It reads both as that user, and the certificates of the tests guard nothing.
  for (const [name, source] of Object.entries({ 'key.pem': identity.key, 'chain.pem': chain }))
    writeFileSync(path.join(folder, name), readFileSync(source));
  write(folder, 'passwd', [`Debian-exim:x:${user}:${group}::/:/bin/false`, 'root:x:0:0::/:/bin/false']);
  write(folder, 'group', [`Debian-exim:x:${group}:`, 'root:x:0:']);
  write(folder, 'exim.conf', [
    'primary_hostname = mail.mydomain.com',
    `spool_directory = ${folder}/spool`,
    `log_file_path = ${folder}/spool/%slog`,
    'keep_environment =',
    'local_interfaces = 127.0.0.1',
    `daemon_smtp_ports = ${smtp} : ${smtps}`,
    `tls_on_connect_ports = ${smtps}`,
    'tls_advertise_hosts = *',
    `tls_certificate = ${folder}/chain.pem`,
    `tls_privatekey = ${folder}/key.pem`,
  ]);
  const { EXIM4: program = '' } = process.env;
  // Asked for some debugging, it prints what it logs.
  const server = spawn(program, ['-bdf', '-d-all+receive', '-C', path.join(folder, 'exim.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      LD_PRELOAD: 'libnss_wrapper.so',
      NSS_WRAPPER_PASSWD: path.join(folder, 'passwd'),
      NSS_WRAPPER_GROUP: path.join(folder, 'group'),
    },
  });
  await printed(server, server.stderr, /daemon started/u);
  return () => endChild(server, folder);
}

export interface DovecotPorts {
  readonly imap: number;
  readonly imaps: number;
  readonly pop3: number;
  readonly pop3s: number;
}

export async function startDovecot(identity: Identity, chain: string, ports: DovecotPorts): Promise<Stop> {
  const folder = newFolder('dovecot');
  const listener = (name: keyof DovecotPorts, secure: boolean): string =>
    `inet_listener ${name} {\n port = ${ports[name]}\n ssl = ${secure ? 'yes' : 'no'}\n }\n`;
  write(folder, 'dovecot.conf', [
    `base_dir = ${folder}/run`,
    `state_dir = ${folder}/state`,
    'log_path = /dev/stderr',
    'listen = 127.0.0.1',
    'protocols = imap pop3',
    'ssl = yes',
    `ssl_cert = <${chain}`,
    `ssl_key = <${identity.key}`,
    'passdb {\n driver = static\n args = nopassword=y\n}',
    `service imap-login {\n chroot =\n ${listener('imap', false)}${listener('imaps', true)}}`,
    `service pop3-login {\n chroot =\n ${listener('pop3', false)}${listener('pop3s', true)}}`,
  ]);
  const server = spawn('dovecot', ['-F', '-c', path.join(folder, 'dovecot.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await printed(server, server.stderr, /starting up/u);
  return () => endChild(server, folder);
}

/** HTTPS; another identity for each further name. */
export async function startNginx(
  port: number,
  sites: Readonly<Record<string, { identity: Identity; chain: string }>>,
): Promise<Stop> {
  const folder = newFolder('nginx');
  const blocks = Object.entries(sites).map(
    ([name, { identity, chain }]) =>
      `server { listen 127.0.0.1:${port} ssl; server_name ${name}; ssl_certificate ${chain}; ssl_certificate_key ${identity.key}; }`,
  );
  write(folder, 'nginx.conf', [
    `pid ${folder}/pid;`,
    'error_log stderr;',
    'events {}',
    `http { access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;`,
    `uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s; ${blocks.join('\n')} }`,
  ]);
  // Comes back once the daemon has its port.
  await run('nginx', '-p', folder, '-c', path.join(folder, 'nginx.conf'));
  return () => end(folder, Number(readFileSync(path.join(folder, 'pid'), 'utf8')));
}

export async function startOpenssl(port: number, identity: Identity, ...settings: readonly string[]): Promise<Stop> {
  const server = spawn(
    'openssl',
    ['s_server', '-accept', `127.0.0.1:${port}`, '-key', identity.key, '-cert', identity.certificate, ...settings],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  await printed(server, server.stdout, /ACCEPT/u);
  return () => endChild(server);
}

function newFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `probe-${name}-`));
  // The servers' own users pass through it.
  chmodSync(folder, 0o755);
  return folder;
}

function write(folder: string, name: string, lines: readonly string[]): void {
  writeFileSync(path.join(folder, name), `${lines.join('\n')}\n`);
}

async function run(command: string, ...words: readonly string[]): Promise<void> {
  const child = spawn(command, words, { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code ?? 'a signal'}`);
}

/** Ends once `stream` has printed what matches; a server that ends before is an error. */
function printed(server: ChildProcess, stream: NodeJS.ReadableStream, wanted: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (wanted.test(text)) resolve();
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code ?? 'a signal'}: ${text}`)));
  });
}

async function endChild(server: ChildProcess, folder?: string): Promise<void> {
  if (server.exitCode === null) {
    const exit = once(server, 'exit');
    server.kill();
    await exit;
  }
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

/** Ends a daemon by its process id; its children end with it. */
function end(folder: string, pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return Promise.resolve();
}
