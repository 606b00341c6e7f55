// Drives the real window: Chromium on a running editor, with names for what a person sees and does there.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, errors, type Browser, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { type Editor } from './server';

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
/** The folder of pictures, ignored by git. */
export const screenshots = path.join(process.cwd(), 'test/.artifacts/screenshots');

/** Each theme by its name in the settings and the class the window then has. */
const themes = {
  light: { name: 'Default Light Modern', shown: 'vs' },
  dark: { name: 'Default Dark Modern', shown: 'vs-dark' },
  'high-contrast': { name: 'Default High Contrast', shown: 'hc-black' },
  'high-contrast-light': { name: 'Default High Contrast Light', shown: 'hc-light' },
} as const;
export type Theme = keyof typeof themes;
export const allThemes = Object.keys(themes) as readonly Theme[];

/** Chromium as the runners start it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags });
}

/** A bar that runs on and on is drawn sixty times a second, by the processor: that takes a core from what is tested. */
const holdStill = `{
  const still = new CSSStyleSheet();
  still.replaceSync('* { animation: none !important; transition: none !important }');
  document.adoptedStyleSheets.push(still);
}`;

/** Opens the editor's window and waits until `file`, a name in the explorer, is shown. */
export async function openWindow(editor: Editor, file: string, theme: Theme = 'light'): Promise<Window> {
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await context.addInitScript({ content: holdStill });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const window = new Window(editor, browser, page);
  await window.setTheme(theme);
  await page.goto(editor.url());
  await window.explorer(file).waitFor({ timeout: 60_000 });
  return window;
}

/** One window. Locators are live: they name what is there when they are used. */
export class Window {
  private settings: Readonly<Record<string, unknown>> = {};

  constructor(
    readonly editor: Editor,
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  close(): Promise<void> {
    return this.browser.close();
  }

  /** Changes user settings; the window follows. */
  async setSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.settings = { ...this.settings, ...settings };
    await this.editor.setSettings(this.settings);
  }

  async setTheme(theme: Theme): Promise<void> {
    const { name, shown } = themes[theme];
    if (this.page.url() === 'about:blank') {
      await this.setSettings({ 'workbench.colorTheme': name });
      return;
    }
    // a window that is just coming up does not watch its settings yet, and misses what is written then
    await persist(async () => {
      await this.setSettings({ 'workbench.colorTheme': name });
      await this.page.locator(`.monaco-workbench.${shown}`).waitFor({ timeout: 5000 });
    });
  }

  /** Saves `NAME-light.png` and `NAME-dark.png`; the window is light afterwards. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    for (const theme of ['dark', 'light'] as const) {
      await this.setTheme(theme);
      await delay(300); // the colours of webviews and terminals follow a moment later
      await this.page.screenshot({ path: path.join(screenshots, `${name}-${theme}.png`) });
    }
  }

  // The palette and quick inputs

  /** Runs a command by its full title, as shown: `Exchange Certificates: Take Snapshot`. */
  async command(title: string): Promise<void> {
    const row = this.quickRow(title).first();
    // the palette lists what was there when it opened, and closes when an editor that is just coming up takes the focus
    await persist(async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      await this.quickInput.fill(`>${title}`, { timeout: 5000 });
      await row.waitFor({ timeout: 5000 });
      await row.click({ timeout: 5000 });
    });
  }

  /** The box of the palette, a quick pick, an input or a password prompt. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget input.input');
  }

  quickRow(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: text });
  }

  /** Types into the open quick input and accepts; the pause lets the list follow the text. */
  async answer(text: string): Promise<void> {
    await this.quickInput.fill(text);
    await delay(400);
    await this.page.keyboard.press('Enter');
  }

  // Views and lists

  /** A file's row in the explorer. */
  explorer(file: string): Locator {
    const name = this.page.locator('.label-name').getByText(file, { exact: true });
    return this.page.locator('.explorer-folders-view .monaco-list-row').filter({ has: name });
  }

  /** Double clicks a file that opens in a page of an extension. Until the contributions are known it opens as text: then again. */
  async openByDoubleClick(file: string): Promise<void> {
    await persist(async () => {
      await this.explorer(file).dblclick({ timeout: 5000 });
      await this.page.getByRole('tab', { name: file }).waitFor({ timeout: 5000 });
      await this.page
        .locator('iframe.webview')
        .first()
        .waitFor({ state: 'attached', timeout: 5000 })
        .catch(async (error: unknown) => {
          await this.command('View: Close All Editors');
          throw error;
        });
    });
  }

  /** Opens a view container by its tab in the activity bar. */
  async openContainer(name: string): Promise<void> {
    await this.page.locator('.activitybar').getByRole('tab', { name }).click();
  }

  /** A view of the open container, by its title. */
  view(title: string): Locator {
    return this.page
      .locator('.split-view-view:has(> .pane)')
      .filter({ has: this.page.locator('.pane-header h3.title', { hasText: title }) });
  }

  /** A row of a view, by its accessible text. */
  treeRow(view: string, text: string | RegExp): Locator {
    return this.view(view).locator('.monaco-list-row').filter({ hasText: text });
  }

  /** Clicks an action shown on hover at the row's right. */
  async rowAction(row: Locator, label: string): Promise<void> {
    await row.hover();
    await row.locator(`.action-label[aria-label*="${label}"]`).click();
  }

  /** A real right click at the target, then the menu item of that name. */
  async contextMenu(target: Locator, item: string): Promise<void> {
    await target.click({ button: 'right' });
    await delay(300);
    await this.menuItem(item).click();
  }

  /** An item of the open menu; VS Code draws it in a shadow root, which Playwright looks into. */
  menuItem(name: string): Locator {
    return this.page.getByRole('menuitem', { name }).first();
  }

  // Editors

  /** Opens a file by *Go to File*; relative to the workspace. */
  async openFile(file: string): Promise<void> {
    const name = path.basename(file);
    const row = this.quickRow(name).first();
    await persist(async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+p');
      await this.quickInput.fill(file, { timeout: 5000 });
      await row.waitFor({ timeout: 5000 });
      await row.click({ timeout: 5000 });
      await this.page.getByRole('tab', { name }).waitFor({ timeout: 5000 });
    });
  }

  /** A line of the active text editor. */
  editorLine(text: string | RegExp): Locator {
    return this.page.locator('.editor-instance .view-line').filter({ hasText: text });
  }

  codeLens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a').filter({ hasText: text });
  }

  /** The page inside the active webview or custom editor. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** A modal question. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  // The terminal

  /** The visible rows of the active terminal, as text. */
  async terminalText(): Promise<string> {
    const rows = await this.page.locator('.terminal-wrapper.active .xterm-rows > div').allTextContents();
    return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
  }

  /** Waits until the active terminal shows the text; answers all visible rows. */
  async terminalShows(text: string | RegExp, timeout = 30_000): Promise<string> {
    const end = Date.now() + timeout;
    for (;;) {
      const shown = await this.terminalText();
      if (typeof text === 'string' ? shown.includes(text) : text.test(shown)) return shown;
      if (Date.now() > end) throw new Error(`the terminal never showed ${String(text)}; it shows:\n${shown}`);
      await delay(100);
    }
  }

  /** Types a line into the active terminal, with Enter. */
  async typeInTerminal(line: string): Promise<void> {
    await this.page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }
}

/** Does again, up to five times, what a window that is just coming up may swallow, as a person would. */
async function persist(act: () => Promise<void>): Promise<void> {
  for (let left = 4; left > 0; left -= 1) {
    try {
      await act();
      return;
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
    }
  }
  await act();
}
