import { expect, it } from 'vitest';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

/** A partnership at an instant (ISO 8601). */
async function from(iso: string): Promise<Talk> {
  const talk = await newTalk();
  talk.clock.set(iso);
  return talk;
}

const partnershipOf = async (talk: Talk) => {
  const row = await talk.store.of(partnerships).get(talk.id);
  if (!row) throw new Error('There is no partnership.');
  return row;
};

const CHRISTMAS = { from: '2026-12-24', to: '2027-01-02' };

it('no brief and no digest comes in everybody’s holiday; a reminder that was set for it does', async () => {
  const talk = await from('2026-12-21T12:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('grace', 'digest schedule channel:<#news> day:thursday at:9am');
  await talk.say('grace', 'log Local Trust we met when:"20 Dec 2026"');
  for (const by of ['23 Dec 2026', '30 Dec 2026', '4 Jan 2027'])
    await talk.say('tom', `followup add promise of ${by} by:"${by}"`);
  await talk.say('tom', 'followup add ring the caretaker by:"30 Dec 2026 10am"');
  const said = await talk.say('grace', 'settings holiday 24 Dec - 2 Jan');
  expect(said.text).toContain('everybody is on holiday, Thu 24 Dec to Sat 2 Jan 2027');
  expect(await talk.member('tom')).toMatchObject({ briefDay: '2026-12-22' });

  await worker.until('2026-12-23T12:00:00Z');
  const before = worker.inbox('tom').length;
  // What falls due in the holiday is in the last brief before it.
  expect(worker.inbox('tom').at(-1)).toContain('promise of 30 Dec');
  expect(worker.inbox('tom').at(-1)).not.toContain('promise of 4 Jan');
  await worker.until('2027-01-03T23:00:00Z');
  expect(worker.inbox('tom').slice(before)).toEqual([
    expect.stringContaining('A reminder: ring the caretaker'),
  ]);
  expect(worker.channel('news')).toEqual([]);
  await worker.until('2027-01-04T09:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(before + 2);
  expect(worker.inbox('tom').at(-1)).toContain('promise of 4 Jan');
  await worker.until('2027-01-07T10:00:00Z');
  expect(worker.channel('news')).toHaveLength(1);
  expect(worker.errors).toEqual([]);
});

it('a monthly digest whose day is in the holiday comes on the day after', async () => {
  const talk = await from('2026-12-21T12:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('grace', 'digest schedule channel:<#news> date:1 at:9am');
  await talk.say('grace', 'log Local Trust we met when:"20 Dec 2026"');
  await talk.say('grace', 'settings holiday 24 Dec - 2 Jan');
  await worker.until('2027-01-03T08:59:00Z');
  expect(worker.channel('news')).toEqual([]);
  await worker.until('2027-01-03T09:00:00Z');
  expect(worker.channel('news')).toHaveLength(1);
  await talk.say('grace', 'log Local Trust we met again when:today');
  await worker.until('2027-02-01T08:59:00Z');
  expect(worker.channel('news')).toHaveLength(1);
  await worker.until('2027-02-01T09:00:00Z');
  expect(worker.channel('news')).toHaveLength(2);
});

it('no day of the holiday counts as a working day before somebody is warned and a coordinator hears', async () => {
  const heard = async (holiday: boolean) => {
    const talk = await from('2027-02-01T12:00:00Z');
    const worker = await newWorker(talk);
    await talk.say('tom', 'followup add send the plan by:"2 Feb 2027"');
    if (holiday) await talk.say('grace', 'settings holiday 3 Feb - 12 Feb');
    for (let day = 3; day <= 28; day++) {
      await worker.until(`2027-02-${String(day).padStart(2, '0')}T12:00:00Z`);
      // Somebody who never looks would get rarer briefs.
      await talk.say('tom', 'today');
      if (worker.inbox('grace').some((text) => text.includes('send the plan'))) return day;
    }
    return undefined;
  };
  const without = await heard(false);
  const withHoliday = await heard(true);
  expect(without).toBeDefined();
  // Eight working days are left out.
  expect(withHoliday).toBe((without as number) + 12);
});

it('a default day lies after the holiday', async () => {
  const talk = await from('2026-12-21T12:00:00Z');
  await talk.say('grace', 'settings holiday:"24 Dec - 2 Jan"');
  expect((await talk.say('tom', 'followup add ring the school')).text).toContain('Mon 4 Jan');
});

it('several can be set, listed, taken away and undone, and those that are over vanish', async () => {
  const talk = await from('2026-12-01T12:00:00Z');
  expect((await talk.say('grace', 'settings holiday')).text).toContain('No holidays are set');
  const first = await talk.say('grace', 'settings holiday 24 Dec to 2 Jan');
  await talk.say('grace', 'settings holiday 29 Mar 2027 - 9 Apr 2027');
  expect((await partnershipOf(talk)).holidays).toEqual([
    CHRISTMAS,
    { from: '2027-03-29', to: '2027-04-09' },
  ]);
  expect((await talk.say('grace', 'settings holiday 24 Dec - 2 Jan')).text).toContain(
    'I have that already: everybody is on holiday, Thu 24 Dec to Sat 2 Jan 2027.',
  );
  const list = await talk.say('grace', 'settings holiday');
  expect(list.text).toMatch(/Thu 24 Dec to Sat 2 Jan 2027[\s\S]*29 Mar to Fri 9 Apr 2027/);
  expect((await talk.say('maya', 'settings')).text).toContain('everybody is on holiday');

  const taken = await talk.press('grace', 'Remove', list);
  expect(taken.text).toContain('Taken away: everybody is on holiday, Thu 24 Dec');
  expect((await partnershipOf(talk)).holidays).toHaveLength(1);
  expect(await talk.member('tom')).toMatchObject({ briefDay: '2026-12-02' });
  await talk.press('grace', 'Undo', taken);
  expect((await partnershipOf(talk)).holidays).toHaveLength(2);
  await talk.press('grace', 'Undo', first);

  talk.clock.set('2027-04-10T12:00:00Z');
  expect((await talk.say('grace', 'settings holiday')).text).toContain('No holidays are set');
  expect((await talk.say('grace', 'history settings')).text).toContain(
    'You set a holiday for everybody: Mon 29 Mar to Fri 9 Apr 2027',
  );
});

it('a change in the middle of the holiday moves the next briefs', async () => {
  const talk = await from('2026-12-01T12:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('grace', 'settings holiday 2 Dec - 8 Dec');
  expect(await talk.member('tom')).toMatchObject({ briefDay: '2026-12-09' });
  await worker.until('2026-12-03T12:00:00Z');
  const list = await talk.say('grace', 'settings holiday');
  const taken = await talk.press('grace', 'Remove', list);
  expect(await talk.member('tom')).toMatchObject({ briefDay: '2026-12-04' });
  await talk.press('grace', 'Undo', taken);
  expect(await talk.member('tom')).toMatchObject({ briefDay: '2026-12-09' });
});

it.each([
  ['soon', 'I can\'t read "soon" as days'],
  ['24 Dec - 2 Feb - 4 Feb', 'as days'],
  ['1 Nov 2026 - 5 Nov 2026', 'Those days are over'],
  ['1 Jan - 1 Dec', 'more than 100 days'],
  ['24 Dec - 2 Jan level:local with:"Local Trust"', 'for one partner, or for a level'],
])('refuses "%s" and keeps the field', async (days, problem) => {
  const talk = await from('2026-12-01T12:00:00Z');
  await talk.say('grace', 'partner add "Local Trust"');
  const said = await talk.say('grace', `settings holiday ${days}`);
  expect(said.text).toContain(problem);
  expect((await partnershipOf(talk)).holidays).toBeNull();
  // Fix opens the form with what was typed.
  const { form } = await talk.press('grace', 'Fix', said);
  const field = form?.fields.find(({ name }) => name === 'days');
  expect(field?.value).toBe(days.replace(/ level:.*/, ''));
});

it('only coordinators set holidays', async () => {
  const talk = await from('2026-12-01T12:00:00Z');
  for (const line of ['settings holiday 24 Dec - 2 Jan', 'settings holiday:"24 Dec - 2 Jan"'])
    expect((await talk.say('tom', line)).text).toContain('coordinat');
  expect((await partnershipOf(talk)).holidays).toBeNull();
});

/** A council that goes quiet on 20 April 2027, six weeks after 9 March. Tom leads it. */
async function withCouncil(): Promise<Talk> {
  const talk = await from('2027-03-09T12:00:00Z');
  await talk.say('grace', 'partner add "Riverside Council" level:local every:"6 weeks"');
  await talk.say('tom', 'partner edit "Riverside Council" lead:@Tom');
  await talk.say('tom', 'log Riverside Council we met');
  await talk.say('grace', 'partner edit "Riverside Council" lead:@Tom');
  return talk;
}

const councilOf = async (talk: Talk) =>
  (await talk.store.of(partners).find({ index: 'byName', where: { archived: false } }, 1)).rows[0];

it.each(['level:local', 'with:"Riverside Council"'])(
  'in a partner’s own holiday (%s) nobody hears that it is quiet; on the day after they do',
  async (scope) => {
    const talk = await withCouncil();
    const worker = await newWorker(talk);
    expect(await councilOf(talk)).toMatchObject({ quietOn: '2027-04-20' });
    const said = await talk.say('grace', `settings holiday 26 Mar - 7 May ${scope}`);
    expect(said.text).toMatch(/(local partners are|Riverside Council is) away, Fri 26 Mar/);
    expect(await councilOf(talk)).toMatchObject({ quietOn: '2027-05-08', nudgeOn: '2027-05-08' });
    await talk.press('grace', 'Undo', said);
    expect(await councilOf(talk)).toMatchObject({ quietOn: '2027-04-20', nudgeOn: '2027-04-20' });
    await talk.say('grace', `settings holiday 26 Mar - 7 May ${scope}`);
    const about = () => worker.inbox('tom').filter((text) => text.includes('Riverside Council'));
    await worker.until('2027-04-01T12:00:00Z');
    const before = about().length;
    await worker.until('2027-05-09T12:00:00Z');
    expect(about()).toHaveLength(before);
    expect((await talk.say('tom', 'why riverside council')).text).toContain('Sat 8 May');
    // The 8th is a Saturday.
    await worker.until('2027-05-10T09:00:00Z');
    expect(about()).toHaveLength(before + 1);
    expect(worker.errors).toEqual([]);
  },
);

it('one that is quiet already is not mentioned again before its holiday is over', async () => {
  const talk = await withCouncil();
  const worker = await newWorker(talk);
  await worker.until('2027-04-22T12:00:00Z');
  const about = () => worker.inbox('tom').filter((text) => text.includes('Riverside Council'));
  const before = about().length;
  await talk.say('grace', 'settings holiday 23 Apr - 7 May with:"Riverside Council"');
  await worker.until('2027-05-07T12:00:00Z');
  expect(about()).toHaveLength(before);
  await worker.until('2027-05-10T12:00:00Z');
  expect(about()).toHaveLength(before + 1);
});

it('what they promised is not chased in their holiday, and no coordinator hears of it', async () => {
  const talk = await withCouncil();
  const worker = await newWorker(talk);
  await talk.say(
    'tom',
    'followup add send the garden plan with:"Riverside Council" whose:theirs by:"24 Mar 2027"',
  );
  await talk.say('grace', 'settings holiday 25 Mar - 7 May with:"Riverside Council"');
  await worker.until('2027-03-24T12:00:00Z');
  const before = {
    tom: worker.inbox('tom').filter((text) => text.includes('garden plan')).length,
    grace: worker.inbox('grace').filter((text) => text.includes('garden plan')).length,
  };
  await worker.until('2027-05-07T12:00:00Z');
  const after = (who: 'tom' | 'grace') =>
    worker.inbox(who).filter((text) => text.includes('garden plan')).length;
  expect({ tom: after('tom'), grace: after('grace') }).toEqual(before);
  await worker.until('2027-05-10T12:00:00Z');
  expect(after('tom')).toBe(before.tom + 1);
});

it('`why` names the holiday that holds a brief, a partner or a promise', async () => {
  const talk = await withCouncil();
  await newWorker(talk);
  await talk.say('tom', 'followup add send the plan with:"Riverside Council" by:"12 Mar 2027"');
  await talk.say('grace', 'settings holiday 10 Mar - 16 Mar');
  await talk.say('grace', 'settings holiday 10 Mar - 16 Mar level:local');
  talk.clock.set('2027-03-11T12:00:00Z');
  expect((await talk.say('tom', 'why')).text).toContain(
    'everybody is on holiday, Wed 10 Mar to Tue 16 Mar',
  );
  expect((await talk.say('tom', 'why plan')).text).toContain('holiday');
  expect((await talk.say('tom', 'why riverside council')).text).toContain(
    'away, Wed 10 Mar to Tue 16 Mar',
  );
});
