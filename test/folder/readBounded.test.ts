// No more of a file is read than is asked for, whatever the file says of itself.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readBounded } from '../../src/folder/readBounded';

const at = path.join(mkdtempSync(path.join(tmpdir(), 'bounded-')), 'x');

describe('a bounded read', () => {
  it('gives a whole file, of no bytes up to as many as may be', async () => {
    for (const size of [0, 1, 4096, 1 << 20, (1 << 20) + 1, 3 << 20]) {
      const bytes = Buffer.alloc(size, 'abc');
      writeFileSync(at, bytes);
      const read = await readBounded(at, 3 << 20, files);
      assert.ok('bytes' in read && bytes.equals(read.bytes), String(size));
    }
  });

  it('gives none of a file of one byte more', async () => {
    writeFileSync(at, Buffer.alloc(1001));
    assert.deepEqual(await readBounded(at, 1000, files), { refused: 'too-large', size: 1001 });
  });

  it('ends where a file grows while it is read', async () => {
    writeFileSync(at, 'x');
    const growing = {
      ...files,
      open: async (file: string, flags: 'r') => {
        const handle = await files.open(file, flags);
        const read = (buffer: Uint8Array, offset: number, length: number) =>
          Promise.resolve({ bytesRead: buffer.subarray(offset, offset + length).fill(1).length });
        return { stat: () => handle.stat(), close: () => handle.close(), read };
      },
    };
    assert.deepEqual(await readBounded(at, 5 << 20, growing), { refused: 'too-large', size: (5 << 20) + 1 });
  });

  const none: readonly [string, (file: string) => unknown][] = [
    ['a device', (file) => symlinkSync('/dev/zero', file)],
    ['a pipe', (file) => execFileSync('/usr/bin/mkfifo', [file])],
    ['a folder', (file) => symlinkSync(tmpdir(), file)],
  ];
  for (const [what, make] of none)
    it(`refuses ${what} at once`, async () => {
      const file = `${at}-${what}`;
      make(file);
      assert.deepEqual(await readBounded(file, 1000, files), { refused: 'not-a-file' });
    });
});
