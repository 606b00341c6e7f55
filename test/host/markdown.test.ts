// What strangers wrote, in Markdown, through the editor's own renderer, formulas and link finder included: text, and nothing else.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { code, forMarkdown, forTerminal } from '../../src/model/untrustedText';

/** Pieces that begin something in CommonMark, GitHub's Markdown, HTML, formulas or a link finder. */
const pieces = [
  ...[
    '[x](command:a.b)',
    '[x]',
    '(command:a)',
    '![x](y.png)',
    '[x]: http://evil.example',
    '[^1]',
    '[[x]]',
    '](',
    '<',
    '>',
    '</',
  ],
  ...[
    '<b hidden a=1>',
    '<img src=x onerror=alert(1)>',
    '<!--',
    '-->',
    '<a href="x">',
    '&lt;',
    '&#60;',
    '&amp;',
    '&',
    '\\',
    '\\\\',
  ],
  ...[
    'https://x/',
    'http://evil.example/<b hidden>',
    '//evil.example',
    'www.evil.example',
    'ftp://x.example',
    'mailto:a@b.example',
  ],
  ...[
    'a@b.example',
    'command:a.b',
    'file:///etc',
    'vscode://x',
    '`',
    '``',
    '```',
    '~~~',
    '~~',
    '*',
    '**',
    '_',
    '__',
    '=',
    '===',
  ],
  ...[
    '-',
    '- ',
    '---',
    '+ ',
    '1. ',
    '1) ',
    '# ',
    '#',
    '> ',
    '|',
    '||',
    '$',
    '$$',
    '$x^2$',
    '\\(x\\)',
    ':',
    '!',
    '{',
    '}',
    '"',
    "'",
  ],
  ...[
    '\n',
    '\n\n',
    '\r',
    '\t',
    ' ',
    '    ',
    '\u00a0',
    '\u202e',
    '\u200b',
    '\u00ad',
    '\u{e0041}',
    '\ud800',
    '\0',
    'a',
    'word',
    '漢',
    '👍',
  ],
];
const hostile = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...pieces), weight: 6 },
      { arbitrary: fc.string({ unit: 'binary' }), weight: 1 },
    ),
    {
      minLength: 1,
      maxLength: 9,
    },
  )
  .map((parts) => parts.join(''));

interface Place {
  readonly made: (text: string) => string;
  /** Elements of ours, without their attributes. */
  readonly elements: readonly string[];
  readonly shown: (text: string) => string;
}

const oneLine = (text: string): string => forTerminal(text).replace(/\s+/g, ' ').trim();
const places: Readonly<Record<string, Place>> = {
  'an item of a list': {
    made: (text) => `- ${forMarkdown(text)}.`,
    elements: ['ul', 'li'],
    shown: (text) => `${oneLine(text)}.`,
  },
  'the middle of a line': {
    made: (text) => `by ${forMarkdown(text)}: ${forMarkdown(text)}.`,
    elements: ['p'],
    shown: (text) => `by ${oneLine(text)}: ${oneLine(text)}.`,
  },
  'a heading': {
    made: (text) => `# of ${forMarkdown(text)}.`,
    elements: ['h1'],
    shown: (text) => `of ${oneLine(text)}.`,
  },
  'a cell': {
    made: (text) => `| a | b |\n| --- | --- |\n| ${forMarkdown(text)} | . |`,
    elements: ['table', 'thead', 'tr', 'th', 'th', 'tbody', 'tr', 'td', 'td'],
    shown: (text) => `ab${oneLine(text)}.`,
  },
  code: {
    made: (text) => `(${code(text)})`,
    elements: ['p', 'code'],
    shown: (text) => `(${forTerminal(text) || ' '})`,
  },
};

/** The page's body without what the editor's diagrams put before every page. */
const render = async (markdown: string): Promise<string> =>
  (await vscode.commands.executeCommand<string>('markdown.api.render', markdown)).replace(
    /^<span id="markdown-mermaid"[^>]*><\/span>/,
    '',
  );
const elementsOf = (html: string): readonly string[] =>
  [...html.matchAll(/<([a-z][^\s/>]*)/gi)].map(([, name = '']) => name);
const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|amp|quot);/g, (_, name: string) => names[name] ?? '')
    .replace(/\n/g, '')
    .trim();
const blanks = (text: string): string => text.replace(/\s+/g, ' ');

describe("A stranger's text in the editor's Markdown", function () {
  this.timeout(300_000);

  for (const [where, { made, elements, shown }] of Object.entries(places)) {
    it(`is its letters and no element in ${where}`, async () => {
      await fc.assert(
        fc.asyncProperty(hostile, async (text) => {
          const html = await render(made(text));
          assert.deepEqual(elementsOf(html), elements, `${JSON.stringify(text)} became ${html}`);
          assert.equal(blanks(textOf(html)), blanks(shown(text)));
        }),
        { numRuns: 1000, interruptAfterTimeLimit: 40_000, includeErrorInReport: true },
      );
    });
  }
});
