// Every document that a comment cites is in the repository, and every fact has a key that is cited and a source that can be opened.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readLabTable } from './lab/table';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** What may cite: the product, its tests, and the lab in each of its languages. */
const citing = ['src', 'test']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => /\.(ts|mjs|cs|psm1|ps1|json)$/.test(file) && !/(^|\/)(\.artifacts|bin|obj|fixtures)\//.test(file))
  .map((file) => ({ file, text: read(file) }));

interface Fact {
  readonly key: string;
  readonly source: string;
}

/** The headings of a sheet with the line that names where each is from. */
function factsOf(document: string): readonly Fact[] {
  return read(document)
    .split(/^### /m)
    .slice(1)
    .map((part) => ({
      key: `${document}#${part.slice(0, part.indexOf('\n'))}`,
      source: /^Source: (.+)$/m.exec(part)?.[1] ?? '',
    }));
}

const facts = readdirSync(path.join(root, 'docs'))
  .filter((name) => name.startsWith('facts-'))
  .flatMap((name) => factsOf(`docs/${name}`));

const cited = citing.flatMap(({ file, text }) =>
  [...text.matchAll(/\bdocs\/facts-[\w-]+\.md(?:#[\w-]+)?/g)].map(([key]) => ({ file, key })),
);

/** Documents that are cited without a key are cited whole. */
const documents = new Set(facts.map(({ key }) => key.slice(0, key.indexOf('#'))));

describe('a cited fact', () => {
  it('is in the repository, under the key that is cited', () => {
    const known = new Set([...documents, ...facts.map(({ key }) => key)]);
    assert.deepEqual(
      cited.filter(({ key }) => !known.has(key)),
      [],
    );
    assert.ok(cited.length > 40);
  });

  it('is cited: no sheet keeps what nobody relies on', () => {
    const keys = new Set(cited.map(({ key }) => key));
    assert.deepEqual(
      facts.map(({ key }) => key).filter((key) => !keys.has(key)),
      [],
    );
  });

  it('has a public source, or says that it has none', () => {
    assert.deepEqual(
      facts.filter(({ source }) => !/<https:\/\/[^>]+>|^unsourced/.test(source)).map(({ key }) => key),
      [],
    );
  });

  it('names its sources by the keys of the lab’s table', () => {
    const known = new Set(Object.keys(readLabTable().sources));
    const named = facts.flatMap(({ source }) => source.replaceAll(/<[^>]*>/g, '').match(/[A-Z][A-Z0-9-]{2,}/g) ?? []);
    assert.ok(named.length > 40);
    assert.deepEqual(
      named.filter((name) => !known.has(name)),
      [],
    );
  });
});

describe('a comment', () => {
  it('cites no sheet that is not in the repository', () => {
    const stranger =
      /(?<!docs\/)\bfacts \d|\b(exchange|powershell|pfx|editor|editor-host)\.md \d|shapes\.md|design\ssection|\bissue \d{1,2}\b/;
    assert.deepEqual(
      citing.filter(({ text }) => stranger.test(text)).map(({ file }) => file),
      [],
    );
  });
});
