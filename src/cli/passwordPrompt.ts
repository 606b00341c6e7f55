// Asks for a password at the terminal, without showing what is typed.

/** Whether there is a person to ask: both ends are a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

const key = {
  interrupt: 0x03,
  end: 0x04,
  backspace: 0x08,
  newLine: 0x0a,
  enter: 0x0d,
  clear: 0x15,
  escape: 0x1b,
  erase: 0x7f,
};

/** What was typed, as UTF-8; undefined where it was broken off by Ctrl+C or Ctrl+D. */
export function askAtTerminal(prompt: string): Promise<Uint8Array | undefined> {
  const { stdin, stderr } = process;
  // first: what is typed ahead must not be shown either
  stdin.setRawMode(true);
  stderr.write(prompt);
  return new Promise((resolve) => {
    const typed: number[] = [];
    const end = (answer: Uint8Array | undefined): void => {
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      typed.fill(0);
      resolve(answer);
    };
    const take = (chunk: Buffer): void => {
      const bytes = [...chunk];
      chunk.fill(0);
      // an arrow or a function key comes as one chunk that begins with an escape
      if (bytes[0] === key.escape) return;
      for (const byte of bytes) {
        if (byte === key.enter || byte === key.newLine || byte === key.interrupt || byte === key.end) {
          end(byte === key.enter || byte === key.newLine ? Uint8Array.from(typed) : undefined);
          return;
        }
        if (byte === key.clear) typed.fill(0).splice(0);
        else if (byte === key.backspace || byte === key.erase) dropCharacter(typed);
        else typed.push(byte);
      }
    };
    stdin.on('data', take);
    stdin.resume();
  });
}

/** The last character, which has several bytes beyond ASCII. */
function dropCharacter(typed: number[]): void {
  while (typed.length > 0 && ((typed.pop() ?? 0) & 0xc0) === 0x80);
}
