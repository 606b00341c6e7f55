// The packed extension in a clean host: not active without a reason, and activating loads its start bundle and nothing else.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundledFiles, loadedWith } from '../editor/bundle';
import { runInHost } from '../editor/hostRunner';
import { type Findings } from './inHost/index';

const root = path.resolve(__dirname, '../../..');

describe('the packed extension in a clean host', () => {
  let findings: Findings;

  before(async () => {
    const workspace = mkdtempSync(path.join(tmpdir(), 'ec-empty-'));
    const found = path.join(workspace, 'findings.json');
    const code = await runInHost({
      workspace,
      install: [process.env['VSIX'] ?? ''],
      extension: path.join(root, 'test/packaged/companion'),
      tests: path.join(root, 'out/test/packaged/inHost/index.js'),
      environment: { HOST_FINDINGS: found },
      minutes: 2,
      artifacts: path.join(root, 'test/.artifacts/packaged'),
    });
    assert.equal(code, 0);
    findings = JSON.parse(readFileSync(found, 'utf8')) as Findings;
    rmSync(workspace, { recursive: true });
  });

  it('is the installed one, and sleeps in a folder without a config', () => {
    assert.ok(!findings.extensionPath.startsWith(root), findings.extensionPath);
    assert.equal(findings.activeBefore, false);
  });

  it('loads its start bundle by activating, and nothing else', () => {
    const start = loadedWith('dist/extension.js', bundledFiles()).map((one) => one.file);
    assert.deepEqual(findings.loaded, [...start].sort());
  });
});
