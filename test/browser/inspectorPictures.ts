// Pictures of the inspector on twelve kinds of file in four themes, each held to axe; run by name, since nobody looks at them in CI.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { allThemes, screenshots } from '../editor/window';
import { answer, closeAll, open, passwordBox, showTheme, startBed, violations, type Bed } from './inspectorBed';

/** `typed` is null where no box comes. */
const kinds: readonly { readonly kind: string; readonly file: string; readonly typed: string | null }[] = [
  { kind: 'rsa', file: 'openssl-default.pfx', typed: 'secret' },
  { kind: 'ec', file: 'key-ec.pfx', typed: 'secret' },
  { kind: 'ed25519', file: 'key-ed25519.pfx', typed: 'secret' },
  { kind: 'legacy-rc2', file: 'pbe-rc2-40.pfx', typed: 'secret' },
  { kind: 'pbmac1', file: 'pbmac1-sha256.pfx', typed: 'secret' },
  { kind: 'several-keys', file: 'java.p12', typed: 'secret' },
  { kind: 'no-key', file: 'no-key.pfx', typed: 'secret' },
  { kind: 'wrong-password', file: 'openssl-legacy.pfx', typed: 'wrong' },
  { kind: 'damaged', file: 'truncated.pfx', typed: null },
  { kind: 'not-pkcs12', file: 'page.pfx', typed: null },
  { kind: 'unsupported', file: 'unsupported-mac.pfx', typed: null },
  { kind: 'refused', file: 'iterations-giant.pfx', typed: null },
];

describe('the inspector, looked at', () => {
  let bed: Bed;
  before(async () => {
    bed = await startBed(kinds.map(({ file }) => ({ from: file })));
    mkdirSync(screenshots, { recursive: true });
  });
  after(() => bed.stop());

  for (const { kind, file, typed } of kinds) {
    it(`is without violations on ${kind}`, async () => {
      const { window } = bed;
      await open(window, file);
      if (typed !== null) await answer(window, typed);
      if (kind === 'wrong-password') {
        await window.page.getByText('The password is wrong').first().waitFor();
        await passwordBox(window).press('Escape');
      }
      await window.webview().locator('.outcome').waitFor();
      for (const theme of allThemes) {
        await showTheme(window, theme);
        await window.page.screenshot({ path: path.join(screenshots, `inspector-${kind}-${theme}.png`) });
        assert.deepEqual(await violations(window), [], theme);
      }
      await closeAll(window);
    });
  }
});
