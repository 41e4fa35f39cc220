import { describe, expect, it } from 'vitest';
import { memberId, newTalk, type Talk, type Who } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

// Wednesday 18 November 2026, 10:00: the briefs of 09:00 have been. Tom, a worker, gets his daily, Maya hers on Mondays.
const add = (talk: Talk, who: Who, by: string) =>
  talk.say(who, `followup add water the plants by:"${by}"`);

describe('what an answer says about the next reminder', () => {
  it.each<[string, string, string]>([
    ['', 'friday', "I'll remind you in your brief that day at 09:00."],
    ['', 'today', "It's too late for today's brief, so nothing will remind you."],
    ['', 'friday 3pm', "I'll remind you then."],
    // A Sunday, Christmas Day, and the day whose bank holiday is moved to the Monday.
    ['', '2026-11-22', "I'll remind you in your brief on Fri 20 Nov at 09:00."],
    ['', '2026-12-25', "I'll remind you in your brief on Thu 24 Dec at 09:00."],
    ['', '2026-12-28', "I'll remind you in your brief on Thu 24 Dec at 09:00."],
    [
      'me pause:"2 weeks"',
      'friday',
      'No brief mentions it before Wed 2 Dec, so nothing will remind you in time.',
    ],
    ['me pause:"2 weeks"', 'friday 3pm', "I'll remind you then."],
    ['me fewer:off', 'friday', 'You get no briefs, so nothing will remind you.'],
    ['me fewer:dated', 'friday', "I'll remind you in your brief that day at 09:00."],
    [
      'me fewer:weekly',
      '2026-11-25',
      "I'll remind you in your brief on Mon 23 Nov at 09:00, and again that day at 09:00.",
    ],
    [
      'me days:mon,tue',
      'friday',
      'No brief mentions it before Mon 23 Nov, so nothing will remind you in time.',
    ],
    ['me days:mon,tue', 'today', 'You get no brief today, so nothing will remind you.'],
    ['me time:17:30', 'today', "I'll remind you in your brief that day at 17:30."],
    ['me time:6:00', 'friday', "I'll remind you in your brief that day at 08:00."],
    ['me zone:Asia/Tokyo', 'friday', "I'll remind you in your brief that day at 09:00."],
  ])('after "%s", due %s: %s', async (settings, by, expected) => {
    const talk = await newTalk();
    if (settings) await talk.say('tom', settings);
    const said = await add(talk, 'tom', by);
    expect(said.text).toContain(`Yours to do: water the plants by `);
    expect(said.text).toContain(` ${expected}`);
    expect(said.buttons.some((label) => label.startsWith('Remind me'))).toBe(
      expected.includes('nothing will remind you'),
    );
  });

  it('is the same where a contact is noted, and where a promise is edited, put off, moved or taken on', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add Oakfield School');
    const sunday = "I'll remind you in your brief on Fri 20 Nov at 09:00.";
    const said = async (who: Who, line: string) => (await talk.say(who, line)).text;
    expect(await said('tom', 'log oakfield school met next:"send it" by:sunday')).toContain(sunday);
    await add(talk, 'tom', 'friday');
    expect(await said('tom', 'followup edit plants by:sunday')).toContain(sunday);
    await talk.say('tom', 'followup add sweep the path by:friday');
    expect(await said('tom', 'followup later path by:2026-11-22')).toContain(sunday);

    await talk.say('maya', 'followup add ring the hall by:sunday who:@Tom');
    const worker = await newWorker(talk);
    await worker.until('2026-11-18T10:05:00.000Z');
    const ask = worker.platform.posted.find(({ address }) => address.to === 'user');
    const [yes] = (ask?.reply.card ?? []).flatMap((block) =>
      'buttons' in block ? block.buttons : [],
    );
    expect(yes?.label).toBe('Yes');
    expect((await talk.press('tom', yes ?? 'Yes')).text).toContain(
      `ring the hall is yours now, by Sun 22 Nov. ${sunday}`,
    );
  });

  it('of theirs says when it asks', async () => {
    const talk = await newTalk();
    const said = await talk.say('tom', 'followup add garden plan whose:theirs by:friday');
    expect(said.text).toContain(
      "They promised: garden plan by Fri 20 Nov. I'll ask you about it in your brief that day at 09:00.",
    );
  });

  it('moving everything says it too', async () => {
    const talk = await newTalk();
    await add(talk, 'tom', 'today');
    expect((await talk.say('tom', 'today move by:2026-11-22')).text).toBe(
      "Moved to Sun 22 Nov: water the plants. I'll remind you in your brief on Fri 20 Nov at 09:00.",
    );
    const back = await talk.say('tom', 'today move by:2026-11-19');
    expect(back.text).toContain('Nothing of yours is late or due');
  });
});

