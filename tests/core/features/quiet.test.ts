import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { newPartner } from '../../../src/core/domain/partners/new-partner.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

/** Partners a, b, c …, each last spoken with on the day given. */
async function withSpoken(days: readonly (string | null)[], leads?: 'tom'): Promise<Talk> {
  const talk = await newTalk();
  const lead = leads ? (await talk.member(leads)).id : null;
  const rows = days.map((day, index) => ({
    ...newPartner(`${talk.id}-${String(index).padStart(2, '0')}`, `Partner ${letter(index)}`),
    lastTwoWay: day,
    quietOn: day,
    nudgeOn: day,
    lead,
  }));
  await talk.store.of(partners).insertAll(rows);
  return talk;
}

const letter = (index: number) => String.fromCharCode(97 + index);
const named = (text: string) =>
  [...text.matchAll(/Partner (\w):/g)].map(([, name]) => name).join('');

describe('quiet', () => {
  it('is glad when nobody is, and says of whom it cannot tell', async () => {
    const talk = await withSpoken([null, null]);
    const said = await talk.say('maya', 'quiet');
    expect(said.text).toContain('No partner has gone quiet. Well done.');
    expect(said.text).toContain("I can't tell for 2 partners");
    expect((await talk.say('maya', 'quiet mine')).text).toBe(
      'None of the partners you lead has gone quiet. Well done.',
    );
  });

  it('shows the longest first, not those that are still to come', async () => {
    const talk = await withSpoken(['2026-11-19', '2026-11-18', '2026-08-18', '2025-01-01']);
    const said = await talk.say('maya', 'quiet');
    expect(named(said.text)).toBe('dcb');
    expect(said.text).toContain('13 weeks since anyone spoke with them (Tue 18 Aug)');
    expect(said.buttons.slice(0, 4)).toEqual(["We've spoken", 'Later', 'Ask someone else', 'Show']);
    const { form } = await talk.press('maya', "We've spoken", said);
    expect(form?.fields[0]).toMatchObject({ name: 'with', value: 'Partner d' });
    await talk.submit('maya', form, { note: 'rang them' });
    expect(named((await talk.say('maya', 'quiet')).text)).toBe('cb');
  });

  it.each([
    ['on the same day', Array.from({ length: 23 }, () => '2026-10-01')],
    ['on many days', Array.from({ length: 23 }, (_, index) => `2026-10-0${(index % 9) + 1}`)],
  ])('pages through all that went quiet %s', async (_, days) => {
    const talk = await withSpoken(days, 'tom');
    for (const line of ['quiet', 'quiet mine']) {
      let said = await talk.say('tom', line);
      let seen = named(said.text);
      while (said.buttons.includes('More')) {
        said = await talk.press('tom', 'More', said);
        expect(named(said.text).length).toBeLessThanOrEqual(10);
        seen += named(said.text);
      }
      const order = days
        .map((day, index) => `${day} ${letter(index)}`)
        .toSorted()
        .map((entry) => entry.at(-1))
        .join('');
      expect(seen).toBe(order);
    }
  });
});

describe('quiet later', () => {
  it.each([
    ['Next week', '2026-11-25'],
    ['In a month', '2026-12-18'],
  ])('%s moves the nudge, and the fact stays', async (label, nudgeOn) => {
    const talk = await withSpoken(['2026-10-01']);
    const list = await talk.say('tom', 'quiet');
    const asked = await talk.press('tom', 'Later', list);
    expect(asked.buttons).toEqual(['Next week', 'In a month', 'A date…', ...list.buttons]);
    const said = await talk.press('tom', label, asked);
    expect(said.reply.replaces).toBe(true);
    const rows = talk.store.of(partners);
    expect((await collect(rows.all({ index: 'byKey' })))[0]).toMatchObject({
      nudgeOn,
      quietOn: '2026-10-01',
    });
    expect((await talk.say('tom', 'quiet')).text).toContain('put off until');
    await talk.press('tom', 'Undo', said);
    expect((await collect(rows.all({ index: 'byKey' })))[0]).toMatchObject({
      nudgeOn: '2026-10-01',
    });
  });

  it('takes any date to come', async () => {
    const talk = await withSpoken(['2026-10-01']);
    const asked = await talk.press('tom', 'Later', await talk.say('tom', 'quiet'));
    const { form } = await talk.press('tom', 'A date', asked);
    expect((await talk.submit('tom', form, { by: '1 Dec' })).text).toContain('on Tue 1 Dec');
    const past = await talk.submit('tom', form, { by: '2026-11-01' });
    expect(past.form?.fields[1]?.problem).toContain("isn't in the future");
    const typed = await talk.say('tom', 'quiet later partner a by:"in 2 weeks"');
    expect(typed.text).toContain('on Wed 2 Dec');
  });
});

it('says "put off" only of a partner that somebody put off, not of one that a brief has named', async () => {
  const talk = await withSpoken(['2026-10-01', '2026-10-02'], 'tom');
  await talk.say('tom', 'quiet later partner b by:"in 2 weeks"');
  const worker = await newWorker(talk);
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('tom')).toEqual([expect.stringContaining('Partner a')]);
  const said = await talk.say('tom', 'quiet');
  const [a = '', b = ''] = said.text.split('\n').slice(1);
  expect(a).toContain('Partner a: 7 weeks since');
  expect(a).not.toContain('put off');
  expect(b).toContain('put off until Wed 2 Dec');

  // Once they were spoken with, it is put off no longer.
  await talk.say('tom', 'log partner b met when:"3 Oct 2026"');
  const later = await talk.say('tom', 'quiet');
  expect(later.text).not.toContain('put off');
});

it('agrees with the brief, today and the digest on who is quiet, also after a brief has named them', async () => {
  const talk = await withSpoken(['2026-10-01', '2026-10-02', '2026-10-03', '2026-12-24']);
  const worker = await newWorker(talk);
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('grace')).toHaveLength(1);
  await talk.say('grace', 'quiet later partner b by:"in 2 weeks"');
  expect(named((await talk.say('grace', 'quiet')).text)).toBe('abc');
  const today = await talk.say('grace', 'today');
  expect(named(today.text)).toBe('abc');
  expect(today.text).toContain('3 partners without a lead have gone quiet');
  expect((await talk.say('grace', 'digest preview')).text).toContain('3 partners are quiet.');
});
