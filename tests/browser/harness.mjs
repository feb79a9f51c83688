// Runs the scenarios of this folder in a real browser against a running host, and prints one JSON line per scenario.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CANDIDATES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 900 };

const scenarios = [];

/** Defines a scenario; its return value is included in its output. */
export function scenario(name, run) {
  scenarios.push({ name, run });
}

export async function runAll(base, only = '') {
  const executablePath = CANDIDATES.find((path) => path && existsSync(path));
  if (!executablePath) {
    console.log('NO BROWSER');
    return;
  }

  const browser = await chromium.launch({ executablePath, args: QUIET });
  for (const { name, run } of scenarios.filter((each) => each.name.includes(only))) {
    const session = new BrowserSession(browser, base);
    let error = null, measured = null;
    try {
      measured = await run(session) ?? null;
      session.check();
    } catch (failure) {
      error = failure.stack ?? String(failure);
    }

    await session.close();
    console.log(JSON.stringify({ name, error, measured }));
  }

  await browser.close();
}

/** The pages of a scenario, with the problems that the browser reported. */
class BrowserSession {
  constructor(browser, base) {
    this.browser = browser;
    this.base = base;
    this.contexts = [];
    this.problems = [];
  }

  /** Opens a page at a path and records its errors. */
  async open(path, options = {}) {
    const page = await this.newPage(options);
    await this.goTo(page, path, options.expected);
    return page;
  }

  /** Creates a page with a test script that runs in every document it loads. */
  async newPage({ viewport = desktop, expected = 200, script, ...options } = {}) {
    const context = await this.browser.newContext({ viewport, reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(20_000);
    this.contexts.push(context);
    if (script) {
      await context.addInitScript({ content: script });
    }

    const page = await context.newPage();
    page.on('console', (message) => {
      const isExpected = expected !== 200 && message.text().includes(String(expected));
      if (['error', 'warning'].includes(message.type()) && !isExpected) {
        this.problems.push(`${page.url()}: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => this.problems.push(`${page.url()}: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(this.base)) {
        this.problems.push(`${page.url()} requested another origin: ${request.url()}`);
      }
    });
    return page;
  }

  async goTo(page, path, expected = 200) {
    const response = await page.goto(this.base + path);
    if (response.status() !== expected) {
      throw new Error(`${path} returned ${response.status()}`);
    }
  }

  check() {
    if (this.problems.length > 0) {
      throw new Error(this.problems.join('\n'));
    }
  }

  async close() {
    for (const context of this.contexts) {
      await context.close();
    }
  }
}

/** The ids of the displayed offices, in order. */
export const shownOffices = (page) => page.$$eval('#offices tbody tr[id]:not([hidden])', (rows) => rows.map((row) => row.id.slice(2)));

export async function assertNoSidewaysScroll(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) {
    throw new Error(`${page.url()} is ${over} pixels wider than its window`);
  }
}
