// The certificates the probe's tests present: a root, two authorities under it, and leaves of every kind, made by openssl.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

interface Making {
  /** Days from today. */
  readonly from?: number;
  readonly to?: number;
  /** As `openssl req -newkey` takes it; RSA of 2048 bits by default. */
  readonly key?: readonly string[];
  readonly digest?: string;
}

export interface Pki {
  readonly folder: string;
  readonly root: Identity;
  readonly r12: Identity;
  readonly r13: Identity;
  /** www.mydomain.com by R12: the old one. */
  readonly a: Identity;
  /** www.mydomain.com by R13: the new one. */
  readonly b: Identity;
  readonly expired: Identity;
  /** server1.mydomain.com, P-256, by R13. */
  readonly elliptic: Identity;
  /** A subject of ANSI escapes, HTML and a line break, signed by itself. */
  readonly hostile: Identity;
  /** Another certificate, signed by `issuer`, or by itself where that is null. */
  readonly make: (
    name: string,
    subject: string,
    extensions: readonly string[],
    issuer: Identity | null,
    more?: Making,
  ) => Identity;
  /** Files of one or several PEM blocks, as servers read them. */
  readonly bundle: (name: string, ...identities: readonly Identity[]) => string;
}

/** A new one each time; `today` is the day its certificates are of, in milliseconds. */
export function makePki(today = Date.now()): Pki {
  const days = (count: number): string =>
    new Date(today + count * 86_400_000).toISOString().replace(/[-:T]|\..*/gu, '') + 'Z';
  const folder = mkdtempSync(path.join(tmpdir(), 'probe-pki-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => path.join(folder, name);
  const openssl = (...words: string[]): void => void execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  writeFileSync(at('index.txt'), '');
  writeFileSync(
    at('ca.cnf'),
    '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nunique_subject=no\nrand_serial=yes\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\ncopy_extensions=copyall\n[p]\nCN=optional\nO=optional\nC=optional\n[req]\ndistinguished_name=n\n[n]\n',
  );

  function make(
    name: string,
    subject: string,
    extensions: readonly string[],
    issuer: Identity | null,
    { from = -1, to = 90, key = ['rsa:2048'], digest = 'sha256' }: Making = {},
  ): Identity {
    const identity = { certificate: at(`${name}.pem`), key: at(`${name}.key`) };
    const adds = extensions.flatMap((extension) => ['-addext', extension]);
    openssl(
      'req',
      '-new',
      '-config',
      'ca.cnf',
      '-newkey',
      ...key,
      '-nodes',
      '-keyout',
      identity.key,
      '-out',
      `${name}.csr`,
      '-utf8',
      '-subj',
      subject,
      ...adds,
    );
    const by = issuer ? ['-cert', issuer.certificate, '-keyfile', issuer.key] : ['-selfsign', '-keyfile', identity.key];
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-preserveDN',
      '-md',
      digest,
      '-config',
      'ca.cnf',
      ...by,
      '-in',
      `${name}.csr`,
      '-out',
      identity.certificate,
      '-startdate',
      days(from),
      '-enddate',
      days(to),
    );
    return identity;
  }

  const authority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign'];
  const names = (...hosts: string[]): string[] => [`subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`];
  const root = make('root', '/CN=Lab Root', authority, null, { from: -400, to: 4000 });
  const r12 = make('r12', "/C=US/O=Let's Encrypt/CN=R12", authority, root, { from: -300, to: 900 });
  const r13 = make('r13', "/C=US/O=Let's Encrypt/CN=R13", authority, root, { from: -300, to: 900 });
  const www = names('www.mydomain.com', 'autodiscover.mydomain.com');
  return {
    folder,
    root,
    r12,
    r13,
    a: make('a', '/CN=www.mydomain.com', www, r12, { from: -78, to: 12 }),
    b: make('b', '/CN=www.mydomain.com', www, r13, { to: 89 }),
    expired: make('expired', '/CN=www.mydomain.com', www, r12, { from: -100, to: -1 }),
    elliptic: make('elliptic', '/CN=server1.mydomain.com', names('server1.mydomain.com'), r13, {
      to: 89,
      key: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    }),
    hostile: make('hostile', '/CN=\u001b[31m<img src=x onerror=alert(1)>\r\nX: y', names('www.mydomain.com'), null),
    make,
    bundle: (name, ...identities) => {
      writeFileSync(at(name), identities.map(({ certificate }) => readFileSync(certificate, 'utf8')).join(''));
      return at(name);
    },
  };
}

let shared: Pki | undefined;

/** Made once for all test files of a run. */
export function pki(): Pki {
  return (shared ??= makePki());
}
