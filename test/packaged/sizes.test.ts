// Holds the sizes of what is shipped against their budgets, and start-up free of the parts that are for later.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { bundledFiles, loadedWith, packagesIn } from '../editor/bundle';

const KiB = 1024;

describe('sizes', () => {
  const files = bundledFiles();
  const main = loadedWith('dist/extension.js', files);

  it('the extension loads at most 150 KiB at start', () => {
    const bytes = main.reduce((sum, file) => sum + file.bytes, 0);
    assert.ok(bytes <= 150 * KiB, `${Math.round(bytes / KiB)} KiB: ${main.map((file) => file.file).join(' ')}`);
  });

  it('no package is loaded at start', () => {
    assert.deepEqual(packagesIn(main), []);
  });

  it('is one file, and what it has a copy of keeps no state', () => {
    assert.deepEqual(
      main.map(({ file }) => file),
      ['dist/extension.js'],
    );
    const sources = main.flatMap(({ inputs }) => inputs);
    assert.ok(sources.includes('src/extension.ts'));
    const holding = sources.filter((file) =>
      /^(?:export )?(?:let|var) |^(?:export )?const \w+(?:: [^=]+)? = new (?:Weak)?(?:Map|Set)\b/m.test(
        readFileSync(file, 'utf8'),
      ),
    );
    assert.deepEqual(holding, []);
  });

  it('each file that is loaded later has at most 300 KiB', () => {
    const large = files.filter((file) => file.bytes > 300 * KiB);
    assert.deepEqual(large, []);
  });

  it('the VSIX has at most 700 KiB', () => {
    const { size } = statSync(process.env['VSIX'] ?? 'exchange-certificates.vsix');
    assert.ok(size <= 700 * KiB, `${Math.round(size / KiB)} KiB`);
  });
});
