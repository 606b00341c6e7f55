// The sample organization's snapshot as a script writes it, for tests that read one.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Snapshot } from '../../src/model/snapshot';
import { found } from '../plan/organization';

/** A snapshot without a fault: what the sample's servers print. */
export function snapshot(): Snapshot {
  const { version, taken, organization, domainController, means, servers, ...rest } = found();
  const { sendConnectors, hybrid, auth, federation, edgeSubscriptions } = rest;
  return {
    version,
    taken,
    organization,
    domainController,
    means,
    servers: servers.map((server) => ({
      ...server,
      certificates: server.certificates?.map((row) => without(row, 'facts')) ?? null,
    })),
    sendConnectors,
    hybrid,
    auth,
    federation,
    edgeSubscriptions,
    problems: [],
  };
}

function without<Row extends object, Key extends keyof Row>(row: Row, key: Key): Omit<Row, Key> {
  const rest: Partial<Row> = { ...row };
  Reflect.deleteProperty(rest, key);
  return rest as Omit<Row, Key>;
}

/** The snapshot's text after the value at `path` (`servers.0.pop`) became `value`; undefined takes it out. */
export function textWith(edits: Readonly<Record<string, unknown>>): string {
  const json = structuredClone(snapshot()) as unknown;
  for (const [place, value] of Object.entries(edits)) {
    const keys = place.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce((part, key) => (part as Record<string, unknown>)[key], json) as Record<string, unknown>;
    parent[last] = value;
  }
  return JSON.stringify(json);
}

/** A certificate that openssl made: its DER in base64 and the thumbprint openssl tells. */
export function opensslCertificate(): { readonly rawData: string; readonly thumbprint: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'snapshot-'));
  try {
    const file = path.join(folder, 'a.der');
    const subject = ['-subj', '/CN=www.mydomain.com', '-addext', 'subjectAltName=DNS:www.mydomain.com'];
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      path.join(folder, 'k'),
    ];
    execFileSync('openssl', ['req', '-x509', '-days', '30', ...key, ...subject, '-outform', 'DER', '-out', file], {
      stdio: 'pipe',
    });
    const told = execFileSync('openssl', ['x509', '-inform', 'DER', '-in', file, '-noout', '-fingerprint', '-sha1']);
    const rawData = execFileSync('openssl', ['base64', '-A', '-in', file]).toString();
    return {
      rawData,
      thumbprint: told
        .toString()
        .replace(/^.*=/, '')
        .replace(/[^0-9A-F]/g, ''),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
