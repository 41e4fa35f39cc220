import { describe, expect, it } from 'vitest';
import { advanceOneWeek, chromiumPath } from '../../fixtures/browser.ts';
import { workbook } from '../../fixtures/workbook.ts';
import { eventually, usePages } from './pages.ts';

describe.skipIf(!chromiumPath)('the page', () => {
  const { open, composer, log, focused, say, finished, onPhone } = usePages();

  it('greets with three things to try, each of which fills the composer', async () => {
    const page = await open('grace/general');
    await eventually(() => page.locator('.try').count()).toBe(3);
    await page.locator('.try').first().press('Enter');
    expect(await composer(page).inputValue()).toBe('digest preview');
    expect(await focused(page)).toBe('composer');
    await finished(page);
  });

  it('completes a line, notes a contact and undoes it, all by keyboard', async () => {
    const page = await open('maya/dm');
    await composer(page).focus();
    await page.keyboard.type('log sho');
    const option = page.getByRole('option', { name: /The Shores Centre/ });
    await option.waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await option.getAttribute('aria-selected')).toBe('true');
    const active = await composer(page).getAttribute('aria-activedescendant');
    expect(active).toBe(await option.getAttribute('id'));
    await page.keyboard.press('Enter');
    expect(await composer(page).inputValue()).toMatch(/^log The Shores Centre/);

    await page.keyboard.type('talked about the room');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('and the tea');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    const noted = log(page)
      .getByText(/^Noted, thanks\./)
      .last();
    await noted.waitFor();
    expect(await composer(page).inputValue()).toBe('');
    expect(await focused(page)).toBe('composer');

    await log(page).getByRole('button', { name: 'Undo' }).last().focus();
    const answered = page.waitForResponse(/playground\/press/);
    await page.keyboard.press('Enter');
    await answered;
    await log(page)
      .getByText(/taken back|undone/i)
      .last()
      .waitFor();
    await eventually(() =>
      page.evaluate(() => document.activeElement?.closest('[role=log]') !== null),
    ).toBe(true);
    await finished(page);
  });

  it('takes the first suggestion by Tab, and closes them by Escape', async () => {
    const page = await open('tom/dm');
    await composer(page).focus();
    await page.keyboard.type('tod');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option').first().waitFor({ state: 'hidden' });
    expect(await composer(page).inputValue()).toBe('tod');
    await page.keyboard.type('a');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Tab');
    expect((await composer(page).inputValue()).trim()).toBe('today');
    expect(await focused(page)).toBe('composer');
    await finished(page);
  });

  it('fills in a form, sees the problem at its field, and corrects it', async () => {
    const page = await open('tom/dm');
    await say(page, 'log');
    const dialog = page.getByRole('dialog', { name: /contact/ });
    await dialog.waitFor();
    const partner = dialog.getByLabel(/^Who with/);
    await eventually(() => partner.evaluate((box) => box === document.activeElement)).toBe(true);
    await eventually(() => page.locator('datalist#partner-names option').count()).toBe(8);
    await page.keyboard.type('Groundwork UK');
    await dialog.getByLabel('What happened?').fill('went through the plan');
    await dialog.getByLabel('What was promised?').fill('send the sketch');
    const due = dialog.getByLabel('By when?');
    await due.fill('the 31st of Nonember');
    await due.press('Enter');

    await eventually(() => due.getAttribute('aria-invalid')).toBe('true');
    await eventually(() => due.evaluate((box) => box === document.activeElement)).toBe(true);
    const described = (await due.getAttribute('aria-describedby')) ?? '';
    const problem = page.locator(`[id="${described.split(' ')[0]}"]`);
    expect(await problem.textContent()).toMatch(/date/);
    expect(await dialog.getByLabel('What happened?').inputValue()).toBe('went through the plan');

    // Nothing is lost when it is closed by mistake.
    await due.fill('friday');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const reopen = log(page).getByRole('button', { name: /^Fill in the form/ });
    // A closing dialog returns the focus only when it is gone: before that a key would go to the wrong place.
    await eventually(async () => {
      if (!(await dialog.isVisible())) await reopen.last().press('Enter');
      return dialog.isVisible();
    }).toBe(true);
    expect(await due.inputValue()).toBe('friday');
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await log(page)
      .getByText(/went through the plan.*send the sketch/)
      .waitFor();
    await finished(page);
  });

  it('shows typed words as text, whatever they look like', async () => {
    const page = await open('grace/partners');
    const nasty = '<img src=x onerror=alert(1)> <b>bold</b> <!channel> @everyone <@tom>';
    await say(page, `log Humberside Fire and Rescue Service ${nasty}`);
    await eventually(() => log(page).getByText(nasty).count()).toBe(2);
    expect(await log(page).locator('img, b').count()).toBe(0);
    expect(await log(page).getByText('Only visible to you').count()).toBe(1);
    await finished(page);
  });

  it('keeps unsent text for each place and member', async () => {
    const page = await open('grace/dm');
    await composer(page).fill('half a thought');
    await page.getByRole('button', { name: /general/ }).press('Enter');
    await eventually(() => composer(page).getAttribute('aria-label')).toBe('Message #general');
    expect(await composer(page).inputValue()).toBe('');
    await page.getByRole('radio', { name: /Maya/ }).check();
    await page.getByRole('radio', { name: /Grace/ }).check();
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^Convenor/ })
      .click();
    await eventually(() => composer(page).inputValue()).toBe('half a thought');
    await finished(page);
  });

  it('moves the clock on, and shows who has something new', async () => {
    const page = await open('maya/partners');
    const clock = page.getByRole('group', { name: 'The clock' });
    const before = await clock.locator('time').getAttribute('datetime');
    await advanceOneWeek(page);
    await log(page).getByText('the week at a glance').waitFor();
    const after = await clock.locator('time').getAttribute('datetime');
    const days = (Date.parse(after ?? '') - Date.parse(before ?? '')) / 86_400_000;
    expect(Math.round(days)).toBe(7);
    expect(await page.getByRole('status').filter({ hasText: 'It is now' }).count()).toBe(1);
    await page.getByRole('radio', { name: /^Tom worker \d+ new/ }).check();
    await page.getByRole('button', { name: /^Convenor/ }).click();
    await log(page)
      .getByText(/^Hello Tom/)
      .first()
      .waitFor();
    await page.getByRole('radio', { name: /^Tom worker$/ }).waitFor();
    await finished(page);
  });

  it.each([375, 320])('fits a phone of %i pixels', async (width) => {
    const page = await onPhone('tom/dm', { width, height: 640 });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await say(page, 'partner list');
    expect(await overflow()).toBe(0);
    const box = await composer(page).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(640);

    const drawer = page.getByRole('button', { name: 'People and places' });
    expect(await page.getByRole('radio').count()).toBe(0);
    await drawer.press('Enter');
    await page.getByRole('radio', { name: /^Tom/ }).waitFor();
    await eventually(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    expect(await overflow()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('radio').first().waitFor({ state: 'hidden' });
    await eventually(() => focused(page)).toBe('drawer');

    await drawer.tap();
    await page.getByRole('button', { name: /general/ }).tap();
    await page.getByRole('heading', { level: 1, name: /#general/ }).waitFor();
    await say(page, 'partner import');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await overflow()).toBe(0);
    expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    await finished(page);
  });

  it('reads a chosen file in the encoding that a spreadsheet wrote it in', async () => {
    const page = await open('grace/dm');
    await say(page, 'partner import');
    const buffer = Buffer.from('name,level\nCaf\u00e9 Orchard,local\n', 'latin1');
    const file = { name: 'partners.csv', mimeType: 'text/csv', buffer };
    await page.getByLabel('or choose a file').setInputFiles(file);
    await eventually(() => page.getByRole('dialog').getByRole('textbox').inputValue()).toContain(
      'Café Orchard',
    );
    await finished(page);
  });

  it('reads a chosen workbook, and says at once what it cannot read', async () => {
    const page = await open('grace/dm');
    await say(page, 'partner import');
    const choose = (name: string, buffer: Buffer) =>
      page
        .getByLabel('or choose a file')
        .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await choose('partners.xlsx', Buffer.from('%PDF-1.7'));
    await page.getByText('That is a PDF').waitFor();
    await choose('partners.xlsx', workbook({ Partners: [['name'], ['Orchard Trust']] }));
    await eventually(() => page.getByRole('dialog').getByRole('textbox').inputValue()).toContain(
      'Orchard Trust',
    );
    expect(await page.getByText('That is a PDF').count()).toBe(0);
    await finished(page);
  });

  it('is dark for users who prefer dark', async () => {
    const page = await open('maya/dm');
    const ground = async (colorScheme: 'light' | 'dark') => {
      await page.emulateMedia({ colorScheme });
      return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    };
    expect(await ground('light')).toBe('rgb(255, 255, 255)');
    expect(await ground('dark')).toBe('rgb(21, 25, 26)');
    await finished(page);
  });

  it('every control has a name, and nothing comes from elsewhere', async () => {
    const page = await open('grace/dm');
    await say(page, 'partner add');
    await page.getByRole('dialog').waitFor();
    const faults = await page.evaluate(() => {
      const wrong: string[] = [];
      const all = [...document.querySelectorAll<HTMLElement>('*')];
      const ids = all.map(({ id }) => id).filter(Boolean);
      wrong.push(...ids.filter((id, index) => ids.indexOf(id) !== index));
      for (const element of all) {
        for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for']) {
          const named = element.getAttribute(name)?.split(' ') ?? [];
          wrong.push(
            ...named.filter((id) => !document.getElementById(id)).map((id) => `${name} ${id}`),
          );
        }
      }
      for (const element of document.querySelectorAll<HTMLElement>(
        'button, input, textarea, select',
      )) {
        const labels = (element as HTMLInputElement).labels;
        const label = element.getAttribute('aria-label') ?? element.textContent?.trim();
        if (!label && !labels?.length) wrong.push(element.outerHTML.slice(0, 80));
      }
      return wrong;
    });
    expect(faults).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe('en-GB');
    expect(await page.locator('main h1').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    await eventually(() => focused(page)).toBe('composer');
    await finished(page);
  });

  it('resets everything, after asking', async () => {
    const page = await open('grace/general');
    const ask = page.getByRole('button', { name: 'Start afresh' });
    await say(page, 'help');
    await ask.click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The answer names the command too, in code.
    const typed = log(page).getByText('help', { exact: true }).and(page.locator(':not(code)'));
    expect(await typed.count()).toBe(1);
    await ask.click();
    const dialog = page.getByRole('dialog', { name: 'Start afresh?' });
    await dialog.getByRole('button', { name: 'Start afresh' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'This is #general' }).waitFor();
    await finished(page);
  });
});
