// What the inspector says of a certificate in the real host: judged by the config that names the file, beside the one it replaces.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { certificateView } from '../../src/pfx/certificateView';
import { compareCertificates } from '../../src/model/compareCertificates';
import { readingFindings } from '../../src/certificate/readingFindings';
import { suitability } from '../../src/certificate/suitability';
import type { CertificateFacts } from '../../src/model/certificate';
import type { PfxView } from '../../src/pfx/view';
import { inspect, readPfxFile, type InspectEnd, type Tell } from '../../src/ui/password/pfxInspection';
import { inspectedFiles, type InspectedFiles } from '../../src/ui/pfxEditor/inspectedFiles';
import { judgeOf, type Judged } from '../../src/ui/pfxEditor/judgement';
import { pageView } from '../../src/ui/pfxEditor/pageView';
import type { CertificateView, RowView } from '../../src/ui/pfxEditor/protocol';
import { rememberedPasswords } from '../../src/ui/password/rememberedPasswords';
import { a, b, facts, found, now, wanted } from '../plan/organization';

const rooms = { suitability, readingFindings, compareCertificates };
const root = path.resolve(__dirname, '../../..');
const fixture = (file: string): vscode.Uri => vscode.Uri.file(path.join(root, 'test/fixtures/pfx/files', file));
const folder = vscode.Uri.file('/contoso');
const named = vscode.Uri.joinPath(folder, 'certificates/www.mydomain.com-2026.pfx');
const config = {
  uri: vscode.Uri.joinPath(folder, 'exchange-certificates.yaml'),
  text: '',
  parsed: { wanted: wanted(), problems: [], positions: [] },
};
const judged = (edit: Partial<Judged> = {}): Judged => ({
  configs: [config],
  config: { ...config, wanted: config.parsed.wanted },
  found: found(),
  context: { storageUri: undefined } as unknown as vscode.ExtensionContext,
  ...edit,
});

/** The card of one certificate with its key, as the page gets it. */
async function card(one: CertificateFacts, uri = named, by = judged()): Promise<CertificateView> {
  const view: PfxView = {
    inspection: {
      outcome: 'opened',
      message: '',
      certificates: [{ ...one, hasPrivateKey: true, friendlyName: null }],
      privateKeys: 1,
      encryption: [],
      mac: null,
      importsOn: { windowsServer2016: null, windowsServer2019: null, windowsServer2022: null },
      findings: [],
    },
    facts: [one],
    details: [],
    chains: [[0]],
    providers: [null],
  };
  const judge = await judgeOf(by, uri);
  const input = { uri: uri.toString(), fileName: '', view, kind: 'pfx' as const, isRemembered: false, judge };
  const [shown] = pageView(rooms, { ...input, now: new Date(now) }).certificates;
  assert.ok(shown);
  return shown;
}

const said = (rows: readonly RowView[] | undefined, term: string): string | undefined =>
  rows?.find((row) => row.term === term)?.value;
const codes = (shown: CertificateView): readonly string[] => shown.findings?.items.map(({ code }) => code) ?? [];

describe('what the inspector says of a certificate', () => {
  it('is judged by the entry that names the file: a host name that is not covered is an error with a remedy', async () => {
    const shown = await card({ ...b, dnsNames: ['www.mydomain.com'] });
    const finding = shown.findings?.items.find(({ code }) => code === 'hostname-missing');
    assert.match(finding?.message ?? '', /autodiscover\.mydomain\.com/);
    assert.notEqual(finding?.remedy, '');
    assert.match(said(shown.rows, 'Judged by') ?? '', /exchange-certificates\.yaml, certificate www$/);
  });

  it('is judged by the nearest config above where none names the file, if it covers a name of it', async () => {
    const elsewhere = vscode.Uri.joinPath(folder, 'inbox/new.pfx');
    assert.match(said((await card(b, elsewhere)).rows, 'Judged by') ?? '', /certificate www$/);
    const stranger = facts({ thumbprint: b.thumbprint, dnsNames: ['www.other.org'] });
    assert.equal(said((await card(stranger, elsewhere)).rows, 'Judged by'), undefined);
    assert.equal(said((await card(b, vscode.Uri.file('/else/new.pfx'))).rows, 'Judged by'), undefined);
  });

  it('stands beside the installed certificate: names lost and added, usage, key, issuer, end', async () => {
    const fresh = { ...b, dnsNames: ['www.mydomain.com', 'new.mydomain.com'], keySize: 4096, extendedKeyUsage: null };
    const { comparison } = await card(fresh);
    assert.match(comparison?.heading ?? '', new RegExp(a.thumbprint));
    assert.equal(said(comparison?.rows, 'Names'), 'lost: autodiscover.mydomain.com; added: new.mydomain.com');
    assert.equal(said(comparison?.rows, 'Extended key usage'), 'lost: serverAuth; added: any');
    assert.equal(said(comparison?.rows, 'Key'), 'RSA 4096, was RSA 2048');
    assert.match(said(comparison?.rows, 'Issuer') ?? '', /^CN=R13.*, was CN=R12/);
    assert.equal(said(comparison?.rows, 'Valid until'), `${b.notAfter}, was ${a.notAfter}`);
  });

  it('compares with nothing where no snapshot was taken, and says so', async () => {
    const shown = await card(b, named, judged({ found: undefined }));
    assert.equal(shown.comparison, null);
    assert.match(said(shown.rows, 'Installed on') ?? '', /^not known/);
  });

  it('warns of the same name with a shorter life', async () => {
    const same = { ...b, issuer: a.issuer, tlsCertificateName: a.tlsCertificateName, notAfter: a.notBefore };
    assert.ok(codes(await card(same)).includes('shorter-life'));
  });

  for (const [length, code] of [
    [201, 'name-long'],
    [257, 'name-too-long'],
  ] as const) {
    it(`says ${code} of a TlsCertificateName of ${length} characters`, async () => {
      assert.ok(codes(await card({ ...b, tlsCertificateName: 'x'.repeat(length) })).includes(code));
    });
  }

  it('explains an empty subject', async () => {
    const shown = await card({ ...b, subject: '' });
    assert.equal(shown.heading, '(empty subject)');
    assert.ok(codes(shown).includes('empty-subject'));
  });
});

