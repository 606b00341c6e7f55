// Writes the table of what the lab simulates as a page for people, with counts and the list of what is unsourced.
import { type LabTable, type ParameterUse, type TableParameter, type TableRow, tableRows } from './table';

/** The whole page; the same table gives the same text. */
export function renderLabTable(table: LabTable): string {
  return [
    '# What the lab simulates',
    '',
    'Written by `npm run docs` from `test/lab/module/table.json`; a test holds the two together.',
    'Each row names the document it follows. *Unsourced* says that nothing public settles it: the lab takes the stricter reading, or makes it a setting. [facts-exchange.md](facts-exchange.md) says what the code relies on, and cites the same sources by their keys.',
    '',
    ...counts(table),
    '',
    ...unsourced(table),
    '',
    '## Cmdlets',
    '',
    'A parameter *by name only* is documented and refused when used. Where nothing is said it is optional, given by name, in every set.',
    '',
    ...Object.entries(table.cmdlets).flatMap(([name, cmdlet]) => [
      `### ${name}`,
      '',
      `Source: ${cmdlet.source}`,
      '',
      ...(cmdlet.parameters.length === 0
        ? ['No parameters.', '']
        : [...rows(['parameter', 'type', 'use', 'simulated', 'source'], cmdlet.parameters.map(parameter)), '']),
    ]),
    '## Cmdlets known by name only',
    '',
    'Exchange has them, the lab does not simulate them: where they are typed they are refused as that, and why is said here.',
    '',
    ...rows(
      ['cmdlet', 'why', 'source'],
      table.byName.map((each) => [each.cmdlet, each.note ?? '', each.source]),
    ),
    '',
    '## Results',
    '',
    'A property is a plain value, or an object, an enumeration or a list that prints its text and is not equal to it; *none* is what is there where nothing is set.',
    '',
    ...Object.entries(table.results).flatMap(([name, result]) => [
      `### ${name}`,
      '',
      `\`${result.typeName}\`, source: ${result.source}`,
      '',
      ...rows(
        ['property', 'kind', 'none', 'source'],
        result.properties.map((each) => [each.name, each.type, each.none ?? '', source(each)]),
      ),
      '',
    ]),
    '## Recorded and not simulated',
    '',
    ...rows(
      ['of', 'property', 'why', 'source'],
      table.notTold.map((each) => [each.of, each.property, each.note ?? '', each.source]),
    ),
    '',
    '## Refusals',
    '',
    'Each is provoked by a test of `test/engine/organizationRefusals.test.ts`.',
    '',
    ...rows(
      ['id', 'category', 'text', 'source'],
      table.refusals.map((each) => [each.id, each.category, each.text, source(each)]),
    ),
    '',
    '## Rules',
    '',
    ...rows(
      ['id', 'what holds', 'test', 'source'],
      table.rules.map((each) => [each.id, each.text, each.test, source(each)]),
    ),
    '',
    '## Role groups',
    '',
    ...rows(
      ['group', 'has', 'source'],
      table.roleGroups.map((each) => [each.group, each.cmdlets.join(', '), source(each)]),
    ),
    '',
    '## Settings',
    '',
    ...rows(
      ['setting', 'default', 'source'],
      table.settings.map((each) => [each.name, each.default, source(each)]),
    ),
    '',
    '## Sources',
    '',
    ...rows(['key', 'document'], Object.entries(table.sources)),
    '',
  ].join('\n');
}

function counts(table: LabTable): string[] {
  const parameters = Object.values(table.cmdlets).flatMap((cmdlet) => cmdlet.parameters);
  const properties = Object.values(table.results).flatMap((result) => result.properties);
  const simulated = parameters.filter((each) => each.simulated !== false).length;
  const bare = tableRows(table).filter(([, row]) => row.source === 'unsourced').length;
  return rows(
    ['what', 'count'],
    [
      [
        'cmdlets',
        `${String(Object.keys(table.cmdlets).length)}, and ${String(table.byName.length)} known by name only`,
      ],
      ['parameters', `${String(parameters.length)}, of which ${String(parameters.length - simulated)} by name only`],
      ['result types', `${String(Object.keys(table.results).length)} with ${String(properties.length)} properties`],
      ['refusals', String(table.refusals.length)],
      ['rules', String(table.rules.length)],
      ['role groups', String(table.roleGroups.length)],
      ['settings', String(table.settings.length)],
      ['sources', String(Object.keys(table.sources).length)],
      ['rows that are unsourced', `${String(bare)} of ${String(tableRows(table).length)}`],
    ],
  );
}

function unsourced(table: LabTable): string[] {
  const whole = tableRows(table).filter(([, row]) => row.source === 'unsourced');
  const partly = tableRows(table).filter(
    ([, row]) => row.source !== 'unsourced' && /unsourced|general knowledge/.test(row.note ?? ''),
  );
  const listed = (each: readonly (readonly [string, TableRow])[]) =>
    rows(
      ['row', 'what of it'],
      each.map(([name, row]) => [name, row.note ?? '']),
    );
  return [
    `## Unsourced: ${String(whole.length)} rows`,
    '',
    ...listed(whole),
    '',
    `And in part, where a document gives the rule but not its text or number: ${String(partly.length)} rows.`,
    '',
    ...listed(partly),
  ];
}

function parameter(row: TableParameter): string[] {
  const gone = row.until ? `gone from ${row.until} on` : row.simulated === false ? 'by name only' : 'yes';
  return [`-${row.name}`, row.documented ?? row.type, (row.in ?? []).map(use).join('; '), gone, source(row)];
}

function use(each: ParameterUse): string {
  return [
    ...(each.required ? ['mandatory'] : []),
    ...(each.position ? [`position ${String(each.position)}`] : []),
    ...(each.pipeline ? [`pipeline by ${each.pipeline.replace('+', ' and ')}`] : []),
    ...(each.set ? [`in set ${each.set}`] : []),
  ].join(', ');
}

function source(row: TableRow): string {
  return row.note ? `${row.source}: ${row.note}` : row.source;
}

function rows(heads: readonly string[], cells: readonly (readonly string[])[]): string[] {
  const line = (each: readonly string[]) => `| ${each.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...cells.map(line)];
}
