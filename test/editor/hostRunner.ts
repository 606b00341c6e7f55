// Runs a folder of tests inside code-server's real extension host, with Chromium as its window, and answers its exit code.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { launchBrowser } from './window';
import { startEditor, type EditorOptions } from './server';

/** What to run, and where to leave `host.log`, and the screenshot and logs of a run that failed or never ended. */
export interface HostRun extends EditorOptions {
  readonly extension: string;
  /** Absolute path of the compiled module that exports run(). */
  readonly tests: string;
  readonly minutes: number;
  readonly artifacts: string;
}

/** Resolves to the host's exit code; 124 where the run did not end in time. */
export async function runInHost(options: HostRun): Promise<number> {
  const editor = await startEditor(options);
  mkdirSync(options.artifacts, { recursive: true });
  const log = path.join(options.artifacts, 'host.log');
  writeFileSync(log, '');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    page.setDefaultTimeout(60_000);
    const ended = new Promise<number>((resolve, reject) => {
      page
        .exposeFunction('codeAutomationExit', (code: number) => {
          resolve(code);
        })
        .catch(reject);
    });
    await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
      appendFileSync(log, `${type} ${args.map(String).join(' ')}\n`);
    });
    await page.goto(editor.url([['extensionTestsPath', `vscode-remote://${editor.authority}${options.tests}`]]));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<number>((resolve) => {
      timer = setTimeout(() => {
        resolve(124);
      }, options.minutes * 60_000);
    });
    const code = await Promise.race([ended, late]);
    clearTimeout(timer);
    if (code === 124) await page.screenshot({ path: path.join(options.artifacts, 'host-timeout.png') });
    if (code !== 0) {
      await cp(path.join(editor.profile, 'user/logs'), path.join(options.artifacts, 'host-logs'), {
        recursive: true,
        force: true,
      });
    }
    return code;
  } finally {
    await browser.close();
    await editor.stop();
  }
}
