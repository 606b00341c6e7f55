// The inspector in a real editor: from the double click to the password box, and from Enter to the contents.
import { createRequire } from 'node:module';
import path from 'node:path';
import { packed } from './shared/packed.mjs';

const require = createRequire(import.meta.url);
const runs = 9;

/** Rows as test/run/bench.mjs prints them; the file has 2,048 iterations, and the first opening of each only warms up. */
export async function run() {
  const { startBed } = require('../../out/test/browser/inspectorBed.js');
  const from = 'openssl-default.pfx';
  const bed = await startBed(
    [
      { from, name: 'one.pfx' },
      { from, name: 'one.least' },
    ],
    { install: [packed()], extension: path.join(import.meta.dirname, 'inspector') },
  );
  try {
    const asked = [];
    const shown = [];
    const least = [];
    // by turns, so that both meet the same machine
    for (let at = 0; at <= runs; at++) {
      const ours = await open(bed.window, 'one.pfx', at === 0);
      const peer = await open(bed.window, 'one.least', at === 0);
      if (at > 0) {
        asked.push(ours.asked);
        shown.push(ours.shown);
        least.push(peer.asked);
      }
    }
    const where = `median of ${runs}, code-server with Chromium`;
    return [
      {
        what: `double click to password box, ${where}`,
        value: median(asked),
        unit: 'ms',
        budget: 150,
        // It reads nothing: what is above it is ours. pfx-view took 153 ms on another machine.
        peer: { what: 'an editor that asks at once', value: median(least) },
      },
      {
        what: `Enter to content, 2,048 iterations, warm, ${where}`,
        value: median(shown),
        unit: 'ms',
        budget: 200,
        peer: { what: 'pfx-view, measured once on another machine', value: 311 },
      },
    ];
  } finally {
    await bed.stop();
  }
}

/** Milliseconds till the box was there, and from Enter till a certificate was (NaN where there was no page before Enter). */
async function open(window, file, isFirst) {
  const { passwordBox, closeAll, password } = require('../../out/test/browser/inspectorBed.js');
  const { page } = window;
  await page.evaluate(watchBox);
  await (isFirst ? window.openByDoubleClick(file) : window.explorer(file).dblclick());
  await passwordBox(window).waitFor();
  // as after the second that typing takes: the page behind the box is there, and watched before Enter
  if (file.endsWith('.pfx')) {
    await window.webview().getByText('Waiting for the password').waitFor();
    await window.webview().locator('body').evaluate(watchPage);
  }
  await window.quickInput.fill(password);
  await page.keyboard.press('Enter');
  await window.webview().locator('.certificate').first().waitFor();
  const { clicked, box, entered } = await page.evaluate(() => globalThis.inspectorTimes);
  const content = window.webview().locator('.certificate').first();
  const shown = await content.evaluate(() => globalThis.inspectorShown);
  await closeAll(window);
  return { asked: box - clicked, shown: shown - entered };
}

/** Runs in the window. Both frames tell the time of one clock. */
function watchBox() {
  const now = () => performance.timeOrigin + performance.now();
  const times = (globalThis.inspectorTimes = {});
  globalThis.inspectorWatch?.abort();
  const watch = (globalThis.inspectorWatch = new AbortController());
  // the second mousedown of the double click
  const { signal } = watch;
  document.addEventListener('mousedown', () => (times.clicked = now()), { capture: true, signal });
  document.addEventListener(
    'keydown',
    ({ key }) => {
      if (key === 'Enter') times.entered = now();
    },
    { capture: true, signal },
  );
  const look = () => {
    if (signal.aborted || times.box !== undefined) return;
    const box = document.querySelector('.quick-input-widget input[type=password]');
    if (box !== null && box.getClientRects().length > 0) times.box = now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Runs in the page: the first certificate in the document, drawn. */
function watchPage() {
  const look = () => {
    if (document.querySelector('.certificate') === null) requestAnimationFrame(look);
    else globalThis.inspectorShown = performance.timeOrigin + performance.now();
  };
  look();
}

function median(values) {
  return [...values].sort((one, other) => one - other)[values.length >> 1];
}
