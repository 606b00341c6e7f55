// Quoting held against the real engine: what its parser reads is the value, what it evaluates is the same, and nothing else is in the text.
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

  /** One array of quoted texts. */
  const written = (values: readonly string[]): string => {
    const script = `@(\n${values.map(quote).join(',\n')}\n)`;
    assert.match(script, /^[\n -~]*$/);
    return script;
  };
  /** The values as the engine evaluates them: each costs it a good deal, as nothing of one sum serves the next. */
  const evaluated = async (values: readonly string[]): Promise<readonly unknown[]> => {
    const { objects, errors } = await engine.run({ organization, kind: 'workstation', script: written(values) });
    assert.deepEqual(errors, []);
    return objects;
  };
  /** As its parser reads them: strings, [char] of a number and sums of both, and nothing else. */
  const parsed = (values: readonly string[]): Promise<readonly string[]> => engine.constants(written(values));

  it('each code unit that may stand in a name comes back as it was', async () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => `a${String.fromCharCode(unit)}'b`).filter(
      (value) => quoteProblem(value) === null,
    );
    assert.equal(units.length, 0x10000 - 65 - 0x800);
    for (let first = 0; first < units.length; first += 8000) {
      const batch = units.slice(first, first + 8000);
      assert.deepEqual(await parsed(batch), batch);
    }
    // those of ASCII and Latin-1, all of U+2000 to U+206F where the curly quotes are, and one of each 256 besides
    const some = units.filter((_, at) => at < 0x100 || at % 0x100 === 0);
    const punctuation = units.filter((value) => /^a[\u2000-\u206f]/.test(value));
    assert.deepEqual(await evaluated([...some, ...punctuation]), [...some, ...punctuation]);
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
      assert.deepEqual(await parsed(batch), batch);
    }
    assert.deepEqual(await evaluated(names.slice(0, 150)), names.slice(0, 150));
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
