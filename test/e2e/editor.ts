import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { serve } from '../../tools/code-server/serve.ts';
import { until } from '../lsp/editor.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const screenshots = join(root, 'test', 'e2e', 'screenshots');

/** How long anything may take on a machine that has other things to do. */
const PATIENCE = 90_000;

/** A real VS Code in a real browser with this extension, on a copy of an example. Waits end after 90 seconds, with a picture. */
export interface Editor {
  readonly page: Page;
  /** The folder that is open: a copy, thrown away on `close`. */
  readonly folder: string;
  /** Opens a file of the folder and waits until its text is shown. */
  openFile(path: string): Promise<void>;
  /** Puts the cursor on a line and column, both counted from 1, and waits until it is there: what is typed next goes there. */
  goTo(line: number, column: number): Promise<void>;
  /** Runs a command by its title, as a person does from the command palette. */
  command(title: string): Promise<void>;
  /** A line of the file that is shown, by text that it holds. */
  line(text: string): Locator;
  /** The underlines of one severity in the file that is shown. */
  squiggles(severity: 'error' | 'warning' | 'info' | 'hint'): Locator;
  /** Shows the Problems panel, filtered by this text (its list holds only the rows that fit on the screen); those rows. */
  problems(text: string): Promise<Locator>;
  /** Opens the quick fixes at the cursor and applies the one with this title. */
  quickFix(title: string | RegExp): Promise<void>;
  save(): Promise<void>;
  /** Waits until VS Code notifies of this once more than was waited for; it need not be in sight any more, for most hide themselves. */
  notified(text: string | RegExp): Promise<void>;
  /** Everything that VS Code notified of so far. */
  notifications(): Promise<readonly string[]>;
  /** What is on disk now. */
  onDisk(path: string): string;
  /** A screenshot beside the tests; they are not committed. */
  shot(name: string): Promise<void>;
  /** What the browser's console said so far. */
  readonly console: readonly string[];
  close(): Promise<void>;
}

const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens `examples/<example>` with these settings beside the quiet ones. */
export async function openExample(example: string, settings: Readonly<Record<string, unknown>> = {}): Promise<Editor> {
  const trial = mkdtempSync(join(tmpdir(), 'selvage-e2e-'));
  const folder = join(trial, example);
  cpSync(join(root, 'examples', example), folder, { recursive: true });
  return openIn(trial, folder, { settings });
}

/** Opens a folder as it is, with further extensions beside the one under test. */
export async function openFolder(folder: string, options: Opening): Promise<Editor> {
  return openIn(mkdtempSync(join(tmpdir(), 'selvage-e2e-')), folder, options);
}

