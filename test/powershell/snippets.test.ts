import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { renderSnippets, snippets } from '../../src/powershell/snippets';

describe('snippets', () => {
  it('stand in the manifest’s file as in the table (node test/run/snippets.mjs writes it)', () => {
    const file = path.resolve(__dirname, '../../../media/snippets/exchange.code-snippets');
    assert.equal(readFileSync(file, 'utf8'), renderSnippets());
  });

  it('have a prefix of their own that begins with ex-, and a name of their own', () => {
    assert.deepEqual(
      snippets.filter(({ prefix }) => !/^ex-[a-z-]+$/.test(prefix)),
      [],
    );
    assert.equal(new Set(snippets.map(({ prefix }) => prefix)).size, snippets.length);
    assert.equal(new Set(snippets.map(({ name }) => name)).size, snippets.length);
  });
});
