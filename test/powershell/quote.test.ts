import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commentText, quote, quoteList, quoteProblem } from '../../src/powershell/quote';

/** Reads what `quote` writes by PowerShell's rules for single-quoted strings, `[char]` and `+` (docs/facts-powershell.md#quotes). */
function evaluate(source: string): string {
  const inner = source.startsWith('(') && source.endsWith(')') ? source.slice(1, -1) : source;
  const token = /'((?:[^'\u2018-\u201B]|['\u2018-\u201B]['\u2018-\u201B])*)'|\[char\]0x([0-9A-F]{4})/y;
  let value = '';
  while (token.lastIndex < inner.length) {
    if (value !== '' || token.lastIndex > 0) {
      assert.equal(inner[token.lastIndex], '+', source);
      token.lastIndex += 1;
    }
    const found = token.exec(inner);
    assert.ok(found, `not what quote writes: ${source}`);
    value +=
      found[2] === undefined ? (found[1] ?? '').replaceAll("''", "'") : String.fromCharCode(parseInt(found[2], 16));
  }
  return value;
}

/** What quote takes: any text without control characters and lone surrogates, rich in what could break out. */
const names = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom("'", '\u2018', '\u2019', '\u201A', '\u201B', '$(', '`', '"', '#>', 'Ñ', '😀'),
    ),
  )
  .map((parts) => parts.join('').replace(/\p{Cc}/gu, ''));

describe('quote', () => {
  const cases: readonly [string, string][] = [
    ['', "''"],
    ['SERVER1', "'SERVER1'"],
    ["O'Brien", "'O''Brien'"],
    ["'", "''''"],
    ['$(calc) `n "x" #>', '\'$(calc) `n "x" #>\''],
    ['aÑb', "('a'+[char]0x00D1+'b')"],
    ['Ñ', "(''+[char]0x00D1)"],
    ['ab\u2019; code; \u2019', "('ab'+[char]0x2019+'; code; '+[char]0x2019)"],
    ['\u2013', "(''+[char]0x2013)"],
    ['😀', "(''+[char]0xD83D+[char]0xDE00)"],
  ];
  for (const [value, source] of cases) {
    it(`writes ${JSON.stringify(value)} as ${source}`, () => assert.equal(quote(value), source));
  }

  it('writes printable ASCII only, whatever the value', () => {
    fc.assert(fc.property(names, (value) => /^[ -~]*$/.test(quote(value))));
  });

  it('yields exactly the value, whatever the value', () => {
    fc.assert(
      fc.property(names, (value) => evaluate(quote(value)) === value),
      { numRuns: 2000 },
    );
  });

  it('takes each of the 65,536 code units or refuses it', () => {
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      const value = `a${String.fromCharCode(unit)}b`;
      const refused = unit < 0x20 || (unit >= 0x7f && unit <= 0x9f) || (unit >= 0xd800 && unit <= 0xdfff);
      if (refused) {
        assert.throws(() => quote(value), RangeError, unit.toString(16));
      } else {
        assert.equal(evaluate(quote(value)), value, unit.toString(16));
      }
    }
  });

  it('tells why a value is refused', () => {
    assert.equal(quoteProblem('a\nb'), 'control-character');
    assert.equal(quoteProblem('a\u0085b'), 'control-character');
    assert.equal(quoteProblem('a\ud800b'), 'lone-surrogate');
    assert.equal(quoteProblem('aÑ😀'), null);
  });

  it('writes a list as one array, and an empty one as none', () => {
    assert.equal(quoteList(['a', "b'c", 'ü']), "@('a', 'b''c', (''+[char]0x00FC))");
    assert.equal(quoteList([]), '@()');
  });
});

describe('commentText', () => {
  const cases: readonly [string, string][] = [
    ['Default Frontend', 'Default Frontend'],
    ['a\r\nRemove-Item b', 'a Remove-Item b'],
    ['a #> b', 'a  b'],
    ['a ##>> b', 'a  b'],
    ['a\u0085b\u2028c', 'a b<U+2028>c'],
    ['Größe', 'Gr<U+00F6><U+00DF>e'],
  ];
  for (const [value, text] of cases) {
    it(`writes ${JSON.stringify(value)} as ${JSON.stringify(text)}`, () => assert.equal(commentText(value), text));
  }

  it('never leaves a line break, the end of a comment block or a letter outside ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const text = commentText(value);
        return /^[ -~]*$/.test(text) && !text.includes('#>');
      }),
    );
  });
});
