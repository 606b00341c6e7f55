// When a certificate counts as expiring.
import assert from 'node:assert/strict';
import { daysUntil, expiryOf, usualThresholds } from '../../src/model/expiry';

describe('a certificate', () => {
  const end = '2026-12-04T20:00:00Z';
  const cases: readonly [string, number, ReturnType<typeof expiryOf>][] = [
    ['2026-11-20T20:00:00Z', 14, 'none'],
    ['2026-11-20T20:00:01Z', 13, 'warning'],
    ['2026-12-01T20:00:00Z', 3, 'warning'],
    ['2026-12-01T20:00:01Z', 2, 'error'],
    ['2026-12-04T20:00:00Z', 0, 'error'],
    ['2026-12-04T20:00:01Z', -1, 'expired'],
  ];
  for (const [now, days, expiry] of cases) {
    it(`at ${now}, with ${String(days)} whole days left, counts as ${expiry}`, () => {
      assert.equal(daysUntil(end, new Date(now)), days);
      assert.equal(expiryOf(days, usualThresholds), expiry);
    });
  }
});
