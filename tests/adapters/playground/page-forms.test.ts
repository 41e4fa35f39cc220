import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath } from '../../fixtures/browser.ts';
import { eventually, usePages } from './pages.ts';

describe.skipIf(!chromiumPath)('forms on the page', () => {
  const { open, composer, log, say, finished } = usePages();

  async function openForm(page: Page, line: string) {
    await say(page, line);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    return dialog;
  }

  it('notes a call that nobody answered on another day, in the form alone', async () => {
    const page = await open('tom/dm');
    const dialog = await openForm(page, 'log');
    await dialog.getByLabel(/^Who with/).fill('Groundwork UK');
    await dialog.getByLabel('What happened?').fill('asked about the seedlings');
    await dialog.getByLabel('How?').selectOption('call');
    const when = dialog.getByLabel('When was it?');
    const picker = dialog
      .locator('.field', { hasText: 'When was it?' })
      .getByLabel('or pick a day');
    const now = await page.locator('.clock time').getAttribute('datetime');
    const before = new Date(Date.parse(now ?? '') - 3 * 86_400_000).toISOString().slice(0, 10);
    await picker.fill(before);
    const written = new RegExp(`^\\w{3} ${Number(before.slice(8))} \\w+ ${before.slice(0, 4)}$`);
    expect(await when.inputValue()).toMatch(written);
    await dialog.getByLabel('No answer?').check();
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await log(page)
      .getByText(/asked about the seedlings/)
      .waitFor();
    await say(page, 'partner show groundwork uk');
    const story = await log(page).locator('.message').last().innerText();
    expect(story).toMatch(/Tom: called on .*, no reply – asked about the seedlings/);
    await finished(page);
  });

  it('picks a follow-up from a list, another day that keeps the time, and a time', async () => {
    const page = await open('grace/dm');
    await say(page, 'followup add ring the school by:"4 dec 3pm"');
    await say(page, 'followup edit');
    const one = log(page).getByRole('button', { name: /^ring the school · Fri 4 Dec, 15:00/ });
    await one.last().press('Enter');
    const dialog = page.getByRole('dialog');
    const when = dialog.getByLabel('By when?');
    expect(await when.inputValue()).toBe('Fri 4 Dec 2026, 15:00');
    await dialog.getByLabel('or pick a day').first().fill('2026-12-07');
    expect(await when.inputValue()).toBe('Mon 7 Dec 2026, 15:00');
    await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');

    const digest = await openForm(page, 'digest schedule');
    await digest.getByLabel('or pick a time').fill('10:30');
    expect(await digest.getByLabel('At what time?').inputValue()).toBe('10:30');
    await digest.getByRole('button', { name: 'Cancel' }).press('Enter');
    await finished(page);
  });

  it('Fix opens the form at the field that was not understood', async () => {
    const page = await open('tom/dm');
    await say(page, 'log groundwork uk when:"the day of the flood" checked the pump');
    await log(page).getByRole('button', { name: 'Fix' }).last().press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const when = dialog.getByLabel('When was it?');
    expect(await when.getAttribute('aria-invalid')).toBe('true');
    await eventually(() => when.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await dialog.locator('.problem').innerText()).toContain('the day of the flood');
    expect(await dialog.getByLabel('What happened?').inputValue()).toBe('checked the pump');
    await finished(page);
  });

  it('Back closes the dialog and stays on the page', async () => {
    const page = await open('maya/dm');
    const address = page.url();
    const dialog = await openForm(page, 'log');
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    expect(page.url()).toBe(address);
    expect(await composer(page).isVisible()).toBe(true);

    // A dialog that was closed otherwise leaves nothing to go back to.
    const entries = () => page.evaluate(() => history.state);
    await log(page)
      .getByRole('button', { name: /^Fill in the form/ })
      .last()
      .press('Enter');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually(entries).toBeNull();
    await finished(page);
  });

  it('a reload keeps the line and the form that were being written', async () => {
    const page = await open('grace/dm');
    const dialog = await openForm(page, 'partner add');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await composer(page).fill('half a thought');
    await page.reload();
    await eventually(() => composer(page).inputValue()).toBe('half a thought');
    await composer(page).fill('');

    await log(page)
      .getByRole('button', { name: /^Fill in the form/ })
      .last()
      .press('Enter');
    const name = dialog.getByRole('textbox').first();
    await name.fill('Tide Table Theatre');
    await page.reload();
    await dialog.waitFor();
    expect(await name.inputValue()).toBe('Tide Table Theatre');
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    expect(await composer(page).isVisible()).toBe(true);
    await finished(page);
  });

  it('the form of an import says that it shows a preview', async () => {
    const page = await open('grace/dm');
    const dialog = await openForm(page, 'partner import');
    expect(await dialog.getByRole('button', { name: 'Preview' }).isVisible()).toBe(true);
    expect(await dialog.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await finished(page);
  });

  it('keeps its buttons in view at a zoom of 200 %, and the focus above them', async () => {
    const page = await open('tom/dm', { width: 640, height: 360 });
    const dialog = await openForm(page, 'log');
    const save = dialog.getByRole('button', { name: 'Save' });
    const box = await save.boundingBox();
    expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(360);
    const last = dialog.getByRole('combobox').last();
    await last.focus();
    const field = await last.boundingBox();
    const footer = await dialog.locator('footer').boundingBox();
    expect((field?.y ?? 999) + (field?.height ?? 0)).toBeLessThanOrEqual(footer?.y ?? 0);
    await finished(page);
  });
});
