import { describe, expect, it } from 'vitest';
import { chromiumPath } from '../../fixtures/browser.ts';
import { eventually, usePages } from './pages.ts';

describe.skipIf(!chromiumPath)('the chat on the page', () => {
  const { open, onPhone, composer, focused, log, messages, say, finished } = usePages();

  it('Tab takes one suggestion, then leaves the box', async () => {
    const page = await open('maya/general');
    await composer(page).focus();
    await page.keyboard.type('partner sho');
    await page.getByRole('option', { name: /partner add/ }).waitFor({ state: 'hidden' });
    await page.getByRole('option', { name: /partner show/ }).waitFor();
    await page.keyboard.press('Tab');
    expect(await composer(page).inputValue()).toBe('partner show ');
    await page.getByRole('option', { name: /Groundwork/ }).waitFor();
    await page.keyboard.press('Tab');
    expect(await composer(page).inputValue()).toBe('partner show ');
    expect(await focused(page)).not.toBe('composer');
    await page.getByRole('option').first().waitFor({ state: 'hidden' });
    await finished(page);
  });

  it('Tab takes what fits what was typed last, also if that comes later', async () => {
    const page = await open('maya/general');
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/complete.*partner(\+|%20)sho/, async (route) => {
      await released;
      await route.continue();
    });
    await composer(page).fill('partner ');
    await page.getByRole('option', { name: /partner add/ }).waitFor();
    await composer(page).pressSequentially('sho');
    await page.keyboard.press('Tab');
    expect(await composer(page).inputValue()).toBe('partner sho');
    release();
    await eventually(() => composer(page).inputValue()).toBe('partner show ');
    await finished(page);
  });

  it('completes the titles of follow-ups', async () => {
    const page = await open('tom/dm');
    await say(page, 'followup add count the lifebelts by:friday');
    await composer(page).focus();
    await page.keyboard.type('followup done lifeb');
    const option = page.getByRole('option', { name: /count the lifebelts/ });
    await option.waitFor();
    await page.keyboard.press('Tab');
    expect(await composer(page).inputValue()).toBe('followup done count the lifebelts ');
    await page.keyboard.press('Enter');
    await log(page)
      .getByText(/^Done, thank you: count the lifebelts/)
      .waitFor();
    await finished(page);
  });

  it('a list shows how things are after one of its buttons was pressed, and after Undo', async () => {
    const page = await open('tom/dm');
    await say(page, 'followup add oil the gate by:friday');
    await say(page, 'followup add paint the bench by:friday');
    await say(page, 'followup list');
    const list = messages(page).last();
    const listText = (await list.innerText())
      .split('\n')
      .find((line) => line.startsWith('You have'));
    await list
      .getByRole('group', { name: /oil the gate/ })
      .getByRole('button', { name: 'Done' })
      .press('Enter');
    await log(page)
      .getByText(/^Done, thank you: oil the gate/)
      .waitFor();
    const before = log(page).getByText(listText ?? 'no list', { exact: true });
    await eventually(() => before.count()).toBe(0);
    const gate = log(page).getByRole('group', { name: /oil the gate/ });
    expect(await gate.count()).toBe(0);
    expect(
      await log(page)
        .getByRole('group', { name: /paint the bench/ })
        .count(),
    ).toBe(1);
    await messages(page).last().getByRole('button', { name: 'Undo' }).press('Enter');
    await eventually(() => gate.count()).toBe(1);
    await finished(page);
  });

  it('shows the answer to a button far up', async () => {
    const page = await open('tom/general');
    await say(page, 'followup add sweep the steps by:friday');
    const undo = messages(page).nth(1).getByRole('button', { name: 'Undo' });
    for (let lines = 0; lines < 3; lines++) await say(page, 'help');
    await undo.scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Go to the latest' }).waitFor();
    await undo.press('Enter');
    const answer = log(page)
      .getByText(/sweep the steps.*(off your list|taken back)|undone/i)
      .last();
    await eventually(() =>
      answer.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        const view = element.closest('.log')?.getBoundingClientRect();
        return view !== undefined && top >= view.top && bottom <= view.bottom;
      }),
    ).toBe(true);
    await finished(page);
  });

  it('prints all messages', async () => {
    const page = await open('grace/partners');
    for (let lines = 0; lines < 4; lines++) await say(page, 'help');
    const hidden = () => log(page).evaluate((list) => list.scrollHeight - list.clientHeight);
    expect(await hidden()).toBeGreaterThan(0);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await hidden()).toBe(0);
    expect(await log(page).evaluate((list) => getComputedStyle(list).overflowY)).toBe('visible');
    expect(await page.locator('.page').evaluate((all) => all.scrollHeight > innerHeight)).toBe(
      true,
    );
    expect(await composer(page).isVisible()).toBe(false);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper).toBe('rgb(255, 255, 255)');
    await finished(page);
  });

  it('buttons are named as shown, and everything is in a landmark', async () => {
    for (const page of [
      await open('grace/dm'),
      await onPhone('grace/dm', { width: 375, height: 640 }),
    ]) {
      const clock = page.getByRole('group', { name: 'The clock' });
      const [shown = ''] = (await clock.getByRole('button').first().innerText()).split('\n');
      expect(shown).toMatch(/^\+1 ?h/);
      expect(await clock.getByRole('button', { name: shown }).count()).toBe(1);
      expect(await clock.getByRole('button', { name: /hour/ }).count()).toBe(1);
      const outside = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, input, textarea, h1, h2, p')]
          .filter((element) => !element.closest('main, nav, aside, dialog'))
          .map((element) => element.outerHTML.slice(0, 80)),
      );
      expect(outside).toEqual([]);
      // ARIA in HTML allows no other role on a textarea: https://www.w3.org/TR/html-aria/#el-textarea
      expect(await page.locator('textarea[role]').count()).toBe(0);
      await finished(page);
    }
  });

  it('typing draws no message again', async () => {
    const page = await open('maya/partners');
    for (let lines = 0; lines < 5; lines++) await say(page, 'partner show groundwork uk');
    // Drawing the messages writes the long day of each.
    await page.evaluate(() => {
      const counted = window as unknown as { drawn: number };
      counted.drawn = 0;
      const { prototype } = Intl.DateTimeFormat;
      const get = Object.getOwnPropertyDescriptor(prototype, 'format')?.get;
      Object.defineProperty(prototype, 'format', {
        get(this: Intl.DateTimeFormat) {
          if (this.resolvedOptions().weekday === 'long') counted.drawn += 1;
          return get?.call(this);
        },
      });
    });
    await composer(page).focus();
    await page.keyboard.type('log sho');
    await page.getByRole('option').first().waitFor();
    expect(await page.evaluate(() => (window as unknown as { drawn: number }).drawn)).toBe(0);
    await finished(page);
  });
});
