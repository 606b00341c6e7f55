// A long configuration is read in a thread, to the same end, and a hostile one costs no more than that thread.
import assert from 'node:assert/strict';
import { parseConfig } from '../../src/config/parseConfig';
import { longestHere, parseInThread } from '../../src/config/parseInThread';
import { config } from './marked';

const servers = (count: number): string =>
  config({
    servers: `servers:${Array.from({ length: count }, (_, at) => `\n  - { name: S${at}, fqdn: s${at}.mydomain.com }`).join('')}`,
  });

describe('a long configuration', function () {
  this.timeout(60_000);

  it('is read as a short one is, while the caller’s own thread goes on', async () => {
    const text = servers(8_000);
    assert.ok(text.length > longestHere);
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    const parsed = await parseInThread(text);
    clearInterval(turning);
    assert.deepEqual(parsed, parseConfig(text));
    assert.equal(parsed.wanted?.servers.length, 8_000);
    assert.ok(turns > 10, `${turns} turns`);
  });

  it('that is a short one needs no thread', async () => {
    assert.deepEqual(await parseInThread(config()), parseConfig(config()));
  });

  const hostile: readonly [string, string][] = [
    ['a million items', `servers: [${'1,'.repeat((1 << 20) - 10)}]`],
    ['brackets without end', '['.repeat(1 << 21)],
    ['keys without end', 'a: 1\n'.repeat(400_000)],
    ['more than is read', ' '.repeat((1 << 21) + 1)],
  ];
  for (const [title, text] of hostile)
    it(`has a problem and nothing else where it is hostile: ${title}`, async () => {
      const { wanted, problems } = await parseInThread(text, 1500);
      assert.equal(wanted, null);
      assert.ok(problems.length > 0 && problems.length <= 501, String(problems.length));
    });
});