describe('a configuration that names a PFX', () => {
  let root = '';
  let files: InspectedFiles;
  const changed = new vscode.EventEmitter<void>();
  const at = (name: string): vscode.Uri => vscode.Uri.file(path.join(root, name));
  const named = (): vscode.Uri => at('certificates/www.mydomain.com.pfx');
  before(() => {
    root = mkdtempSync(path.join(tmpdir(), 'ec-named-'));
    mkdirSync(path.join(root, 'certificates'));
    copyFileSync(fixture('bare.pfx').fsPath, named().fsPath);
    const text = 'name: www';
    const position = {
      kind: 'certificate' as const,
      name: 'www',
      range: { start: 0, end: 9 },
      nameRange: { start: 6, end: 9 },
    };
    const parsed = { wanted: wanted(), problems: [], positions: [position] };
    const own = { uri: at('exchange-certificates.yaml'), text, parsed };
    files = inspectedFiles({
      ...judged({ configs: [own], config: { ...own, wanted: parsed.wanted } }),
      onDidChange: changed.event,
    });
  });
  after(() => {
    files.subscription.dispose();
    rmSync(root, { recursive: true });
  });
  const seen = async (uri: vscode.Uri): Promise<void> => {
    const end = await inspect(uri, new AbortController().signal, () => undefined);
    assert.ok(end.end === 'inspected');
    await files.seen(uri, end);
  };
  const diagnostics = (): readonly vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(at('exchange-certificates.yaml'));

  it('gets its findings as diagnostics at the entry, each with code, severity, sentence and remedy', async () => {
    await seen(named());
    const found = diagnostics().find(({ code }) => code === 'no-client-auth');
    assert.equal(found?.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(found.message, /^www\.mydomain\.com\.pfx: Its extended key usage .*\. Ask Microsoft 365 .*\.$/);
    assert.deepEqual([found.range.start.character, found.range.end.character], [6, 9]);
    assert.ok(diagnostics().some(({ code }) => code === 'root-included'));
  });

  it('has none of a file that it does not name', async () => {
    await files.forget(named());
    copyFileSync(named().fsPath, at('other.pfx').fsPath);
    await seen(at('other.pfx'));
    assert.deepEqual(diagnostics(), []);
  });

  it('is told that the file is damaged, and nothing any more once it changed', async () => {
    copyFileSync(fixture('truncated.pfx').fsPath, named().fsPath);
    await seen(named());
    assert.deepEqual(
      diagnostics().map(({ code }) => code),
      ['damaged'],
    );
    copyFileSync(fixture('page.pfx').fsPath, named().fsPath);
    const gone = new Promise<void>((resolve) => {
      const listening = vscode.languages.onDidChangeDiagnostics(() => {
        if (diagnostics().length === 0) {
          listening.dispose();
          resolve();
        }
      });
    });
    changed.fire();
    await gone;
  });
});

describe('looking into a PFX', () => {
  it('says of a file without a key that it has none, above its certificates', async () => {
    const uri = fixture('no-key.pfx');
    const passwords = rememberedPasswords(storage());
    await passwords.remember((await readPfxFile(uri)).sha256, new TextEncoder().encode('secret'));
    const end = await inspect(uri, new AbortController().signal, () => undefined, { passwords });
    assert.ok(end.end === 'inspected');
    const judge = await judgeOf(judged(), uri);
    const input = { uri: '', fileName: '', view: end.view, kind: 'pfx' as const, isRemembered: true, judge };
    const page = pageView(rooms, { ...input, now: new Date(now) });
    assert.equal(page.findings?.items[0]?.code, 'no-private-key');
    assert.deepEqual(page.actions, []);
  });

  it('lists what could not be read beside what could', async () => {
    const end = await inspect(fixture('unreadable-certificate.pfx'), new AbortController().signal, () => undefined);
    assert.ok(end.end === 'inspected');
    const judge = await judgeOf(judged(), named);
    const input = { uri: '', fileName: '', view: end.view, kind: 'pfx' as const, isRemembered: false, judge };
    const page = pageView(rooms, { ...input, now: new Date(now) });
    assert.equal(page.isOpened, true);
    assert.match(page.unread?.items.join() ?? '', /could not be read/);
  });

  it('shows the first of a hundred thousand names and of many bad blocks, and how many more there are', async () => {
    const many = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `n${at}.mydomain.com`);
    const bad = Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'.repeat(100_000));
    const view = certificateView(bad, now);
    assert.ok(view.inspection.findings.length <= 101, String(view.inspection.findings.length));
    const uri = fixture('openssl-default.pfx');
    const passwords = rememberedPasswords(storage());
    await passwords.remember((await readPfxFile(uri)).sha256, new TextEncoder().encode('secret'));
    const opened = await inspect(uri, new AbortController().signal, () => undefined, { passwords });
    assert.ok(opened.end === 'inspected');
    const named = many(100_000).map((value) => ({ kind: 'dns' as const, value }));
    const full = { ...opened.view, details: opened.view.details.map((one) => ({ ...one, alternativeNames: named })) };
    const judge = await judgeOf(judged(), uri);
    for (const shown of [view, full]) {
      const input = { uri: '', fileName: '', view: shown, kind: 'pfx' as const, isRemembered: false, judge };
      const page = pageView(rooms, { ...input, now: new Date(now) });
      assert.ok(JSON.stringify(page).length < 200_000, String(JSON.stringify(page).length));
      assert.match(JSON.stringify(page), /99800 more|More (?:problems|certificates) than/);
    }
  });

  it('tries a remembered password first, and forgets one that stopped working', async () => {
    const uri = fixture('openssl-default.pfx');
    const passwords = rememberedPasswords(storage());
    const { sha256 } = await readPfxFile(uri);
    await passwords.remember(sha256, new TextEncoder().encode('secret'));
    const abort = new AbortController();
    const end = await inspect(uri, abort.signal, () => undefined, { passwords });
    assert.equal(end.end === 'inspected' && end.view.inspection.outcome, 'opened');
    await passwords.remember(sha256, new TextEncoder().encode('stale'));
    const asking = inspect(
      uri,
      abort.signal,
      (message) => {
        if (message.startsWith('Waiting')) setTimeout(() => abort.abort(), 0);
      },
      { passwords },
    );
    assert.equal((await asking).end, 'cancelled');
    assert.equal(await passwords.get(sha256), undefined);
  });

  it('forgets all', async () => {
    const passwords = rememberedPasswords(storage());
    for (const file of ['one', 'two']) await passwords.remember(file, new TextEncoder().encode(file));
    assert.equal(await passwords.forgetAll(), 2);
    assert.equal(await passwords.get('one'), undefined);
    assert.equal(await passwords.forgetAll(), 0);
  });

  const slow = fixture('iterations-600000-3des.pfx');

  it('ends the worker when nobody waits any more', async () => {
    const passwords = rememberedPasswords(storage());
    await passwords.remember((await readPfxFile(slow)).sha256, new TextEncoder().encode('secret'));
    const abort = new AbortController();
    const stop: Tell = (_, progress) => {
      if (progress !== undefined) abort.abort();
    };
    await endsSoon(inspect(slow, abort.signal, stop, { passwords }));
  });

  it('ends the worker and the box where it asks beside the try with the empty password', async () => {
    const abort = new AbortController();
    await endsSoon(inspect(slow, abort.signal, () => undefined, { onAsked: () => setTimeout(() => abort.abort()) }));
  });
});

/** As cancelled, long before the key could be derived. */
async function endsSoon(looking: Promise<InspectEnd>): Promise<void> {
  const began = Date.now();
  assert.equal((await looking).end, 'cancelled');
  assert.ok(Date.now() - began < 5_000);
}

/** What an extension's context keeps, for one test: the editor hands its own to the extension alone. */
function storage(): Parameters<typeof rememberedPasswords>[0] {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  const kept = {
    secrets: {
      get: (key: string) => Promise.resolve(secrets.get(key)),
      store: (key: string, value: string) => Promise.resolve(void secrets.set(key, value)),
      delete: (key: string) => Promise.resolve(void secrets.delete(key)),
    },
    globalState: {
      get: (key: string, otherwise: unknown) => state.get(key) ?? otherwise,
      update: (key: string, value: unknown) => Promise.resolve(void state.set(key, value)),
    },
  };
  return kept as unknown as Parameters<typeof rememberedPasswords>[0];
}
