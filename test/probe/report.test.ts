// The table of a check: one line an endpoint, whatever a stranger wrote into its names.
import assert from 'node:assert/strict';
import type { Observation } from '../../src/model/observation';
import { reportMarkdown } from '../../src/probe/report';

const seen: Observation = {
  server: 'SERVER1',
  endpoint: { protocol: 'smtp', host: '127.0.0.11', port: 25, servername: 'www.mydomain.com' },
  at: '2026-11-22T20:14:00Z',
  outcome: 'starttls-not-offered',
  certificate: null,
  chain: [],
  chainInOrder: null,
  chainComplete: null,
  tls: null,
  nameMatches: null,
  ocspStapled: null,
  banner: null,
  detail: null,
  milliseconds: 1,
};

describe('the table of a check', () => {
  const row = (more: Partial<Observation>): string =>
    reportMarkdown([
      {
        observation: { ...seen, ...more },
        findings: [{ code: 'closed', severity: 'error', protocol: 'smtp', detail: more.detail ?? null, untried: [] }],
      },
    ])
      .trimEnd()
      .split('\n')
      .slice(4)
      .join('\n');

  it('has a line of seven cells for an endpoint', () =>
    assert.equal(
      row({ detail: 'bye' }),
      '| SERVER1 | smtp 127.0.0.11:25 | starttls-not-offered |  |  |  | error: The server closed the connection: bye. |',
    ));
  it('opens with a heading, by which an editor names the document', () =>
    assert.equal(reportMarkdown([]).split('\n')[0], '# Exchange endpoints'));
  it('says which server looked', () =>
    assert.match(row({ from: 'SERVER2' }), /\| smtp 127\.0\.0\.11:25 from SERVER2 \|/));
  for (const [what, detail] of [
    ['a link', '[click](http://evil)'],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['a cell of its own', 'a | b'],
    ['a line of its own', 'a\n| b |'],
    ['code', '`a`'],
    ['a heading', '# a'],
  ] as const)
    it(`shows ${what} of a stranger as its letters`, () => {
      const line = row({ detail });
      assert.equal(line.split('\n').length, 1);
      assert.equal(line.split(/(?<!\\)\|/).length, 9);
      assert.doesNotMatch(line.replace(/&#\d+;/g, ''), /(?<!\\)[[\]<>`#]/);
    });
});
