// Holds THIRD-PARTY-NOTICES to what ships in the bundle: each package with its version and the text of its license.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { noticesText, shippedPackages } from './notices';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('THIRD-PARTY-NOTICES', () => {
  const packages = shippedPackages();

  it('has each package of the bundle with its version and license, as npm run licenses writes it', () => {
    assert.ok(packages.length > 0);
    assert.equal(read('THIRD-PARTY-NOTICES'), noticesText(packages));
  });

  it('has the versions of the lock file', () => {
    const { packages: locked } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { version?: string }>;
    };
    assert.deepEqual(
      packages.map(({ name, version }) => [name, version]),
      packages.map(({ name }) => [name, locked[`node_modules/${name}`]?.version]),
    );
  });

  it('is packed', () => assert.match(read('.vscodeignore'), /^!THIRD-PARTY-NOTICES$/m));
});
