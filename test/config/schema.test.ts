// The JSON schema that ships is the one that parsing uses.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { jsonSchema } from '../../src/config/schema';

const shipped = path.resolve(__dirname, '../../../media/exchange-certificates.schema.json');

interface Part {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly additionalProperties?: boolean;
}

function undescribed(part: Part, name: string): readonly string[] {
  const inner = Object.entries(part.properties ?? {}).flatMap(([key, value]) => [
    ...((value.description ?? '') === '' ? [`${name}.${key}`] : []),
    ...undescribed(value, `${name}.${key}`),
  ]);
  return part.items === undefined ? inner : [...inner, ...undescribed(part.items, `${name}[]`)];
}

describe('the JSON schema', () => {
  it('is committed as it is generated: node test/run/schema.mjs writes it', () => {
    assert.equal(readFileSync(shipped, 'utf8'), `${JSON.stringify(jsonSchema(), null, 2)}\n`);
  });

  it('says of every key what it means', () => {
    assert.deepEqual(undescribed(jsonSchema(), 'config'), []);
  });
});
