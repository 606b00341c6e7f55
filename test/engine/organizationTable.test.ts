// Holds the table: no row without a source, no parameter or refusal without a row.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { readLabTable, tableRows } from '../lab/table';
import { renderLabTable } from '../lab/tableDocument';

const lab = path.resolve(__dirname, '../../../test/lab');
const table = readLabTable();
const modules = ['Exchange', 'Transport', 'Clients', 'Server', 'Pki'].map((name) => ({
  name,
  text: readFileSync(path.join(lab, 'module', `${name}.psm1`), 'utf8'),
}));
const organization = path.join(lab, 'engine/Organization');
const code = readdirSync(organization, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.cs'))
  .map((file) => readFileSync(path.join(organization, file), 'utf8'))
  .concat(modules.map((module) => module.text))
  .join('\n');

const rows = tableRows(table);

/** The text between the parentheses that open at `at`. */
function enclosed(text: string, at: number): string {
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    depth += text[index] === '(' ? 1 : text[index] === ')' ? -1 : 0;
    if (depth === 0) {
      return text.slice(at + 1, index);
    }
  }
  return '';
}

/** Each exported function of a module with its parameters and their types, as its param block names them. */
function functionsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const exported = /^Export-ModuleMember -Function (.*)$/m.exec(text)?.[1]?.split(', ') ?? [];
  const isExported = (name: string) =>
    exported.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name)) && !name.includes('-Lab');
  const found = new Map<string, readonly string[]>();
  for (const match of text.matchAll(/^function ([\w-]+) \{\n([\s\S]*?)^\}/gm)) {
    const [, name = '', body = ''] = match;
    const at = body.indexOf('param(');
    const parameters = at < 0 ? '' : enclosed(body, at + 'param'.length);
    const declared = [...parameters.matchAll(/(?:\[([\w.]+(?:\[\])?)\] )?\$([A-Z]\w*)(?= =|,|\s*$|\s*\n)/gm)].map(
      ([, type, parameter]) => `${parameter ?? ''}: ${type ?? 'object'}`,
    );
    const common = body.includes('SupportsShouldProcess') ? ['WhatIf: switch', 'Confirm: switch'] : [];
    if (isExported(name)) {
      found.set(name, [...declared, ...common]);
    }
  }
  return found;
}

describe('the table of what the lab simulates', () => {
  it('names a source in every row, or says what is unsourced', () => {
    const bare = rows.filter(([, row]) => (row.source === 'unsourced' ? !row.note : !(row.source in table.sources)));
    assert.deepEqual(
      bare.map(([name]) => name),
      [],
    );
  });

  it('stands in docs/lab-table.md as it is: run `npm run docs`', () => {
    const page = path.resolve(lab, '../../docs/lab-table.md');
    assert.equal(readFileSync(page, 'utf8'), renderLabTable(table));
  });

  it('says of each parameter what its page says: type and source', () => {
    const bare = Object.entries(table.cmdlets).flatMap(([name, cmdlet]) =>
      cmdlet.parameters.filter((row) => !row.documented).map((row) => `${name} -${row.name}`),
    );
    assert.deepEqual(bare, []);
  });

  it('keeps no source that no row uses', () => {
    const used = new Set(rows.map(([, row]) => row.source));
    assert.deepEqual(
      Object.keys(table.sources).filter((key) => !used.has(key)),
      [],
    );
  });

  for (const module of modules) {
    it(`has a row for each cmdlet and parameter of ${module.name}.psm1, and no more`, () => {
      const declared = functionsOf(module.text);
      const listed = Object.entries(table.cmdlets).filter(([, cmdlet]) => cmdlet.module === module.name);
      assert.deepEqual([...declared.keys()].sort(), listed.map(([name]) => name).sort());
      for (const [name, cmdlet] of listed) {
        // what a cumulative update took away is declared by the server's build
        // and what is known by name only stands in the table alone
        const lasting = cmdlet.parameters.filter((one) => one.until === undefined && one.simulated !== false);
        const inTable = lasting.map((parameter) => `${parameter.name}: ${parameter.type}`);
        assert.deepEqual([...(declared.get(name) ?? [])].sort(), inTable.sort(), name);
      }
    });
  }

  it('has a row for each refusal the code makes, and none that nothing makes', () => {
    const made = new Set(
      [...code.matchAll(/(?:Refusal\(|id = |Write-LabError |, |\? )["']([A-Z][\w-]*\.[A-Z]\w+)["']/g)].map(
        ([, id]) => id ?? '',
      ),
    );
    const listed = new Set(table.refusals.map((row) => row.id));
    const refusalLike = [...made].filter((id) => !listed.has(id) && !id.startsWith('System.') && !id.endsWith('.psm1'));
    assert.deepEqual(refusalLike, []);
    assert.deepEqual(
      [...listed].filter((id) => !code.includes(id)),
      [],
    );
  });

  it('says of each cmdlet that it knows by name only why, and simulates none of them', () => {
    assert.deepEqual(
      table.byName.filter(({ cmdlet, note }) => cmdlet in table.cmdlets || !note),
      [],
    );
  });

  it('names for each rule a test that is there', () => {
    const sources = path.resolve(lab, '../engine');
    const tests = readdirSync(sources)
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(path.join(sources, file), 'utf8'))
      .join('\n');
    const missing = table.rules.filter(({ test }) => !tests.includes(`'${test}'`) && !tests.includes(`"${test}"`));
    assert.deepEqual(
      missing.map((rule) => rule.id),
      [],
    );
  });

  it('gives role groups cmdlets that have a row', () => {
    const held = table.roleGroups.flatMap((row) => row.cmdlets);
    assert.deepEqual(
      held.filter((name) => !(name in table.cmdlets)),
      [],
    );
  });

  it('names every setting of the lab with its default', () => {
    const declared = [
      ...readFileSync(path.join(organization, 'State/LabSettings.cs'), 'utf8').matchAll(/ (\w+) \{ get; set; \}/g),
    ];
    const names = declared.map(([, name = '']) => name.charAt(0).toLowerCase() + name.slice(1));
    assert.deepEqual(names.sort(), table.settings.map((row) => row.name).sort());
  });
});
