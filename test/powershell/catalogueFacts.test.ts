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

/** Programs of Windows: nobody published facts of them. */
const without = ['icacls', 'iisreset'];

/** The page of Windows Server 2016 has it, the inventory of such a server has not; no script and no snippet uses it. */
const disputed = ['Export-PfxCertificate -CryptoAlgorithmOption: inventory of 5.1.14393'];

describe('the catalogue', () => {
  it('has no command that no witness knows', () => {
    const unknown = cmdlets.filter(({ name }) => !commands.some((row) => row.name === name));
    assert.deepEqual(unknown.map(({ name }) => name).sort(), without);
  });

  it('has only parameters that each witness knows, but for one that is disputed, and that each edition of Exchange has', () => {
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
    assert.deepEqual(faults, disputed);
  });
});
