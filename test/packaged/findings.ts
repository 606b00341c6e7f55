// Runs the packed extension in clean hosts on a folder without a config, and tells what they found.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInHost } from '../editor/hostRunner';
import { type Findings } from './inHost/index';

const root = path.resolve(__dirname, '../../..');

/** Installs `vsix` into a new profile, activates it there in so many new hosts, and answers what each saw. */
export async function hostFindings(vsix: string, times = 1): Promise<readonly Findings[]> {
  const workspace = mkdtempSync(path.join(tmpdir(), 'ec-empty-'));
  try {
    const found = path.join(workspace, 'findings.json');
    const code = await runInHost({
      workspace,
      install: [vsix],
      extension: path.join(root, 'test/packaged/companion'),
      tests: path.join(root, 'out/test/packaged/inHost/index.js'),
      environment: { HOST_FINDINGS: found },
      minutes: 2,
      times,
      artifacts: path.join(root, 'test/.artifacts/packaged'),
    });
    assert.equal(code, 0);
    const lines = readFileSync(found, 'utf8').trimEnd().split('\n');
    assert.equal(lines.length, times);
    return lines.map((line) => JSON.parse(line) as Findings);
  } finally {
    rmSync(workspace, { recursive: true });
  }
}
