import type { Browser, BrowserContext, Page, ViewportSize } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { openBrowser } from '../../fixtures/browser.ts';
import { startFreshTry, type TryProcess } from '../../fixtures/try-process.ts';

/** An expectation that may take some seconds on a busy machine. */
export const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 15_000 });

/** Starts a playground and a browser for the tests of a file, and says how to use the page. */
export function usePages() {
  let tryout: TryProcess;
  let browser: Browser;
  /** One browser context for all tests, so that the page is loaded from its cache. */
  let desktop: BrowserContext;
  let phone: BrowserContext;
  let problems: string[];

  beforeAll(async () => {
    [tryout, browser] = await Promise.all([startFreshTry(), openBrowser()]);
    desktop = await browser.newContext();
    phone = await browser.newContext({ hasTouch: true });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await tryout?.stop();
  });
  beforeEach(() => {
    problems = [];
  });

  /** Opens the page at a place (`maya/dm`), and collects the browser's errors. */
  async function openIn(on: BrowserContext, spot: string, size?: ViewportSize): Promise<Page> {
    const page = await on.newPage();
    if (size) await page.setViewportSize(size);
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    await page.goto(`${tryout.url}/#${spot}`);
    await composer(page).waitFor();
    return page;
  }
  const composer = (page: Page) => page.getByRole('textbox', { name: /^Message/ });
  const log = (page: Page) => page.getByRole('log');
  const messages = (page: Page) => log(page).locator('.message');

  return {
    composer,
    log,
    messages,
    open: (spot: string, size?: ViewportSize) => openIn(desktop, spot, size),
    onPhone: (spot: string, size: ViewportSize) => openIn(phone, spot, size),
    focused: (page: Page) => page.evaluate(() => document.activeElement?.id),
    /** Sends a line, and waits for the answer. */
    async say(page: Page, text: string): Promise<void> {
      const before = await messages(page).count();
      await composer(page).fill(text);
      await composer(page).press('Enter');
      await messages(page)
        .nth(before + 1)
        .waitFor();
    },
    /** Closes the page. The browser may have found no fault. */
    async finished(page: Page): Promise<void> {
      await page.close();
      expect(problems).toEqual([]);
    },
  };
}
