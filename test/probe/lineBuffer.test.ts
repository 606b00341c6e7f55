// Lines out of chunks, within bounds, and text made safe.
import assert from 'node:assert/strict';
import { LineBuffer } from '../../src/probe/lineBuffer';

/** The kinds and lines that come out of `chunks`, until the buffer waits or gives up. */
function lines(buffer: LineBuffer, ...chunks: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const chunk of chunks) {
    buffer.push(Buffer.from(chunk));
    for (let next = buffer.next(); next.kind !== 'incomplete'; next = buffer.next()) {
      out.push(next.kind === 'line' ? next.line : `(${next.kind})`);
      if (next.kind !== 'line') return out;
    }
  }
  return out;
}

describe('a line buffer', () => {
  const buffer = (): LineBuffer => new LineBuffer(10, 40);
  it('makes lines of bytes that come one by one', () =>
    assert.deepEqual(lines(buffer(), 'a', 'b', '\r', '\n', 'c', 'd', '\r', '\n'), ['ab', 'cd']));
  it('makes many lines of one chunk', () => assert.deepEqual(lines(buffer(), 'a\r\nb\r\nc\r\n'), ['a', 'b', 'c']));
  it('takes a line feed alone for a line break', () => assert.deepEqual(lines(buffer(), 'a\nb\n'), ['a', 'b']));
  it('keeps a character that was cut between two chunks', () => {
    const cut = buffer();
    cut.push(Buffer.from([0xc3]));
    assert.deepEqual(cut.next(), { kind: 'incomplete' });
    cut.push(Buffer.from([0xa4, 0x0a]));
    assert.deepEqual(cut.next(), { kind: 'line', line: 'ä' });
  });
  it('takes a line of the longest length, its break included', () =>
    assert.deepEqual(lines(buffer(), '12345678\r\n'), ['12345678']));
  it('refuses a line of one byte more', () => assert.deepEqual(lines(buffer(), '123456789\r\n'), ['(line-too-long)']));
  it('refuses a line without an end before it comes', () =>
    assert.deepEqual(lines(buffer(), '12345678901'), ['(line-too-long)']));
  it('refuses more bytes than a dialogue may have', () =>
    assert.deepEqual(lines(buffer(), ...Array<string>(21).fill('1\n')), [
      ...Array<string>(20).fill('1'),
      '(too-many-bytes)',
    ]));
  it('holds no more than a dialogue may have, whatever is pushed', () => {
    const full = buffer();
    full.push(Buffer.alloc(1_000_000));
    assert.equal(full.rest().length, 40);
  });
});
