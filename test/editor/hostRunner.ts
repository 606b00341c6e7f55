// Runs a folder of tests inside code-server's real extension host, with Chromium as its window, and answers its exit code.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser } from 'playwright-core';
import { launchBrowser } from './window';
import { startEditor, type Editor, type EditorOptions } from './server';

/** What to run, and where to leave `host.log`, and the screenshot and logs of a run that failed or never ended. */
export interface HostRun extends EditorOptions {
  readonly extension: string;
  /** Absolute path of the compiled module that exports run(). */
  readonly tests: string;
  /** For each run. */
  readonly minutes: number;
  /** How often, each time in a new window and so in a new extension host; once by default. */
  readonly times?: number;
  readonly artifacts: string;
}

/** Resolves to the host's exit code, of the first run that failed; 124 where a run did not end in time. */
export async function runInHost(options: HostRun): Promise<number> {
  const editor = await startEditor(options);
  mkdirSync(options.artifacts, { recursive: true });
  writeFileSync(path.join(options.artifacts, 'host.log'), '');
  const browser = await launchBrowser();
  try {
    let code = 0;
    for (let run = 0; run < (options.times ?? 1) && code === 0; run++) code = await runOnce(options, editor, browser);
    if (code !== 0) {
      const logs = path.join(options.artifacts, 'host-logs');
      await cp(path.join(editor.profile, 'user/logs'), logs, { recursive: true, force: true });
    }
    return code;
  } finally {
    await browser.close();
    await editor.stop();
  }
}

async function runOnce(options: HostRun, editor: Editor, browser: Browser): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  // Else what a command copies could not be read back.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  page.setDefaultTimeout(60_000);
  const ended = new Promise<number>((resolve, reject) => {
    page
      .exposeFunction('codeAutomationExit', (code: number) => {
        resolve(code);
      })
      .catch(reject);
  });
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    appendFileSync(path.join(options.artifacts, 'host.log'), `${type} ${args.map(String).join(' ')}\n`);
  });
  await page.goto(editor.url([['extensionTestsPath', `vscode-remote://${editor.authority}${options.tests}`]]));
  const late = new AbortController();
  const code = await Promise.race([ended, delay(options.minutes * 60_000, 124, { signal: late.signal })]);
  late.abort();
  if (code === 124) await page.screenshot({ path: path.join(options.artifacts, 'host-timeout.png') });
  await page.close();
  return code;
}
