// The tests' entry in the extension host: runs mocha over this folder, and fails where a test fails or a file does not load.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** Called by VS Code as extensionTestsPath. HOST_TESTS names files to run alone, with blanks between. */
export async function run(): Promise<void> {
  const root = path.resolve(__dirname, '../../..');
  const mocha = new Mocha({
    reporter: path.join(root, 'test/run/reporter.cjs'),
    timeout: 60_000,
    forbidOnly: true,
  });
  const named = process.env['HOST_TESTS']?.split(' ').filter(Boolean) ?? [];
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .filter((file) => named.length === 0 || named.some((name) => name.includes(path.basename(file, '.js'))))
    .sort();
  for (const file of files) mocha.addFile(path.join(__dirname, file));
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (files.length === 0 || failures > 0) throw new Error(`${failures} of the host's tests failed`);
}
