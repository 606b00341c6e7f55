// Passwords that a person asked to be remembered: in the editor's secret storage, keyed by the file's SHA-256.
import type * as vscode from 'vscode';

export interface RememberedPasswords {
  get(sha256: string): Promise<Uint8Array | undefined>;
  remember(sha256: string, password: Uint8Array): Promise<void>;
  /** False where none was remembered. */
  forget(sha256: string): Promise<boolean>;
  /** How many there were. */
  forgetAll(): Promise<number>;
}

const secretKey = (sha256: string): string => `pfx-password:${sha256}`;
/** The files' hashes, which are no secrets: the storage itself cannot be listed by every editor we run in. */
const index = 'pfxPasswords';

export function rememberedPasswords({
  secrets,
  globalState,
}: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>): RememberedPasswords {
  const known = (): readonly string[] => globalState.get<readonly string[]>(index, []);
  return {
    async get(sha256) {
      // the list is at hand, the storage is a message to the window and back
      if (!known().includes(sha256)) {
        return undefined;
      }
      const text = await secrets.get(secretKey(sha256));
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    async remember(sha256, password) {
      // the list first: a password that no list names could never be forgotten with the others
      await globalState.update(index, [...new Set([...known(), sha256])]);
      await secrets.store(secretKey(sha256), new TextDecoder('utf-8', { ignoreBOM: true }).decode(password));
    },
    async forget(sha256) {
      const there = known().includes(sha256);
      await secrets.delete(secretKey(sha256));
      await globalState.update(
        index,
        known().filter((one) => one !== sha256),
      );
      return there;
    },
    async forgetAll() {
      const all = known();
      for (const sha256 of all) await secrets.delete(secretKey(sha256));
      await globalState.update(index, []);
      return all.length;
    },
  };
}
