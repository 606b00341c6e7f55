// Quoting held against the real engine: what it reads is the value, and nothing else is in the text.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quote, quoteProblem } from '../../src/powershell/quote';
import { startEngine } from '../lab/engine';
import { sampleOrganization } from '../lab/sample';

describe('quoting, read by the engine', function () {
  this.timeout(120_000);
  const engine = startEngine();
  let organization = '';
  before(async () => {
    organization = await engine.newOrganization(sampleOrganization());
  });
  after(() => engine.close());

  /** The values as the engine reads them: one array of quoted texts. */
  const read = async (values: readonly string[]): Promise<readonly unknown[]> => {
    const script = `@(\n${values.map(quote).join(',\n')}\n)`;
    assert.match(script, /^[\n -~]*$/);
    const { objects, errors } = await engine.run({ organization, kind: 'workstation', script });
    assert.deepEqual(errors, []);
    return objects;
  };

  it('each code unit that may stand in a name comes back as it was', async () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => `a${String.fromCharCode(unit)}'b`).filter(
      (value) => quoteProblem(value) === null,
    );
    assert.equal(units.length, 0x10000 - 65 - 0x800);
    for (let first = 0; first < units.length; first += 8000) {
      const batch = units.slice(first, first + 8000);
      assert.deepEqual(await read(batch), batch);
    }
  });

  it('any name comes back as it was', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom("'", "''", '‘', '’', '‚', '‛', '"', '`', '$(', '$x', '@(', ')', '#>', ';', '\\', 'Ñ', '😀', '–'),
    );
    const name = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('').replace(/\p{Cc}/gu, ''));
    const names = fc.sample(name, 20_000);
    for (let first = 0; first < names.length; first += 5000) {
      const batch = names.slice(first, first + 5000);
      assert.deepEqual(await read(batch), batch);
    }
  });

  it('holds no command, variable or type but [char]', async () => {
    const payloads = [
      "'; Remove-Item x; '",
      '’; Remove-Item x; ’',
      '$(Remove-Item x)',
      '`n',
      '"$x"',
      '[IO.File]::Delete(1)',
    ];
    for (const payload of payloads) {
      const parsed = await engine.parse(`$a = ${quote(`${payload} Ñ`)}`);
      assert.deepEqual([parsed.errors, parsed.commands, parsed.types, parsed.variables], [[], [], ['char'], ['a']]);
      assert.deepEqual(parsed.members, []);
    }
  });
});
