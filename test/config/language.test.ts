// What is offered, said and mended at a place of the configuration.
import assert from 'node:assert/strict';
import { completions } from '../../src/config/completions';
import { fixesFor } from '../../src/config/fixes';
import { hoverAt } from '../../src/config/hovers';
import type { KnownNames } from '../../src/config/knownNames';
import { parseConfig } from '../../src/config/parseConfig';
import { scalarText } from '../../src/config/scalarText';
import { config } from './marked';
import { parse } from 'yaml';

const known: KnownNames = {
  servers: [{ name: 'SERVER3', fqdn: 'server3.mydomain.com' }],
  sendConnectors: ['SEND', "Bob's #1"],
  receiveConnectors: ['Default Frontend {server}', 'Relay {server}'],
};
const { positions } = parseConfig(config());

/** What is offered at `|`, and what stands there once the first of it is taken. */
function offered(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const found = completions(text, offset, positions, known);
  const take = (label: string) => {
    const one = found.find((completion) => completion.label === label);
    return one === undefined ? undefined : text.slice(0, one.start) + one.insert + text.slice(one.end);
  };
  return { labels: found.map(({ label }) => label), take };
}

describe('completion offers', () => {
  const cases: readonly [claim: string, marked: string, labels: readonly string[]][] = [
    [
      'the keys at the top that are not there yet',
      'organization: a\nservers: []\nre|',
      ['remoting', 'certificates', 'connectors', 'probe', 'policy'],
    ],
    [
      'every key in an empty file',
      '|',
      ['organization', 'remoting', 'servers', 'certificates', 'connectors', 'probe', 'policy'],
    ],
    [
      'the keys of an entry',
      'servers:\n  - name: A\n    |\n  - name: B\n    fqdn: b.c\n',
      ['fqdn', 'address', 'endpoints', 'mode'],
    ],
    [
      'the keys of an entry behind its dash',
      'certificates:\n  - |\n    pfx: a\n',
      ['name', 'thumbprint', 'friendlyName', 'services', 'hostnames'],
    ],
    [
      'the keys of an entry whose list stands as far left as its key',
      'servers:\n- name: A\n  |',
      ['fqdn', 'address', 'endpoints', 'mode'],
    ],
    [
      'the keys of a mapping in brackets',
      'servers:\n  - name: A\n    endpoints: { smtp: 25, | }',
      ['submission', 'smtps', 'https', 'backEnd', 'imap', 'imaps', 'pop3', 'pop3s'],
    ],
    ['the keys below a mapping', 'connectors:\n  |', ['send', 'receive']],
    ['the keys of a connector', 'connectors:\n  send:\n    - name: A\n      c|', ['certificate']],
    ['services that are not there yet', 'certificates:\n  - services: [POP, |]', ['IMAP', 'IIS', 'SMTP']],
    ['services as items of a block', 'certificates:\n  - services:\n      - |', ['POP', 'IMAP', 'IIS', 'SMTP']],
    ['the values of a closed list', 'policy:\n  iis: |', ['leave', 'recycle', 'reset']],
    ['the standard of a number', 'policy:\n  observeDays: |', ['7']],
    ['a standard port in brackets', 'servers:\n  - endpoints: { smtp: | }', ['25']],
    [
      'the certificates of the file, and none',
      'connectors:\n  receive:\n    - name: A\n      certificate: |',
      ['www', 'null'],
    ],
    ['send connectors that were found and are not mentioned', 'connectors:\n  send:\n    - name: |', ["Bob's #1"]],
    ['receive connectors likewise', 'connectors:\n  receive:\n    - name: |', ['Relay {server}']],
    ['found servers that are not mentioned', 'servers:\n  - name: |', ['SERVER3']],
    ['their full names', 'servers:\n  - fqdn: |', ['server3.mydomain.com']],
    ['their addresses', 'remoting:\n  exchange:\n    - |', ['http://server3.mydomain.com/PowerShell/']],
    ['nothing in a comment', 'policy:\n  # |', []],
    ['nothing where the schema knows no place', 'nothing:\n  |', []],
  ];
  for (const [claim, marked, labels] of cases) {
    it(claim, () => assert.deepEqual(offered(marked).labels, labels));
  }

  it('a key with its colon, once', () => {
    assert.equal(offered('policy:\n  ob|').take('observeDays'), 'policy:\n  observeDays: ');
    assert.equal(offered('policy:\n  ob|: 3').take('observeDays'), 'policy:\n  observeDays: 3');
  });

  it('names as YAML that means them', () => {
    const text = offered('connectors:\n  send:\n    - name: B|ob # mine').take("Bob's #1");
    assert.equal(text, "connectors:\n  send:\n    - name: 'Bob''s #1' # mine");
  });
});

