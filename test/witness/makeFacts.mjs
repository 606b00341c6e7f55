// Writes facts.json: names, types, sets and what is mandatory of each command in the catalogue, as others published them; no text of theirs.
//
//   node test/witness/makeFacts.mjs INVENTORY EXCHANGE-PAGES WINDOWS-PAGES
//
// INVENTORY: Engine/Settings/desktop-5.1.14393.206-windows.json of PowerShell/PSScriptAnalyzer (MIT), an inventory of a real Windows Server 2016.
// EXCHANGE-PAGES: a clone of MicrosoftDocs/office-docs-powershell, WINDOWS-PAGES: of MicrosoftDocs/windows-powershell-docs (both CC BY 4.0).
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compile, root } from '../run/compile.mjs';

const [inventoryFile, exchangePages, windowsPages] = process.argv.slice(2);
await compile();
const { cmdlets } = createRequire(import.meta.url)(path.join(root, 'out/src/powershell/cmdlets.js'));
/** Besides the catalogue's: what the lines typed into a terminal use. */
const names = [...cmdlets.map(({ name }) => name), 'Enter-PSSession', 'Get-ExecutionPolicy', 'Out-Host'];

/** The editions of Exchange that a page can apply to. */
const editions = ['Exchange Server 2016', 'Exchange Server 2019', 'Exchange Server SE'];

/** A page of the Windows reference, by version of Windows Server. */
const windowsVersions = ['winserver2016', 'winserver2019', 'winserver2022', 'winserver2025'];

const git = (folder, ...args) =>
  execFileSync('git', ['--git-dir', gitFolder(folder), ...args], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

function gitFolder(folder) {
  try {
    return execFileSync('git', ['-C', folder, 'rev-parse', '--absolute-git-dir'], { encoding: 'utf8' }).trim();
  } catch {
    return folder;
  }
}

/**
 * The parameters of one set as `NAME TYPE [mandatory] [position]`, from its notation:
 * `[-A <T>]` optional, `-A <T>` mandatory, `[[-A] <T>]` optional by position, `[-A] <T>` mandatory by position, no type: a switch.
 */
function parametersOf(notation) {
  const one = /(?<![\w-])(\[?)(\[?)-([A-Za-z]\w*)(\]?)(?:\s+<([^<>]*(?:<[^<>]*>)?[^<>]*)>)?(\]?)/g;
  return [...notation.matchAll(one)].map(([, first, second, name, closed, type]) => {
    const position = second === '[' || (first === '[' && closed === ']' && type !== undefined);
    const mandatory = first === '' || (position && second === '');
    return [
      name,
      (type ?? 'switch').replace(/\s+/g, ''),
      ...(mandatory ? ['mandatory'] : []),
      ...(position ? ['position'] : []),
    ].join(' ');
  });
}

function fromInventory() {
  const { Modules: modules } = JSON.parse(readFileSync(inventoryFile, 'utf8').replace('\uFEFF', ''));
  return modules.flatMap(({ ExportedCommands: exported }) =>
    [exported ?? []]
      .flat()
      .filter(({ Name: name }) => names.includes(name))
      .map(({ Name: name, ParameterSets: sets }) => ({
        name,
        witness: 'inventory of 5.1.14393',
        sets: (sets ?? '').split('[<CommonParameters>]').slice(0, -1).map(parametersOf),
      })),
  );
}

/** The facts of a page, or null where the folder has none of that name. */
function fromPage(repository, file, witness) {
  let text;
  try {
    text = git(repository, 'show', `HEAD:${file}`).replaceAll('\r', '');
  } catch {
    return null;
  }
  const syntax = /## SYNTAX\n([\s\S]*?)\n## /.exec(text)[1];
  const missingIn = {};
  const applicable = (name, line) => {
    const missing = line === undefined ? [] : editions.filter((edition) => !line.includes(edition));
    if (missing.length > 0) {
      missingIn[name] = missing;
    }
  };
  applicable('', /^applicable: (.*)$/m.exec(text)?.[1]);
  for (const [, name, body] of text.matchAll(/^### -(\w+)\n([\s\S]*?)(?=^### |^## )/gm)) {
    applicable(name, /^> Applicable: (.*)$/m.exec(body)?.[1]);
  }
  return {
    name: path.basename(file, '.md'),
    witness,
    sets: [...syntax.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, notation]) => parametersOf(notation)),
    ...(Object.keys(missingIn).length > 0 ? { missingIn } : {}),
  };
}

const pages = [
  ...names.map((name) =>
    fromPage(exchangePages, `exchange/exchange-ps/ExchangePowerShell/${name}.md`, 'Exchange page'),
  ),
  ...windowsVersions.flatMap((version) =>
    ['pki', 'WebAdministration'].flatMap((module) =>
      names.map((name) => fromPage(windowsPages, `docset/${version}-ps/${module}/${name}.md`, `${version} page`)),
    ),
  ),
].filter((page) => page !== null);

const revision = (repository) => git(repository, 'rev-parse', 'HEAD').trim();
const sources = [
  'PowerShell/PSScriptAnalyzer, Engine/Settings/desktop-5.1.14393.206-windows.json (MIT)',
  `MicrosoftDocs/office-docs-powershell ${revision(exchangePages)} (CC BY 4.0)`,
  `MicrosoftDocs/windows-powershell-docs ${revision(windowsPages)} (CC BY 4.0)`,
];
const rows = [...fromInventory(), ...pages].sort((one, other) =>
  one.name === other.name ? (one.witness < other.witness ? -1 : 1) : one.name < other.name ? -1 : 1,
);
const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
writeFileSync(
  path.join(import.meta.dirname, 'facts.json'),
  `{\n  "sources": ${JSON.stringify(sources)},\n  "commands": [\n${lines}\n  ]\n}\n`,
);
console.log(
  `${rows.length} rows of ${new Set(rows.map(({ name }) => name)).size} commands; none of: ${names.filter((name) => !rows.some((row) => row.name === name)).join(', ')}`,
);
