import { chromium } from 'playwright-core';
import { it } from 'vitest';
import { bold, day, member, moment, rich } from '../../../src/core/rich-text.ts';
import { newStage } from './stage.ts';

it('shots', async () => {
  const stage = await newStage();
  const to = {
    to: 'user',
    identity: { platform: 'playground', workspace: 'playground', user: 'tom' },
  } as const;
  const b = (label: string) => ({ label, command: 'plain', args: {} });
  await stage.playground.send({
    delivery: 'b1',
    partnership: 'sample',
    address: to,
    reply: {
      text: rich`Good morning Tom. Three things are yours today.`,
      card: [
        { kind: 'text', text: rich`${bold('Due')}` },
        {
          kind: 'row',
          text: rich`${bold('Send the garden plan')} to Groundwork UK, by ${day('2026-11-27')}`,
          buttons: [b('Done'), b('Later'), b('Ask someone else'), b('Log')],
        },
        {
          kind: 'row',
          text: rich`${bold('Confirm the room for the fair')} with The Shores Centre, promised by ${member({ id: 'maya', name: 'Maya' })} at ${moment(new Date())}`,
          buttons: [b('Done'), b('Later')],
        },
        { kind: 'text', text: rich`${bold('Gone quiet')}` },
        {
          kind: 'row',
          text: rich`It's nine weeks since anyone spoke with ${bold('Withernsea High School')}. Last time: talked about pupils helping at the summer fair. A quick hello is plenty.`,
          buttons: [b("We've spoken"), b('Later'), b('Ask someone else')],
        },
        {
          kind: 'note',
          text: rich`Why this? You lead on these partners, or promised these things.`,
        },
        {
          kind: 'buttons',
          buttons: [
            { ...b('See the rest'), style: 'primary' },
            b('Move all to…'),
            b('Not in today'),
            { ...b('Fewer of these') },
          ],
        },
      ],
    },
  });
  await stage.ask('/playground/say', {
    as: 'maya',
    place: 'general',
    text: 'say hello @Tom, <b>bold?</b> <!channel>',
  });
  await stage.ask('/playground/say', { as: 'grace', place: 'general', text: 'card' });
  await stage.ask('/playground/say', { as: 'tom', place: 'general', text: 'whisper something' });
  await stage.ask('/playground/say', { as: 'tom', place: 'dm', text: 'form' });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const shot = async (
    name: string,
    opts: object,
    hash: string,
    act?: (page: import('playwright-core').Page) => Promise<void>,
  ) => {
    const context = await browser.newContext(opts);
    const page = await context.newPage();
    page.on('console', (m) => console.log(name, m.type(), m.text()));
    page.on('pageerror', (e) => console.log(name, 'ERR', e.message));
    await page.goto(`${stage.url}/${hash}`);
    await page.waitForSelector('#composer').catch(() => {});
    await page.waitForTimeout(300);
    await act?.(page);
    await page.screenshot({ path: `/tmp/shots/${name}.png` });
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (over > 0) console.log(name, 'OVERFLOW', over);
    await context.close();
  };
  const wide = { viewport: { width: 1200, height: 800 } };
  const phone = {
    viewport: { width: 375, height: 720 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  };
  const tiny = { viewport: { width: 320, height: 600 }, deviceScaleFactor: 2 };
  await shot('light-welcome', wide, '#maya/dm');
  await shot('light-brief', wide, '#tom/dm');
  await shot('light-general', wide, '#tom/general');
  await shot('dark-brief', { ...wide, colorScheme: 'dark' }, '#tom/dm');
  await shot('dark-complete', { ...wide, colorScheme: 'dark' }, '#tom/general', async (page) => {
    await page.fill('#composer', 's');
    await page.waitForSelector('[role=option]');
    await page.keyboard.press('ArrowDown');
  });
  await shot('light-form', wide, '#tom/dm', async (page) => {
    await page.click('text=Fill in the form');
    await page.waitForSelector('dialog');
    await page.keyboard.type('lots');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.problem');
  });
  await shot('phone-brief', phone, '#tom/dm');
  await shot('phone-drawer', { ...phone, colorScheme: 'dark' }, '#tom/dm', async (page) => {
    await page.click('#drawer');
    await page.waitForTimeout(300);
  });
  await shot('phone-welcome', phone, '#grace/dm');
  await shot('tiny-brief', tiny, '#tom/dm');
  await shot('tiny-form', tiny, '#tom/dm', async (page) => {
    await page.click('text=Fill in the form');
    await page.waitForSelector('dialog');
  });
  await browser.close();
}, 60000);