describe('the button for a reminder', () => {
  it.each<[string, string, string, string | undefined]>([
    ['2026-11-18T10:47:00.000Z', 'today', '', 'Remind me at 12:00'],
    ['2026-11-18T18:00:00.000Z', 'today', '', 'Remind me at 19:00'],
    // Quiet hours begin at 20:00.
    ['2026-11-18T18:30:00.000Z', 'today', '', undefined],
    ['2026-11-18T18:30:00.000Z', 'today', 'me quiet-hours:none', 'Remind me at 20:00'],
    ['2026-11-18T10:00:00.000Z', 'tomorrow', 'me days:mon', 'Remind me tomorrow at 09:00'],
    ['2026-11-18T10:00:00.000Z', 'friday', 'me days:mon', 'Remind me on Fri 20 Nov at 09:00'],
    ['2026-11-18T10:00:00.000Z', 'friday', '', undefined],
  ])('at %s, due %s, with "%s": %s', async (now, by, settings, expected) => {
    const talk = await newTalk();
    talk.clock.set(now);
    if (settings) await talk.say('tom', settings);
    const { buttons } = await add(talk, 'tom', by);
    expect(buttons.find((label) => label.startsWith('Remind me'))).toBe(expected);
  });

  it('sets a clock time, and the reminder comes at it, once', async () => {
    const talk = await newTalk();
    const worker = await newWorker(talk);
    talk.clock.set('2026-11-18T14:47:00.000Z');
    const said = await add(talk, 'tom', 'today');
    const set = await talk.press('tom', 'Remind me at 16:00', said);
    expect(set.text).toBe(
      "Changed. Yours to do: water the plants by Wed 18 Nov 2026, 16:00. I'll remind you then.",
    );
    await worker.until('2026-11-18T15:59:59.000Z');
    expect(worker.inbox('tom')).toEqual([]);
    await worker.until('2026-11-18T16:01:00.000Z');
    expect(worker.inbox('tom')).toHaveLength(1);
    expect(worker.inbox('tom')[0]).toContain('A reminder: water the plants');
    await worker.until('2026-11-18T23:59:00.000Z');
    expect(worker.inbox('tom')).toHaveLength(1);
  });

  it('without it, nothing comes that day, as the answer said', async () => {
    const talk = await newTalk();
    const worker = await newWorker(talk);
    await add(talk, 'tom', 'today');
    await worker.until('2026-11-18T23:59:00.000Z');
    expect(worker.inbox('tom')).toEqual([]);
  });

  it('sets the time of one of a series only', async () => {
    const talk = await newTalk();
    await talk.say('tom', 'me days:mon');
    const said = await talk.say('tom', 'followup add bins repeat:"every thursday"');
    const set = await talk.press('tom', 'Remind me tomorrow at 09:00', said);
    expect(set.text).toContain(
      "bins by Thu 19 Nov 2026, 09:00. I'll remind you then. It repeats every Thursday.",
    );
  });
});

