// *Check endpoints* in the real host: what is looked at, where the results stand, and that nothing stays behind.
import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import * as vscode from 'vscode';
import { parseConfig } from '../../src/config/parseConfig';
import type { Observation } from '../../src/model/observation';
import { commands } from '../../src/ui/commands';
import { checkEndpoints } from '../../src/ui/probing/checkEndpoints';
import { fromHere } from '../../src/ui/probing/lookers';
import { change, configUri, discard, openConfig, until } from './sample';

async function check(subject?: object): Promise<readonly Observation[]> {
  return vscode.commands.executeCommand<readonly Observation[]>(commands.checkEndpoints, subject && { subject });
}

const names = (seen: readonly Observation[]): readonly string[] =>
  seen.map(({ server, endpoint }) => `${server ?? ''} ${endpoint.protocol}`).toSorted();

const problems = (): readonly vscode.Diagnostic[] =>
  vscode.languages
    .getDiagnostics(configUri())
    .filter(({ message }) => /^(smtp|https|imaps|pop3s|backEnd) /.test(message));

/** A configuration of servers at loopback addresses of their own, each with its `endpoints`. */
function configOf(count: number, endpoints: string): string {
  const servers = Array.from({ length: count }, (_, at) => {
    const address = `127.77.${at >> 8}.${at & 255}`;
    return `  - { name: S${at}, fqdn: s${at}.mydomain.com, address: ${address}, endpoints: { ${endpoints} } }\n`;
  });
  return `organization: Contoso\nremoting:\n  exchange:\n    - http://x1.mydomain.com/PowerShell/\n    - http://x2.mydomain.com/PowerShell/\nservers:\n${servers.join('')}certificates:\n  - { name: www, pfx: a.pfx, services: [SMTP], hostnames: [www.mydomain.com] }\n`;
}

