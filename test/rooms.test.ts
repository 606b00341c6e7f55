// Holds the borders of the rooms in src, and proves that each rule can be broken.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { breaches, type Source } from './rooms';

const root = path.resolve(__dirname, '../..');

function sources(): readonly Source[] {
  return readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({
      file: `src/${name.replaceAll(path.sep, '/')}`,
      text: readFileSync(path.join(root, 'src', name), 'utf8'),
    }));
}

const file = (name: string, code: string, opening = '// A sentence.'): Source => ({
  file: name,
  text: `${opening}\n${code}\n`,
});
const broken = (expected: RegExp, ...given: readonly Source[]) => {
  const found = breaches(given);
  assert.equal(found.length, 1, found.join('\n'));
  assert.match(found[0] ?? '', expected);
};

describe('the rooms of src', () => {
  it('hold their borders, without a circle, each file opened by a sentence and of at most 300 lines', () => {
    const found = sources();
    assert.ok(found.length > 5);
    assert.deepEqual(breaches(found), []);
  });

  it('a room that imports downstream is found', () => {
    broken(/imports plan, which config may not/, file('src/config/a.ts', `import { plan } from '../plan/plan';`));
  });

  it('types, re-exports, late imports and requires count as imports', () => {
    for (const code of [
      `import { type A } from '../plan/plan';`,
      `import type { A } from '../plan/plan';`,
      `export * from '../plan/plan';`,
      `export const a = () => import('../plan/plan.js');`,
      `export type A = import('../plan/plan').A;`,
      `export const a = require('../plan/plan');`,
      `import a = require('../plan/plan');`,
    ]) {
      broken(/imports plan/, file('src/pfx/a.ts', code));
    }
  });

  it('an import in a comment or a string is none', () => {
    assert.deepEqual(
      breaches([file('src/pfx/a.ts', `// import '../plan/plan'\nexport const a = "import '../plan/plan'";`)]),
      [],
    );
  });

  it('vscode outside ui is found, and in ui it is at home', () => {
    const code = `import * as vscode from 'vscode';`;
    broken(/imports vscode/, file('src/plan/a.ts', code));
    broken(/imports vscode/, file('src/cli.ts', code));
    assert.deepEqual(breaches([file('src/ui/tree/a.ts', code), file('src/extension.ts', code)]), []);
  });

  it('a socket outside probe is found, with and without node:', () => {
    broken(/only probe opens sockets/, file('src/ui/a.ts', `import net from 'node:net';`));
    broken(/only probe opens sockets/, file('src/cli.ts', `import tls from 'tls';`));
    assert.deepEqual(breaches([file('src/probe/a.ts', `import net from 'node:net';`)]), []);
  });

  it('a file system in the core is found', () => {
    broken(/touch the world/, file('src/folder/a.ts', `import fs from 'node:fs/promises';`));
  });

  it('a program started outside of src/programs is found, and there one whose path was not checked', () => {
    const room = 'src/programs/systemProgram.ts';
    const start = `import { execFile } from 'node:child_process';`;
    for (const name of ['src/ui/a.ts', 'src/cli.ts', 'src/probe/a.ts', 'src/programs/a.ts'])
      broken(/only src\/programs starts programs/, file(name, start));
    broken(/only src\/programs starts programs/, file(room, `import cluster from 'node:cluster';`));
    for (const code of [
      `execFile('git', []);`,
      `execFile(program, []);`,
      `promisify(execFile)('git', []);`,
      `const run = execFile;`,
    ])
      broken(/did not go through outside/, file(room, `${start}\n${code}`));
    for (const code of [
      `import { exec } from 'node:child_process';`,
      `import { execFile as run } from 'node:child_process';`,
      `import * as programs from 'node:child_process';`,
      `import programs from 'child_process';`,
    ])
      broken(/more of child_process than execFile/, file(room, code));
    assert.deepEqual(breaches([file(room, `${start}\nexecFile(outside(program, []), []);`)]), []);
  });

  it('a shell started outside of the one file that makes terminals is found', () => {
    const code = 'vscode.window.createTerminal({});';
    broken(/only src\/ui\/shell\/terminals.ts starts a shell/, file('src/ui/tree/a.ts', code));
    broken(/starts a shell/, file('src/ui/tree/a.ts', `new vscode.ShellExecution('a');`));
    assert.deepEqual(breaches([file('src/ui/shell/terminals.ts', code)]), []);
  });

  it('any import in model is found', () => {
    broken(/model imports nothing/, file('src/model/a.ts', `import * as z from 'zod';`));
    broken(/model may not/, file('src/model/a.ts', `import { a } from '../certificate/a';`));
  });

  it('a feature that imports another feature is found, and ui itself is open to all', () => {
    broken(/imports the feature tree/, file('src/ui/terminal/a.ts', `import { a } from '../tree/a';`));
    assert.deepEqual(breaches([file('src/ui/terminal/a.ts', `import { a } from '../workspace';`)]), []);
    assert.deepEqual(breaches([file('src/ui/terminal/a.ts', `import { a } from '../shell/a';`)]), []);
    broken(/imports the feature terminal/, file('src/ui/shell/a.ts', `import { a } from '../terminal/a';`));
  });

  it('a folder that the design does not name is found', () => {
    broken(/in no room/, file('src/utils/a.ts', 'export const a = 1;'));
  });

  it('an import from outside src is found', () => {
    broken(/outside src/, file('src/plan/a.ts', `import { lab } from '../../test/lab/organization';`));
  });

  it('a circle is found, through types too', () => {
    broken(
      /a circle: src\/plan\/a.ts > src\/plan\/b.ts > src\/plan\/a.ts/,
      file('src/plan/a.ts', `import { b } from './b';`),
      file('src/plan/b.ts', `import { type A } from './a';`),
    );
  });

  it('a file without an opening sentence, or over 300 lines, is found', () => {
    broken(/does not open with a sentence/, file('src/plan/a.ts', 'export {};', ''));
    broken(/does not open with a sentence/, file('src/plan/a.ts', 'export {};', '/** A sentence. */'));
    broken(/has 301 lines/, file('src/plan/a.ts', 'const a = 1;\n'.repeat(299).trimEnd() + '\n'));
  });
});
