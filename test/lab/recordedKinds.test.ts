// Holds the lab's table against what was recorded of real servers: every property, its kind, and what none looks like.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readRecordedKinds, shapeOf } from './recordedKinds';
import { readLabTable } from './table';

const table = readLabTable();
const recorded = readRecordedKinds();

function difference({ cmdlet, property, kind, none }: (typeof recorded)[number]): string | null {
  const told = table.results[shapeOf[cmdlet] ?? '']?.properties.find((one) => one.name === property);
  if (told === undefined) return `${cmdlet}.${property}: not told`;
  if (kind !== null && told.type !== kind) return `${cmdlet}.${property}: ${told.type}, recorded ${kind}`;
  if (none !== undefined && told.none !== none)
    return `${cmdlet}.${property}: none is ${String(told.none)}, recorded ${none}`;
  return null;
}

const explained = new Set(table.notTold.map(({ of, property }) => `${of}.${property}: not told`));
const differences = recorded.flatMap((row) => difference(row) ?? []);

describe('the table of the lab', () => {
  it(`tells the ${String(recorded.length)} recorded properties as recorded, but ${String(explained.size)} that it gives a reason for`, () => {
    assert.ok(recorded.length > 100);
    assert.deepEqual(
      differences.filter((one) => !explained.has(one)),
      [],
    );
  });

  it('gives no reason for a difference that is none', () => {
    assert.deepEqual([...explained].sort(), [...differences].sort());
  });

  it('says of each property it calls recorded something that was recorded', () => {
    const seen = new Set(recorded.map(({ cmdlet, property }) => `${shapeOf[cmdlet] ?? ''}.${property}`));
    const claimed = Object.entries(table.results).flatMap(([shape, { properties }]) =>
      properties.filter(({ source }) => source === 'RECORDED').map(({ name }) => `${shape}.${name}`),
    );
    assert.deepEqual(
      claimed.filter((one) => !seen.has(one)),
      [],
    );
  });
});