describe('a hover', () => {
  const at = (marked: string) => hoverAt(marked.replace('|', ''), marked.indexOf('|'));

  it('says what a key means and what counts without it', () => {
    const hover = at('policy:\n  observe|Days: 3');
    assert.match(hover?.meaning ?? '', /Days between the cutover and the removal/);
    assert.deepEqual([hover?.key, hover?.standard, hover?.start, hover?.end], ['observeDays', '7', 10, 21]);
  });

  it('says the values of a closed list', () => {
    assert.deepEqual(at('certificates:\n  - ser|vices: []')?.allowed, ['POP', 'IMAP', 'IIS', 'SMTP']);
  });

  it('knows a key in brackets', () => {
    assert.equal(at('servers:\n  - endpoints: { sm|tp: 25 }')?.standard, '25');
  });

  it('is silent on values, unknown keys and what objects inherit', () => {
    assert.equal(at('policy:\n  observeDays: |3'), undefined);
    assert.equal(at('poli|cies:\n'), undefined);
    assert.equal(at('constr|uctor:\n'), undefined);
  });
});

describe('a fix', () => {
  const mended = (text: string): readonly string[] =>
    parseConfig(text).problems.flatMap((problem) =>
      fixesFor(problem, text).map(({ edits }) =>
        edits.reduce(
          (before, { range, text: now }) => before.slice(0, range.start) + now + before.slice(range.end),
          text,
        ),
      ),
    );
  const cases: readonly [claim: string, wrong: string, right: string][] = [
    [
      'writes the nearest key',
      config({ policy: 'policy:\n  observDays: 3' }),
      config({ policy: 'policy:\n  observeDays: 3' }),
    ],
    [
      'writes the nearest value',
      config({ policy: 'policy:\n  iis: reste' }),
      config({ policy: 'policy:\n  iis: reset' }),
    ],
    ['writes the nearest certificate', config().replace('certificate: www', 'certificate: wwww'), config()],
    ['writes the plain characters', config().replace('SEND', 'A\u2013\u2019'), config().replace('SEND', "'A-'''")],
    [
      'puts a number that is a name in quotation marks',
      config({ organization: 'organization: 007' }),
      config({ organization: "organization: '007'" }),
    ],
    ['writes the placeholder for a server', config().replace('{server}', 'SERVER2'), config()],
    ['writes the placeholder as it is spelled', config().replace('{server}', '{SERVER}'), config()],
    [
      'turns backslashes',
      config().replace('certificates/www*', 'certificates\\www*'),
      config().replace('certificates/www*.pfx', "'certificates/www*.pfx'"),
    ],
  ];
  for (const [claim, wrong, right] of cases) {
    it(claim, () => {
      const [first] = mended(wrong);
      assert.equal(first, right);
      assert.notEqual(parseConfig(first).wanted, null);
    });
  }

  it('is not made up where only a person knows', () => {
    assert.deepEqual(mended(config({ organization: 'organization: ""' })), []);
    assert.deepEqual(mended(config({ remoting: 'remoting: [1]' })), []);
  });
});

describe('a text as a YAML scalar', () => {
  for (const text of [
    'www',
    "Bob's",
    'a: b',
    '# x',
    '- x',
    'yes',
    'null',
    '12',
    '1e3',
    '',
    ' a ',
    '{server}',
    '*a',
    '&a',
    '!a',
    '@a',
    '%a',
    '"',
    'a #b',
    '~',
    'Default Frontend SERVER1',
  ]) {
    it(`means itself: ${JSON.stringify(text)}`, () => assert.deepEqual(parse(`a: ${scalarText(text)}`), { a: text }));
  }
});

describe('a place in a hostile text', () => {
  const long = 200_000;
  const texts: Readonly<Record<string, string>> = {
    'blanks between two letters': `x${' '.repeat(long)}y`,
    'blanks behind a value': `x: y${' '.repeat(long)}z`,
    'blanks before a colon': `x${' '.repeat(long)}: y`,
    'blanks and tabs behind a key': `x${' \t'.repeat(long / 2)}#`,
    'dashes without end': '- '.repeat(long / 2),
    'brackets without end': '['.repeat(long),
    'quotation marks without end': `a: ${'"\\'.repeat(long / 2)}`,
    'lines without end': 'a\n'.repeat(long / 2),
  };
  for (const [title, text] of Object.entries(texts))
    it(`is found in time: ${title}`, () => {
      const began = performance.now();
      for (const offset of [0, 1, text.length >> 1, text.length - 1, text.length]) {
        hoverAt(text, offset);
        completions(text, offset, positions, known);
      }
      assert.ok(performance.now() - began < 2000, `${String(Math.round(performance.now() - began))} ms`);
    });

  it('is none in a text that is longer than any configuration read here', () => {
    const text = `organization: a\n${'#'.repeat(1 << 18)}`;
    assert.equal(hoverAt(text, 3), undefined);
    assert.deepEqual(completions(text, 3, positions, known), []);
  });
});
