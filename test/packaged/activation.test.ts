// The packed extension in a clean host: not active without a reason, and activating loads its start bundle and nothing else.
import assert from 'node:assert/strict';
import path from 'node:path';
import { bundledFiles, loadedWith } from '../editor/bundle';
import { hostFindings } from './findings';
import { type Findings } from './inHost/index';

const root = path.resolve(__dirname, '../../..');

describe('the packed extension in a clean host', () => {
  let findings: Findings;

  before(async () => {
    const [first] = await hostFindings(process.env['VSIX'] ?? '');
    assert.ok(first);
    findings = first;
  });

  it('is the installed one, and sleeps in a folder without a config', () => {
    assert.ok(!findings.extensionPath.startsWith(root), findings.extensionPath);
    assert.equal(findings.activeBefore, false);
  });

  it('loads its start bundle by activating, and nothing else', () => {
    const start = loadedWith('dist/extension.js', bundledFiles()).map((one) => one.file);
    assert.deepEqual(findings.loaded, [...start].sort());
  });

  it('loads nothing to end, where nothing was used', () => assert.deepEqual(findings.loadedAtEnd, findings.loaded));
});