/** The same in VS Code's web worker extension host, where there is no Node: `dist/browser-*.js` are what runs. */
export async function openExampleInWorker(
  example: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<
  Editor & { /** Files of the extension that the page has fetched. */ readonly fetched: ReadonlySet<string> }
> {
  const trial = mkdtempSync(join(tmpdir(), 'selvage-e2e-'));
  const folder = join(trial, example);
  cpSync(join(root, 'examples', example), folder, { recursive: true });
  const fetched = new Set<string>();
  const editor = await openIn(trial, folder, { settings, worker: (name) => fetched.add(name) });
  return { ...editor, fetched };
}

interface Opening {
  /** Runs the extension in a web worker, and hears which of its files were fetched. */
  readonly worker?: (fetched: string) => void;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly extensions?: readonly string[];
}

async function openIn(trial: string, folder: string, options: Opening): Promise<Editor> {
  mkdirSync(screenshots, { recursive: true });
  const { worker, ...served } = options;
  const vsix = extensionPackage();
  const server = await serve({ home: join(trial, 'home'), ...(worker === undefined && { vsix }), ...served });
  const context = await launch(join(trial, 'browser'));
  if (worker !== undefined) await serveToWorkers(context, server.origin, vsix, worker);
  await context.addInitScript(noteNotifications);
  const close = async () => {
    await context.close();
    await server.stop();
    rmSync(trial, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(PATIENCE);
    const said: string[] = [];
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => said.push(`pageerror: ${error.message}`));
    await page.goto(server.folder(folder), { waitUntil: 'domcontentloaded' });
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return { ...controls(page, folder), console: said, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs a story; when it fails, what the screen showed is kept as a picture, and what was told is printed. */
export async function told(editor: Editor, name: string, story: () => Promise<void>): Promise<void> {
  try {
    await story();
  } catch (error) {
    await editor.shot(`failed-${name}`);
    // What was told and is hidden again is most often why.
    for (const text of await editor.notifications().catch(() => [])) console.log(`# VS Code notified: ${text}`);
    throw error;
  }
}

function launch(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1280, height: 800 },
    args: browserArgs,
  });
}

function controls(page: Page, folder: string): Omit<Editor, 'console' | 'close'> {
  const input = page.locator('.quick-input-widget input.input');
  const row = page.locator('.quick-input-list .monaco-list-row');
  const shown = page.locator('.editor-instance .view-line');
  const asked = new Map<string, number>();
  const notifications = (): Promise<readonly string[]> =>
    page.evaluate(() => (globalThis as unknown as Noted).selvageNotifications ?? []);

  /** Opens the quick input and writes there, again when it was still closing or not yet listening; `ready` says that it has understood. */
  async function quickInput(text: string, ready: Locator): Promise<void> {
    for (const end = Date.now() + PATIENCE; ; ) {
      await page.keyboard.press('F1');
      await input.waitFor({ state: 'visible' });
      await input.fill(text);
      if (await comes(ready, 5_000)) return;
      if (Date.now() > end) return ready.waitFor();
      await page.keyboard.press('Escape');
      await input.waitFor({ state: 'hidden' });
    }
  }
  async function command(title: string): Promise<void> {
    // The whole title, because the palette lists near matches first: "Fix All" is not "Fix All in File".
    const whole = new RegExp(`^${escaped(title)}$`);
    const found = row.filter({ has: page.locator('.monaco-icon-label', { hasText: whole }) }).first();
    // A palette that opened before the extension had told its commands does not get to know them, and is opened again.
    await quickInput(`>${title}`, found);
    await found.click();
    // Not the palette: a command may go on to ask with it.
    await found.waitFor({ state: 'hidden' });
  }
  return {
    page,
    folder,
    command,
    notifications,
    async openFile(path) {
      const name = path.split('/').at(-1)!;
      // The whole path, because then there is one row.
      const whole = row.filter({ has: page.locator('.label-name', { hasText: new RegExp(`^${escaped(name)}$`) }) });
      await quickInput(join(folder, path), whole.first());
      await page.keyboard.press('Enter');
      await input.waitFor({ state: 'hidden' });
      const text = page.locator(`.editor-instance .monaco-editor[data-uri$="${encodeURI(`/${path}`)}"]`).first();
      await text.locator('.view-line').first().waitFor();
    },
    async goTo(line, column) {
      await quickInput(`:${line}:${column}`, row.filter({ hasText: new RegExp(`line ${line}\\b`) }));
      await page.keyboard.press('Enter');
      await input.waitFor({ state: 'hidden' });
      await page.locator('[id="status.editor.selection"]', { hasText: `Ln ${line}, Col` }).waitFor();
      await page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
    },
    line: (text) => shown.filter({ hasText: text }),
    squiggles: (severity) => page.locator(`.editor-instance .squiggly-${severity}`),
    async problems(text) {
      await command('Problems: Focus on Problems View');
      await page.locator('.viewpane-filter input').fill(text);
      return page.locator('.markers-panel .monaco-list-row', { hasText: text });
    },
    async quickFix(title) {
      const fix = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
      // A menu that opened before the findings had come is opened again.
      for (let tries = 0; tries < 8; tries++) {
        await page.keyboard.press('Control+.');
        if (await comes(fix, 5_000)) break;
        await page.keyboard.press('Escape');
      }
      await fix.click();
      await fix.waitFor({ state: 'hidden' });
    },
    async save() {
      await page.keyboard.press('Control+s');
      await page.locator('.tab.active:not(.dirty)').first().waitFor();
    },
    async notified(text) {
      const key = String(text);
      let told: readonly string[] = [];
      const next = async (): Promise<boolean> => {
        told = await notifications();
        const from = asked.get(key) ?? 0;
        const at = told
          .slice(from)
          .findIndex((one) => (typeof text === 'string' ? one.includes(text) : text.test(one)));
        if (at >= 0) asked.set(key, from + at + 1);
        return at >= 0;
      };
      await until(next, `VS Code never notified of ${key}`);
    },
    onDisk: (path) => readFileSync(join(folder, path), 'utf8'),
    async shot(name) {
      await page.screenshot({ path: join(screenshots, `${name}.png`) });
    },
  };
}

/** Whether something comes into sight in so many milliseconds. */
export async function comes(what: Locator, timeout: number): Promise<boolean> {
  return what.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Runs in the page: notes what VS Code notifies of, in this order, because it hides most of it after some seconds. */
function noteNotifications(): void {
  const scope = globalThis as unknown as BrowserScope & Noted;
  if (scope.window !== scope.window.top) return;
  const told: string[] = [];
  scope.selvageNotifications = told;
  const known = new WeakMap<object, string>();
  const shown = scope.document.getElementsByClassName('notification-list-item-message');
  new scope.MutationObserver(() => {
    for (const one of shown) {
      const text = one.textContent ?? '';
      if (text === '' || known.get(one) === text) continue;
      known.set(one, text);
      told.push(text);
    }
  }).observe(scope.document, { childList: true, subtree: true, characterData: true });
}

interface Noted {
  selvageNotifications?: string[];
}

/** Where the page finds the extension: not installed on the server, but beside the page, as in VS Code for the Web. */
const BESIDE = '/extension-under-test';

/** Gives the page the packed extension over its own origin, and tells it to run that in its worker. */
async function serveToWorkers(
  context: BrowserContext,
  origin: string,
  vsix: string,
  fetched: (name: string) => void,
): Promise<void> {
  const files = unzipSync(readFileSync(vsix));
  await context.route(`${origin}${BESIDE}/**`, (route) => {
    const name = decodeURIComponent(new URL(route.request().url()).pathname.slice(BESIDE.length + 1));
    const file = files[`extension/${name}`];
    if (file === undefined) return route.fulfill({ status: 404, body: '' });
    fetched(name);
    const contentType = name.endsWith('.js') ? 'text/javascript' : 'application/json';
    return route.fulfill({ body: Buffer.from(file), contentType });
  });
  // The page's own configuration, before the workbench reads it. The document itself must not be routed: the browser then
  // takes it for another network's, and refuses its connection to this machine.
  await context.addInitScript((path) => {
    const { window, document, location, MutationObserver } = globalThis as unknown as BrowserScope;
    if (window !== window.top) return;
    const observer = new MutationObserver(() => {
      const element = document.getElementById('vscode-workbench-web-configuration');
      if (element === null) return;
      observer.disconnect();
      const settings = JSON.parse(element.getAttribute('data-settings') ?? '{}');
      const extension = { scheme: location.protocol.slice(0, -1), authority: location.host, path };
      settings.developmentOptions = { ...settings.developmentOptions, extensions: [extension] };
      element.setAttribute('data-settings', JSON.stringify(settings));
    });
    observer.observe(document, { childList: true, subtree: true });
  }, BESIDE);
}

/** What a page has, and the Node that this is checked for has not. */
interface BrowserScope {
  readonly window: { readonly top: unknown };
  readonly location: { readonly protocol: string; readonly host: string };
  readonly document: {
    getElementById(id: string): {
      getAttribute(name: string): string | null;
      setAttribute(name: string, value: string): void;
    } | null;
    getElementsByClassName(name: string): Iterable<{ readonly textContent: string | null }>;
  };
  readonly MutationObserver: new (
    heard: () => void,
  ) => { observe(target: unknown, options: object): void; disconnect(): void };
}

/** The extension under test: what `npm test` has just packed, else packed now. */
function extensionPackage(): string {
  const given = process.env.SELVAGE_VSIX;
  if (given !== undefined && existsSync(given)) return given;
  const vsix = join(root, '.cache', 'e2e', 'selvage.vsix');
  mkdirSync(join(root, '.cache', 'e2e'), { recursive: true });
  const packed = spawnSync(process.execPath, ['scripts/package.mjs', '--out', vsix], { cwd: root, encoding: 'utf8' });
  if (packed.status !== 0) throw new Error(`The extension could not be packed:\n${packed.stdout}${packed.stderr}`);
  process.env.SELVAGE_VSIX = vsix;
  return vsix;
}
