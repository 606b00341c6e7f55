// A copy of the lab's program in which rows of its table are false: commands, parameters and properties that are not there.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { labProgram } from './labProgram';

export interface FalseRows {
  readonly commands: readonly string[];
  /** `Set-SendConnector -TlsCertificateName`. */
  readonly parameters: readonly string[];
  /** `SendConnector.Guid`: a property of a result of the table. */
  readonly properties: readonly string[];
}

export interface FalsifiedLab {
  readonly program: string;
  remove(): Promise<void>;
}

/** Throws where a row is not there to be made false. */
export async function falsify({ commands, parameters, properties }: FalseRows): Promise<FalsifiedLab> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lab-false-'));
  await cp(path.dirname(labProgram()), folder, { recursive: true });
  const change = async (file: string, edit: (text: string) => string): Promise<boolean> => {
    const place = path.join(folder, 'module', file);
    const text = await readFile(place, 'utf8');
    const edited = edit(text);
    await writeFile(place, edited);
    return edited !== text;
  };
  const inModules = async (what: string, edit: (text: string) => string): Promise<void> => {
    const changed = [await change('Exchange.psm1', edit), await change('Server.psm1', edit)];
    if (!changed.includes(true)) throw new Error(`the lab has no ${what}`);
  };
  for (const row of parameters) {
    const [command = '', parameter = ''] = row.split(' -');
    await inModules(row, (text) =>
      text.replace(new RegExp(`^function ${command} \\{[^]*?^\\}`, 'm'), (body) =>
        body.replace(new RegExp(`\\$${parameter}\\b`, 'g'), `$Other${parameter}`),
      ),
    );
  }
  for (const command of commands) {
    await inModules(command, (text) => text.replace(`function ${command} {`, `function ${command}Gone {`));
  }
  await change('table.json', (text) => {
    const table = JSON.parse(text) as { results: Record<string, { properties: { name: string }[] }> };
    for (const row of properties) {
      const [shape = '', name = ''] = row.split('.');
      const result = table.results[shape];
      if (result?.properties.some((one) => one.name === name) !== true) throw new Error(`the table has no ${row}`);
      result.properties = result.properties.filter((one) => one.name !== name);
    }
    return JSON.stringify(table);
  });
  return { program: path.join(folder, 'lab'), remove: () => rm(folder, { recursive: true, force: true }) };
}
