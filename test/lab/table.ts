// The table of what the lab simulates, as data: module/table.json read and typed.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What every row has: a key of `sources`, or `unsourced` and a note that says why. */
export interface TableRow {
  readonly source: string;
  readonly note?: string;
}

/** How a parameter is used in one parameter set, or in all where none is named; nothing said: optional, by name. */
export interface ParameterUse {
  readonly set?: string;
  readonly required?: boolean;
  /** 1 is the first. */
  readonly position?: number;
  /** `value`, `name` (by property name) or `value+name`. */
  readonly pipeline?: string;
}

export interface TableParameter extends TableRow {
  readonly name: string;
  /** The lab's own type. */
  readonly type: string;
  /** The type its page names. */
  readonly documented?: string;
  readonly in?: readonly ParameterUse[];
  /** false: documented, known by name, refused when used. */
  readonly simulated?: false;
  /** Gone from these builds on, by line. */
  readonly until?: string;
}

export interface TableProperty extends TableRow {
  readonly name: string;
  /** Its kind: `string`, `object:TYPE`, `enum:TYPE`, `list:TYPE`. */
  readonly type: string;
  /** What is there where nothing is set. */
  readonly none?: 'null' | "''" | '[]';
  /** What is there always: the lab keeps no such setting. */
  readonly always?: unknown;
}

export interface LabTable {
  readonly sources: Readonly<Record<string, string>>;
  readonly cmdlets: Readonly<Record<string, TableRow & { module: string; parameters: readonly TableParameter[] }>>;
  /** Cmdlets that Exchange has, and the lab their names only. */
  readonly byName: readonly (TableRow & { cmdlet: string })[];
  readonly results: Readonly<Record<string, TableRow & { typeName: string; properties: readonly TableProperty[] }>>;
  /** Properties that recorded objects have and the lab's have not, each with its reason. */
  readonly notTold: readonly (TableRow & { of: string; property: string })[];
  readonly refusals: readonly (TableRow & { id: string; text: string; category: string })[];
  /** `test`: the title of the test, or group of tests, that holds it. */
  readonly rules: readonly (TableRow & { id: string; text: string; test: string })[];
  readonly roleGroups: readonly (TableRow & { group: string; cmdlets: readonly string[] })[];
  readonly settings: readonly (TableRow & { name: string; default: string })[];
}

/** out/test/lab and test/lab lie equally deep, so both find it. */
export const labTableFile = path.resolve(__dirname, '../../../test/lab/module/table.json');

export function readLabTable(): LabTable {
  return JSON.parse(readFileSync(labTableFile, 'utf8')) as LabTable;
}

/** Every row with a name for people. */
export function tableRows(table: LabTable): readonly (readonly [string, TableRow])[] {
  return [
    ...Object.entries(table.cmdlets),
    ...Object.entries(table.cmdlets).flatMap(([name, cmdlet]) =>
      cmdlet.parameters.map((row) => [`${name} -${row.name}`, row] as const),
    ),
    ...Object.entries(table.results),
    ...Object.entries(table.results).flatMap(([name, result]) =>
      result.properties.map((row) => [`${name}.${row.name}`, row] as const),
    ),
    ...[...table.refusals, ...table.rules].map((row) => [row.id, row] as const),
    ...table.notTold.map((row) => [`${row.of}.${row.property}`, row] as const),
    ...table.roleGroups.map((row) => [row.group, row] as const),
    ...table.settings.map((row) => [row.name, row] as const),
    ...table.byName.map((row) => [row.cmdlet, row] as const),
  ];
}
