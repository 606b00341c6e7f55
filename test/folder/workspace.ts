// A workspace on disk as an administrator has it: configuration, snapshot, certificates and PFX, all real.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCertificate } from '../../src/certificate/readCertificate';
import { parseConfig } from '../../src/config/parseConfig';
import { createRotation } from '../../src/folder/createRotation';
import { loadRotation, type LoadedRotation, type Readers } from '../../src/folder/loadRotation';
import { nodeFolder } from '../../src/folder/nodeFolder';
import type { FolderPort } from '../../src/folder/port';
import type { CertificateFacts } from '../../src/model/certificate';
import type { InstalledCertificate } from '../../src/model/found';
import type { Rotation } from '../../src/model/rotation';
import type { CertificateRow, Snapshot } from '../../src/model/snapshot';
import { foundFrom } from '../../src/snapshot/foundFrom';
import { parseSnapshot, readRows } from '../../src/snapshot/parseSnapshot';
import { a as oldFacts, found, installed, now, rotation } from '../plan/organization';
import { type Identity, makePki } from '../probe/pki';

export const readers: Readers = { parseConfig, parseSnapshot, readRows, foundFrom };

export const configText = `organization: Contoso
remoting:
  exchange: [http://server2.mydomain.com/PowerShell/]
servers:
${[1, 2, 3, 4].map((at) => `  - name: SERVER${at}\n    fqdn: server${at}.mydomain.com`).join('\n')}
certificates:
  - name: www
    pfx: certificates/www.pfx
    friendlyName: 'www - {notBefore:MMMyy}'
    services: [POP, IMAP, IIS, SMTP]
    hostnames: [www.mydomain.com]
connectors:
  send:
    - name: Outbound to Office 365 - 12345567-1234-49d6-b8d7-a4baf80d9b37
      certificate: www
  receive:
    - name: 'Default Frontend {server}'
      certificate: www
policy: { observeDays: 0 }
`;

export interface Workspace {
  readonly folder: string;
  readonly config: string;
  readonly pfx: string;
  readonly password: string;
  readonly old: CertificateFacts;
  readonly fresh: CertificateFacts;
  readonly snapshot: Snapshot;
  readonly snapshotText: string;
  readonly snapshotFile: string;
}

function der({ certificate }: Identity): Buffer {
  return new X509Certificate(readFileSync(certificate)).raw;
}

function factsOf(identity: Identity): CertificateFacts {
  const facts = readCertificate(der(identity));
  if ('problem' in facts) throw new Error('the test certificate can not be read');
  return facts;
}

/** The row as a snapshot tells it. */
function withoutFacts(certificate: InstalledCertificate): CertificateRow {
  const row: Record<string, unknown> = { ...certificate };
  delete row['facts'];
  return row as unknown as CertificateRow;
}

export function makeWorkspace(): Workspace {
  const folder = mkdtempSync(path.join(tmpdir(), 'plan-workspace-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => path.join(folder, name);
  // of the day on which these tests plan, whatever day it is
  const { a, b } = makePki(Date.parse(now));
  const old = factsOf(a);
  const base = found();
  const rename = (name: string | null): string | null =>
    name === oldFacts.tlsCertificateName ? old.tlsCertificateName : name;
  const snapshot: Snapshot = {
    version: 1,
    taken: base.taken,
    organization: base.organization,
    domainController: base.domainController,
    means: base.means,
    servers: base.servers.map((row) => {
      const certificate = withoutFacts(
        installed(old, {
          rawData: der(a).toString('base64'),
          networkServiceCanRead: true,
        }),
      );
      return {
        ...row,
        certificates: [certificate],
        bindings: (row.bindings ?? []).map((one) =>
          one.port === 443 ? { ...one, iis: old.thumbprint, httpSys: old.thumbprint } : one,
        ),
        receiveConnectors: (row.receiveConnectors ?? []).map((one) => ({
          ...one,
          tlsCertificateName: rename(one.tlsCertificateName),
        })),
      };
    }),
    sendConnectors: (base.sendConnectors ?? []).map((one) => ({
      ...one,
      tlsCertificateName: rename(one.tlsCertificateName),
    })),
    hybrid: { tlsCertificateName: old.tlsCertificateName },
    auth: base.auth,
    federation: base.federation,
    edgeSubscriptions: base.edgeSubscriptions,
    problems: [],
  };
  const snapshotText = JSON.stringify(snapshot);
  const password = 'a $ecret "word"';
  mkdirSync(at('certificates'));
  writeFileSync(at('exchange-certificates.yaml'), configText);
  writeFileSync(at('snapshot.json'), snapshotText);
  execFileSync(
    'openssl',
    [
      'pkcs12',
      '-export',
      '-in',
      b.certificate,
      '-inkey',
      b.key,
      '-out',
      at('certificates/www.pfx'),
      '-passout',
      'env:WORD',
    ],
    {
      env: { ...process.env, WORD: password },
      stdio: 'pipe',
    },
  );
  return {
    folder,
    config: at('exchange-certificates.yaml'),
    pfx: at('certificates/www.pfx'),
    password,
    old,
    fresh: factsOf(b),
    snapshot,
    snapshotText,
    snapshotFile: at('snapshot.json'),
  };
}

export interface MadeRotation {
  readonly port: FolderPort;
  readonly folder: string;
  readonly rotation: Rotation;
}

/** A new rotation's folder in the workspace, as the editor makes it; `portOf` opens the way into it. */
export async function makeRotation(
  workspace: Workspace,
  edit: Partial<Rotation> = {},
  portOf: (folder: string) => FolderPort | Promise<FolderPort> = (folder) => nodeFolder(folder, files),
): Promise<MadeRotation> {
  const intent = rotation({
    from: { thumbprint: workspace.old.thumbprint },
    to: { ...rotation().to, thumbprint: workspace.fresh.thumbprint, certificate: workspace.fresh },
    created: workspace.snapshot.taken,
    ...edit,
  });
  const folder = path.join(workspace.folder, 'rotations', mkdtempSync(path.join(workspace.folder, 'r')).slice(-6));
  const port = await portOf(folder);
  const made = await createRotation(port, {
    ...intent,
    baseline: { snapshot: workspace.snapshot, text: workspace.snapshotText },
  });
  if (made === undefined) throw new Error('there is a rotation already');
  return { port, folder, rotation: made };
}

/** As on the evening on which the tests plan. */
export async function load({ port }: Pick<MadeRotation, 'port'>, at = '2026-11-22T22:00:00Z'): Promise<LoadedRotation> {
  const read = await loadRotation(port, { readers, configText, now: at });
  if ('problem' in read) throw new Error(JSON.stringify(read.problem));
  return read.value;
}