describe('Check endpoints', () => {
  before(async () => {
    await vscode.commands.executeCommand(commands.refresh);
  });

  it('looks at one endpoint, at one server, or at all of them', async () => {
    assert.deepEqual(names(await check({ server: 'SERVER2', endpoint: 'smtp' })), ['SERVER2 smtp']);
    const one = names(await check({ server: 'SERVER1' }));
    assert.deepEqual(one, ['SERVER1 https', 'SERVER1 imaps', 'SERVER1 pop3s', 'SERVER1 smtp']);
    assert.equal((await check()).length, 16);
  });

  it("tells what it found in Problems, at the server's line, with a remedy", async () => {
    const { document } = await openConfig();
    const found = await until('problems', () => problems().length > 0 && problems());
    const expiring = found.find(({ code }) => code === 'expiring');
    assert.ok(expiring, found.map(({ message }) => message).join('\n'));
    assert.match(expiring.message, /^\w+ 127\.[\d.]+:\d+: The certificate expires in 1[12] days, .* Rotate it\.$/);
    assert.match(document.lineAt(expiring.range.start.line).text, /name: SERVER\d/);
    assert.match(document.getText(expiring.range), /^SERVER\d$/);
    await discard();
  });

  it('writes them as a Markdown table, one line an endpoint', async () => {
    await vscode.commands.executeCommand(commands.openEndpointReport);
    const { document } = await until('the table', () => vscode.window.activeTextEditor);
    assert.equal(document.languageId, 'markdown');
    const lines = document.getText().trimEnd().split('\n');
    assert.match(lines[2] ?? '', /^\| Server \| Endpoint \| Presented \|/);
    assert.equal(lines.length, 4 + 16);
    assert.ok(lines.slice(2).every((line) => line.split(/(?<!\\)\|/).length === 9));
    await discard();
  });

  it('tells no longer of a server that left the configuration', async () => {
    const editor = await openConfig();
    const [entry = ''] = /^ {2}- .*\bname: SERVER4\b.*\n(?: {4}.*\n)*/m.exec(editor.document.getText()) ?? [];
    await change(editor, entry, '');
    await vscode.commands.executeCommand(commands.refresh);
    await vscode.commands.executeCommand(commands.openEndpointReport);
    const rows = await until('the table', () => {
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      return text.startsWith('# Exchange endpoints') && text.split('\n').filter((line) => line.startsWith('| SERVER'));
    });
    assert.deepEqual([rows.length, rows.filter((line) => line.includes('SERVER4'))], [12, []]);
    await discard();
    await vscode.window.showTextDocument(configUri());
    await discard();
    await vscode.commands.executeCommand(commands.refresh);
  });

  for (const [days, severity] of [
    [3, vscode.DiagnosticSeverity.Warning],
    [13, vscode.DiagnosticSeverity.Error],
  ] as const)
    it(`a certificate with 12 days to live is grave where ${days} days are said to be: ${severity}`, async () => {
      const settings = vscode.workspace.getConfiguration('exchangeCertificates');
      await settings.update('expiryErrorDays', days, vscode.ConfigurationTarget.Global);
      await until('that severity', () =>
        problems().some((one) => one.code === 'expiring' && one.severity === severity),
      );
      await settings.update('expiryErrorDays', undefined, vscode.ConfigurationTarget.Global);
    });

  it('is made by a server where the configuration says so: the same is seen, and told with its name', async () => {
    const here = await check({ server: 'SERVER1' });
    const editor = await openConfig();
    const from = 'probe: { from: server2 }\n';
    await change(editor, 'connectors:', `${from}connectors:`);
    // what is not saved opens no session
    assert.deepEqual([...new Set((await check({ server: 'SERVER1' })).map((seen) => seen.from))], [undefined]);
    await editor.document.save();
    const there = await until('the saved configuration is used', async () => {
      const seen = await check({ server: 'SERVER1' });
      return seen[0]?.from === undefined ? undefined : seen;
    });
    await change(editor, from, '');
    await editor.document.save();
    await until('it is used as it was', async () => (await check({ server: 'SERVER1' }))[0]?.from === undefined);
    const what = (seen: readonly Observation[]): unknown =>
      seen
        .toSorted((one, other) => one.endpoint.port - other.endpoint.port)
        .map(({ endpoint, outcome, certificate, nameMatches }) => [endpoint, outcome, certificate, nameMatches]);
    assert.deepEqual(what(there), what(here));
    assert.deepEqual([...new Set(there.map(({ from }) => from))], ['SERVER2']);
    assert.ok(there.some(({ outcome }) => outcome === 'presented'));
  });

  it('ends with every socket closed when the window goes while it looks, and keeps nothing of it', async () => {
    const sockets = new Set<Socket>();
    let most = 0;
    const silent = createServer((socket) => {
      sockets.add(socket);
      most = Math.max(most, sockets.size);
      socket
        .on('error', () => undefined)
        .on('close', () => sockets.delete(socket))
        .resume();
    });
    await new Promise<void>((resolve) => silent.listen(0, resolve));
    const { port } = silent.address() as AddressInfo;
    const text = configOf(60, `smtp: ${port}, https: 0, imaps: 0, pop3s: 0`);
    const parsed = parseConfig(text);
    assert.ok(parsed.wanted, JSON.stringify(parsed.problems));
    let observed = 0;
    const gone = new AbortController();
    const ended = checkEndpoints(
      {
        config: { uri: configUri(), text, parsed, wanted: parsed.wanted },
        observed: () => {
          observed++;
          return Promise.resolve();
        },
      },
      fromHere,
      undefined,
      gone.signal,
    );
    await until('as many as allowed', () => sockets.size === 32);
    gone.abort();
    assert.deepEqual(await ended, []);
    await until('closed sockets', () => sockets.size === 0);
    assert.deepEqual([most, observed], [32, 0]);
    await new Promise((resolve) => silent.close(resolve));
  });
});
