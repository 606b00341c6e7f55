// The catalogue's commands and parameters, held against the facts that others published of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cmdlets } from '../../src/powershell/cmdlets';

interface Row {
  readonly name: string;
  readonly witness: string;
  readonly sets: readonly (readonly string[])[];
  readonly missingIn?: Readonly<Record<string, readonly string[]>>;
}

const { commands } = JSON.parse(readFileSync(path.resolve(__dirname, '../../../test/witness/facts.json'), 'utf8')) as {
  readonly commands: readonly Row[];
};

/** Programs, and a function of Exchange's own tools: nobody published facts of them. */
const without = ['Connect-ExchangeServer', 'icacls', 'iisreset'];

describe('the catalogue', () => {
  it('has no command that no witness knows', () => {
    const unknown = cmdlets.filter(({ name }) => !commands.some((row) => row.name === name));
    assert.deepEqual(unknown.map(({ name }) => name).sort(), without);
  });

  it('has only parameters that each witness knows and that each edition of Exchange has', () => {
    const faults = cmdlets.flatMap(({ name, parameters }) =>
      commands
        .filter((row) => row.name === name)
        .flatMap(({ witness, sets, missingIn }) => {
          const known = new Set(sets.flat().map((one) => one.split(' ')[0]));
          return parameters
            .filter((one) => !known.has(one) || missingIn?.[one] !== undefined)
            .map((one) => `${name} -${one}: ${witness}`);
        }),
    );
    assert.deepEqual(faults, []);
  });
});
