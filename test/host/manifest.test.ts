// Holds the manifest against the code: every command is registered, titled and listed once; snippets parse.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, views } from '../../src/ui/commands';
import { numberSettings, withinRange } from '../../src/ui/face/numberSettings';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
    readonly snippets: readonly { readonly language: string; readonly path: string }[];
  };
}

const extension = vscode.extensions.getExtension<unknown>('exchange-certificates.exchange-certificates')!;
const { contributes } = extension.packageJSON as Manifest;

describe('the manifest', () => {
  before(async () => {
    await extension.activate();
  });

  it('says of each number what the code holds it to', () => {
    const numbers = Object.entries(contributes.configuration.properties).filter(
      ([, { type }]) => type === 'number' || type === 'integer',
    );
    assert.deepEqual(
      Object.fromEntries(
        numbers.map(([name, property]) => [
          name.replace('exchangeCertificates.', ''),
          { standard: property['default'], minimum: property['minimum'], maximum: property['maximum'] },
        ]),
      ),
      numberSettings,
    );
  });

  const written: readonly [unknown, number][] = [
    [0.001, 1],
    [-5, 1],
    [1e9, 600],
    [Number.NaN, 30],
    ['7', 30],
    [null, 30],
    [undefined, 30],
    [7, 7],
  ];
  for (const [value, counts] of written)
    it(`a probe timeout of ${String(value)} seconds counts as ${counts}`, () => {
      assert.equal(withinRange('probeTimeout', value), counts);
    });

  it('names the commands that the code names, each once', () => {
    const named = contributes.commands.map(({ command }) => command);
    assert.deepEqual(named.toSorted(), Object.values(commands).toSorted());
    assert.equal(new Set(named).size, named.length);
  });

  for (const { command, title, category } of contributes.commands) {
    it(`${command} is registered, with title and category`, async () => {
      assert.ok((await vscode.commands.getCommands(true)).includes(command));
      // a text of package.nls.json that is missing would stand here as %key%
      assert.match(title, /^[A-Z][^%]+$/);
      assert.equal(category, 'Exchange Certificates');
    });
  }

  it('puts only known commands into menus, and hides in the palette what needs an argument', () => {
    const known = new Set<string>(Object.values(commands));
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const { command } of items) assert.ok(known.has(command), `${command} in ${menu}`);
    }
    const hidden = (contributes.menus['commandPalette'] ?? [])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    const { runStep, runPhase, openScript, openInTerminal, deferServer, resumeServer, acceptWithoutProbe } = commands;
    const { answerQuestion, copyThumbprint, copyTlsCertificateName } = commands;
    assert.deepEqual(
      hidden.toSorted(),
      [
        ...[runStep, runPhase, openScript, openInTerminal, deferServer, resumeServer, acceptWithoutProbe],
        ...[answerQuestion, copyThumbprint, copyTlsCertificateName],
      ].toSorted(),
    );
  });

  it('has the two views, and welcome texts whose commands exist', async () => {
    const named = Object.values(contributes.views).flat();
    assert.deepEqual(named.map(({ id }) => id).toSorted(), Object.values(views).toSorted());
    const all = new Set(await vscode.commands.getCommands(true));
    const links = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command ?? ''),
    );
    assert.ok(links.length >= 6);
    assert.deepEqual(
      links.filter((command) => !all.has(command)),
      [],
    );
  });

  it('has snippets that parse, each prefix begun with ex-', () => {
    const [snippets] = contributes.snippets;
    assert.equal(snippets?.language, 'powershell');
    const file = path.join(extension.extensionPath, snippets.path);
    const entries = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, { prefix: string }>);
    assert.ok(entries.length > 20);
    for (const { prefix } of entries) assert.match(prefix, /^ex-[a-z-]+$/);
  });
});
