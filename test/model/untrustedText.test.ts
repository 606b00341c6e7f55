// Text of a stranger made safe: for a terminal, for what is kept, for a message of the window, for JSON and for Markdown.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  code,
  forJson,
  forLabel,
  forMarkdown,
  forMessage,
  forPlugin,
  forRecord,
  forTerminal,
} from '../../src/model/untrustedText';

/** All that steers, turns or hides, by what it is. */
const unseen: readonly (readonly [string, string, string])[] = [
  ['an escape', '\u001b', '\\u{1b}'],
  ['a line break', '\r\n', '\\u{d}\\u{a}'],
  ['a C1 control', '\u009b', '\\u{9b}'],
  ['a right-to-left override', '\u202e', '\\u{202e}'],
  ['an isolate', '\u2066', '\\u{2066}'],
  ['an Arabic letter mark', '\u061c', '\\u{61c}'],
  ['a Mongolian vowel separator', '\u180e', '\\u{180e}'],
  ['a soft hyphen', '\u00ad', '\\u{ad}'],
  ['a zero width space', '\u200b', '\\u{200b}'],
  ['a word joiner', '\u2060', '\\u{2060}'],
  ['a byte order mark', '\ufeff', '\\u{feff}'],
  ['a tag character', '\u{e0041}', '\\u{e0041}'],
  ['a variation selector', '\ufe0f', '\\u{fe0f}'],
  ['a Hangul filler', '\u3164', '\\u{3164}'],
  ['a line separator', '\u2028', '\\u{2028}'],
  ['half a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
];
/** Of any characters, with those that mean something to a renderer or a terminal more often than by chance. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...unseen.map(([, text]) => text), '](command:a)', '[a]', '](', '$(bug)', '$', ']', '(', ' '),
    ),
  )
  .map((parts) => parts.join(''));
const holds = (what: string, property: (text: string) => boolean) =>
  it(what, () => fc.assert(fc.property(hostile, property), { numRuns: 2000 }));

describe('text of a stranger', () => {
  for (const [what, text, spelled] of unseen) {
    it(`shows ${what}`, () => assert.equal(forTerminal(text), spelled));
    it(`shows ${what} in JSON, which means the same`, () => {
      const json = JSON.stringify([text], null, 2);
      assert.deepEqual(JSON.parse(forJson(json)), [text]);
      assert.equal(forTerminal(forJson(json).replaceAll('\n', '')), forJson(json).replaceAll('\n', ''));
    });
  }
  it('is left as it is where nothing is hidden in it', () =>
    assert.equal(forTerminal('<b>plain & ä 漢 👍</b>'), '<b>plain & ä 漢 👍</b>'));
  it('is cut where it is kept and long', () => assert.equal(forRecord('x'.repeat(600)).length, 513));
  it('is never cut within a character', () => assert.equal(forRecord(`${'x'.repeat(511)}👍`), `${'x'.repeat(511)}…`));

  holds('has nothing unseen in it for a terminal', (text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(assigned(forTerminal(text))));
  holds('ends no line of a plug-in, begins no performance data, and makes no element', (text) =>
    /^[^|<>&\p{C}\p{Zl}\p{Zp}]*$/u.test(assigned(forPlugin(text))),
  );
  holds('ends no label of Prometheus, and is read from it as it is shown', (text) => {
    const label = forLabel(text, Infinity);
    return /^(?:[^"\\\n]|\\["\\])*$/.test(label) && label.replace(/\\(.)/g, '$1') === forTerminal(text);
  });
  holds('means the same in JSON', (text) => JSON.parse(forJson(JSON.stringify(text))) === text);
});

/** Without what Unicode has not yet given a meaning or leaves to private use. */
function assigned(text: string): string {
  return text.replace(/[\p{Cn}\p{Co}]/gu, '');
}

describe('a value in a message', () => {
  const says = (text: string, shown: string) =>
    it(`${JSON.stringify(text)} is ${shown}`, () => assert.equal(forMessage(text), shown));
  says('[x](command:a.b)', '[x] (command:a.b)');
  says('[x]\u200b(command:a.b)', '[x]\\u{200b}(command:a.b)');
  says('$(error) failed', '$ (error) failed');
  says('C:\\Users\\Ü [1] (2)', 'C:\\Users\\Ü [1] (2)');
  it('is cut to what is read at a glance', () => assert.equal(forMessage('x'.repeat(4096)).length, 301));
  holds('forms no link and no picture', (text) => !/\]\(|\$\(/.test(forMessage(text)));
});

describe('Markdown', () => {
  const shows = (text: string, written: string) =>
    it(`${JSON.stringify(text)} is written ${written}`, () => assert.equal(forMarkdown(text), written));
  shows('<b>|*`\u001b\u202e', '&#60;b&#62;&#124;\\*\\`\\\\u{1b}\\\\u{202e}');
  shows('https://x/<b hidden a=1>', 'https:/&#47;x/&#60;b hidden a=1&#62;');
  shows('- item', '&#45; item');
  shows('1. item', '1&#46; item');
  shows('you@example.com', 'you&#64;example.com');
  shows('SERVER1\\Default Frontend (ü)', 'SERVER1\\\\Default Frontend (ü)');
  shows('server1.mydomain.com: 2026-11-22', 'server1.mydomain.com: 2026-11-22');

  for (const [text, shown] of [
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['', '`  `'],
  ] as const) {
    it(`fences ${JSON.stringify(text)}`, () => {
      assert.equal(code(text), shown);
    });
  }
});
