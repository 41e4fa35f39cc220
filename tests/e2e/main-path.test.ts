import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { advanceOneWeek, openBrowser } from '../fixtures/browser.ts';
import { isProof } from '../fixtures/proof.ts';
import { startTryOnMongodb } from '../fixtures/try-on-mongodb.ts';
import { startFreshTry } from '../fixtures/try-process.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const log = () => page.getByRole('log');
const last = () => log().locator('.message').last();
const said = () => expect.poll(() => last().innerText(), { timeout: 15_000 });

/** Shows a member's view of a place. */
async function goTo(member: string, place: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/#${member}/${place}`);
  await page.reload();
  await page.getByRole('textbox', { name: /^Message/ }).waitFor();
}

async function type(line: string): Promise<void> {
  const before = await log().locator('.message').count();
  const box = page.getByRole('textbox', { name: /^Message/ });
  await box.fill(line);
  await box.press('Escape');
  await box.press('Enter');
  await log()
    .locator('.message')
    .nth(before + 1)
    .waitFor();
}

/** Moves the clock on week by week, by its button. */
async function weeksOn(count: number): Promise<void> {
  for (let week = 0; week < count; week++) await advanceOneWeek(page);
}

describe.each([
  ['SQLite', () => startFreshTry()],
  ['MongoDB', startTryOnMongodb],
])('on %s', (store, start) => {
  it('does the main job, from a list of partners to the digest, in a browser', async ({ skip }) => {
    // The contract of the stores is tested on both each time.
    if (store === 'MongoDB' && !isProof) skip('only in npm run proof');
    const convenor = await start();
    onTestFinished(convenor.stop);
    page = await browser.newPage();
    await page.goto(convenor.url.replace('127.0.0.1', 'localhost'));

    // Import the real organisations.
    await goTo('grace', 'dm');
    await type('partner import');
    const dialog = page.getByRole('dialog');
    const csv = await readFile(new URL('../fixtures/partners.csv', import.meta.url), 'utf8');
    await dialog.getByRole('textbox').first().fill(csv);
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await last()
      .getByRole('button', { name: /^Add \d+ partners/ })
      .click();
    await said().toContain('Added 37 partners');
    await type('partner edit bristol city council lead:@Tom every:"4 weeks"');
    await said().toContain('Bristol City Council');

    // Log a contact in one line, with a next step, and see the follow-up.
    await goTo('tom', 'dm');
    await type(
      'log bristol city council agreed to meet about the park how:call next:"send the agenda" by:"in 10 days"',
    );
    await said().toContain('Noted, thanks. Bristol City Council');
    await type('followup list');
    await said().toContain('send the agenda');

    // Two weeks on the day has passed at any hour: the worker’s brief has the task, and Done is pressed there.
    await weeksOn(2);
    const brief = log().locator('.message').filter({ hasText: 'Hello Tom' }).last();
    await expect.poll(() => brief.innerText()).toContain('send the agenda');
    const row = brief.getByRole('group').filter({ hasText: 'send the agenda' });
    await row.getByRole('button', { name: 'Done' }).click();
    await said().toContain('Done, thank you: send the agenda');

    // After the partner's `every` the lead's brief says that it has gone quiet; a contact changes that.
    await weeksOn(3);
    const quiet = log()
      .locator('.message')
      .filter({ hasText: /Hello Tom[\s\S]*Bristol City Council: .* since anyone spoke/ });
    await expect.poll(() => quiet.count()).toBeGreaterThan(0);
    await type('quiet mine');
    await said().toContain('Bristol City Council');
    await type('log bristol city council had a good catch-up');
    await said().toContain('Noted, thanks.');
    await type('quiet mine');
    await said().not.toContain('Bristol City Council');

    // The digest is in its channel.
    await goTo('tom', 'partners');
    await said().toContain('the week at a glance');
  }, 90_000);
});
