import { describe, expect, it } from 'vitest';
import { newPartner } from '../../../src/core/domain/partners/new-partner.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

describe('partner list and find', () => {
  async function withMany(): Promise<Talk> {
    const talk = await newTalk();
    const { id } = await talk.member('tom');
    const rows = Array.from({ length: 23 }, (_, index) => ({
      ...newPartner(`${talk.id}-${index}`, `Partner ${String.fromCharCode(97 + index)}`),
      level: index % 2 === 0 ? ('local' as const) : ('national' as const),
      sector: index === 5 ? 'County Council' : null,
      lead: index === 7 ? id : null,
      archived: index === 22,
    }));
    await talk.store.of(partners).insertAll(rows);
    return talk;
  }

  const named = (text: string) => [...text.matchAll(/Partner (\w)/g)].map(([, name]) => name);

  it('pages from A to Z', async () => {
    const talk = await withMany();
    const first = await talk.say('maya', 'partner list');
    expect(first.text).toContain('22 partners in the register');
    const second = await talk.press('maya', 'More', first);
    const third = await talk.press('maya', 'More', second);
    expect([first, second, third].flatMap(({ text }) => named(text)).join('')).toBe(
      'abcdefghijklmnopqrstuv',
    );
    expect(third.buttons).not.toContain('More');
  });

  it.each([
    ['level:national', 'bdfhjlnprt'],
    ['sector:council', 'f'],
    ['mine', 'h'],
    ['archived', 'w'],
    ['kind:contracting', ''],
    ['level:local stage:ended', ''],
  ])('with %s shows the partners that match', async (words, names) => {
    const talk = await withMany();
    const said = await talk.say('tom', `partner list ${words}`);
    expect(named(said.text).join('')).toBe(names);
  });

  it('keeps the filters on the next page', async () => {
    const talk = await withMany();
    const first = await talk.say('maya', 'partner list level:local');
    const second = await talk.press('maya', 'More', first);
    expect(named(first.text).join('')).toBe('acegikmoqs');
    expect(named(second.text).join('')).toBe('u');
  });

  it('finds a part of a name, and shows the archived last', async () => {
    const talk = await withMany();
    const said = await talk.say('maya', 'partner find partner w');
    expect(said.text).toContain('Partner w');
    expect(said.buttons).toEqual(['Bring it back']);
    const many = await talk.say('maya', 'partner find partner');
    expect(many.text).toContain('These 10 match best. 13 more match too');
    expect((await talk.say('maya', 'partner find zebra')).buttons).toEqual(['Add it']);
  });

  it('says so if there are none', async () => {
    const talk = await newTalk();
    expect((await talk.say('maya', 'partner list')).text).toContain('no partners yet');
    expect((await talk.say('maya', 'partner list archived')).text).toContain('archive is empty');
  });
});
