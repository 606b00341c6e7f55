// A workspace of PFX files without a lab, the inspector on them, and what a person does there.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { startEditor, type EditorOptions } from '../editor/server';
import { openWindow, type Theme, type Window } from '../editor/window';

const corpus = path.resolve(__dirname, '../../../test/fixtures/pfx/files');
const axe = readFileSync(path.resolve(__dirname, '../../../node_modules/axe-core/axe.min.js'), 'utf8');

export const password = 'secret';

export interface Bed {
  readonly window: Window;
  /** The opened folder, and the one for converted copies. */
  readonly folder: string;
  readonly keys: string;
  readonly stop: () => Promise<void>;
}

/** An editor on copies of these files of the corpus, `name` of each by default its own; with the inspector of this work tree. */
export async function startBed(
  files: readonly { readonly from: string; readonly name?: string }[],
  inspector: Pick<EditorOptions, 'extension' | 'install'> = { extension: process.cwd() },
): Promise<Bed> {
  const root = mkdtempSync(path.join(tmpdir(), 'ec-inspector-'));
  const folder = path.join(root, 'files');
  mkdirSync(folder);
  for (const { from, name } of files) copyFileSync(path.join(corpus, from), path.join(folder, name ?? from));
  writeFileSync(path.join(folder, 'read.me'), 'shown when the explorer is ready\n');
  const keys = path.join(root, 'keys');
  const editor = await startEditor({
    workspace: folder,
    ...inspector,
    settings: { 'exchangeCertificates.keyFolder': keys },
  });
  const window = await openWindow(editor, 'read.me');
  // until its contributions are known a PFX opens as text
  await window.page.locator('.activitybar').getByRole('tab', { name: 'Exchange Certificates' }).waitFor();
  const stop = async (): Promise<void> => {
    await window.close();
    await editor.stop();
    rmSync(root, { recursive: true, force: true });
  };
  return { window, folder, keys, stop };
}

/** The masked box, named for the file. */
export function passwordBox({ page }: Window): Locator {
  return page.locator('.quick-input-widget input[type=password]');
}

/** Double clicks the file; with a password, answers its box. */
export async function open(window: Window, file: string, typed?: string): Promise<void> {
  await window.openByDoubleClick(file);
  if (typed !== undefined) await answer(window, typed);
}

export async function answer(window: Window, typed: string): Promise<void> {
  await passwordBox(window).waitFor();
  await window.quickInput.fill(typed);
  await window.page.keyboard.press('Enter');
}

/** By the palette: a page that has the focus may swallow a chord. */
export async function closeAll(window: Window): Promise<void> {
  await window.command('View: Close All Editors');
  await window.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
}

export async function pageFrame(window: Window): Promise<Frame> {
  const frame = await (await window.webview().locator('#root').elementHandle({ timeout: 15_000 })).ownerFrame();
  if (!frame) throw new Error('the page has no frame');
  return frame;
}

const kinds: Readonly<Record<Theme, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast-light',
};

/** Changes the theme; the page's colours follow the window's a moment later. */
export async function showTheme(window: Window, theme: Theme): Promise<void> {
  await window.setTheme(theme);
  await window.webview().locator(`body[data-vscode-theme-kind="${kinds[theme]}"]`).waitFor();
}

/** What axe holds against the page as it is: rule and element, one a line. */
export async function violations(window: Window): Promise<readonly string[]> {
  const frame = await pageFrame(window);
  await frame.evaluate(axe);
  return frame.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe;
    const results = await runner.run();
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}