describe('what an answer says about a quiet partner', () => {
  async function withQuietSchool(lead: Who) {
    const talk = await newTalk();
    await talk.say('grace', `partner add Oakfield School lead:#${memberId(talk.id, lead)}`);
    await talk.say('grace', 'log oakfield school met when:2026-09-01');
    return talk;
  }
  const putOff = (talk: Talk, who: Who, by = '2026-11-28') =>
    talk.say(who, `quiet later oakfield school by:${by}`);

  it('names the brief that mentions it', async () => {
    const talk = await withQuietSchool('tom');
    expect((await putOff(talk, 'tom')).text).toBe(
      "I'll ask about Oakfield School again in your brief on Mon 30 Nov at 09:00; until then it still shows as quiet.",
    );
    expect((await putOff(talk, 'grace')).text).toContain("again in Tom's brief on Mon 30 Nov;");
  });

  it('or that of the coordinator, if the lead does not hear of it', async () => {
    const talk = await withQuietSchool('maya');
    await talk.say('maya', 'me fewer:dated');
    expect((await putOff(talk, 'tom')).text).toContain("again in Grace's brief on Mon 30 Nov;");
  });

  it('or that there is none', async () => {
    const talk = await withQuietSchool('grace');
    await talk.say('grace', 'me fewer:off');
    expect((await putOff(talk, 'grace')).text).toBe(
      "I've put Oakfield School off until Sat 28 Nov, but nobody gets a brief that would mention it then. It still shows as quiet.",
    );
  });

  it.each<[Who, Who | undefined, string]>([
    ['tom', 'tom', "I'll tell you when it goes quiet"],
    ['grace', 'tom', "I'll tell Tom when it goes quiet"],
    ['tom', undefined, "I'll tell the coordinators when it goes quiet"],
    ['grace', undefined, "I'll tell you when it goes quiet"],
  ])('a new one, added by %s, led by %s: %s', async (who, lead, expected) => {
    const talk = await newTalk();
    const led = lead ? ` lead:#${memberId(talk.id, lead)}` : '';
    expect((await talk.say(who, `partner add Oakfield School${led}`)).text).toContain(expected);
  });

  it('another rhythm says when it goes quiet', async () => {
    const talk = await withQuietSchool('tom');
    const said = await talk.say('tom', 'partner edit oakfield school every:"3 months"');
    expect(said.text).toContain('Goes quiet on Tue 1 Dec unless somebody is in touch.');
  });

  it('why says who hears of it instead of the lead', async () => {
    const talk = await withQuietSchool('maya');
    await talk.say('maya', 'me pause:2026-12-14');
    expect((await talk.say('grace', 'why oakfield school')).text).toContain(
      "Maya, who leads it, is away until Mon 14 Dec, so it's in the coordinators' briefs, next on Thu 19 Nov 2026, 09:00.",
    );
  });
});

describe('what the answer to a setting says', () => {
  it.each<[Who, string, string]>([
    [
      'tom',
      'me pause:"2 weeks"',
      'Paused until Wed 2 Dec. Reminders with a clock time still come.',
    ],
    ['tom', 'me pause:"2 weeks"', 'Your next brief can come on Wed 2 Dec.'],
    [
      'tom',
      'fewer off',
      "You get no briefs. If something stays overdue, I'll tell the coordinators.",
    ],
    // She is the only one.
    ['grace', 'fewer off', 'Changed. You get no briefs.'],
  ])('%s, %s: %s', async (who, line, expected) => {
    const talk = await newTalk();
    const { text } = await talk.say(who, line);
    expect(text).toContain(expected);
    if (who === 'grace') expect(text).not.toContain('coordinators');
  });

  it('another time does not bring a second brief on the same day', async () => {
    const talk = await newTalk();
    const worker = await newWorker(talk);
    await add(talk, 'tom', 'tomorrow');
    await worker.until('2026-11-19T09:10:00.000Z');
    expect(worker.inbox('tom')).toHaveLength(1);
    const said = await talk.say('tom', 'me time:17:30');
    expect(said.text).not.toContain('can come on Thu 19 Nov');
    const { text } = await talk.say('tom', 'followup add sweep the path by:today');
    expect(text).toContain("It's too late for today's brief, so nothing will remind you.");
    await worker.until('2026-11-19T23:00:00.000Z');
    expect(worker.inbox('tom')).toHaveLength(1);
    await worker.until('2026-11-20T17:31:00.000Z');
    expect(worker.inbox('tom')).toHaveLength(2);
  });

  it('a digest comes if there is news', async () => {
    const talk = await newTalk();
    const said = await talk.say('grace', 'digest schedule channel:<#C1>');
    expect(said.text).toContain(
      'each week on Monday if there is news, next on Mon 23 Nov 2026, 09:00.',
    );
  });
});
