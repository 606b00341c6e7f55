// A schema that reads less or more than its type does not compile: the types below are the compiler's own answers.
import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import type { Thumbprint } from '../../src/model/names';
import { type IsSame, reads } from '../../src/model/reads';

interface Row {
  readonly name: Thumbprint;
  readonly kind: 'one' | 'two';
  readonly note?: string;
  readonly parts: readonly { readonly at: number | null }[];
}

const name = z.custom<Thumbprint>();
const parts = z.array(z.object({ at: z.nullable(z.number()) }));
const whole = z.object({ name, kind: z.enum(['one', 'two']), note: z.exactOptional(z.string()), parts });

/** Each differs from `Row` in one way. */
const others = {
  withoutNote: z.object({ name, kind: whole.shape.kind, parts }),
  needingNote: z.object({ ...whole.shape, note: z.string() }),
  withAnyName: z.object({ ...whole.shape, name: z.string() }),
  withOneKind: z.object({ ...whole.shape, kind: z.enum(['one']) }),
  withMoreParts: z.object({ ...whole.shape, parts: z.array(z.object({ at: z.number(), to: z.number() })) }),
};

/** The compiler takes no other answers. */
const isWhole: IsSame<Row, z.output<typeof whole>> = true;
const areWhole: { readonly [Name in keyof typeof others]: IsSame<Row, z.output<(typeof others)[Name]>> } = {
  withoutNote: false,
  needingNote: false,
  withAnyName: false,
  withOneKind: false,
  withMoreParts: false,
};

describe('a schema held against its type', () => {
  it('is taken as it is where it reads the type', () => {
    assert.ok(isWhole);
    assert.equal(reads<Row>()(whole), whole);
  });
  for (const [other, isSame] of Object.entries(areWhole))
    it(`does not compile ${other}`, () => assert.equal(isSame, false));
  it('is compared with each of the others', () => assert.deepEqual(Object.keys(areWhole), Object.keys(others)));
});
