import { describe, expect, it } from 'vitest';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

/** What is suggested for an arg, as a list shows it. */
async function suggested(talk: Talk, user: string, command: string, arg: string, typed = '') {
  const actor = { platform: 'test', workspace: talk.workspace, user };
  const profile = talk.profiles[user];
  const query = { partnership: talk.id, actor, profile, command, arg, typed, limit: 25 };
  return talk.bot.choices(query);
}
const labels = async (...asked: Parameters<typeof suggested>) =>
  (await suggested(...asked)).map(({ label }) => label);

/** Tom and Grace have promises, one of them private. */
async function withPromises() {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Cedar Trust"');
  await talk.say('tom', 'followup add send the lease with:"cedar trust" by:"4 dec"');
  await talk.say('tom', 'followup add ring the school by:"27 nov 3pm"');
  await talk.say('grace', 'followup add lock the gate by:"1 dec"');
  await talk.say('grace', 'log cedar trust met Jo private:me next:"mend the fence" by:"2 dec"');
  return talk;
}

describe('a follow-up is picked from a list', () => {
  it('with what tells it apart, the own ones first, the soonest first', async () => {
    const talk = await withPromises();
    expect(await labels(talk, 'tom', 'followup done', 'which')).toEqual([
      'ring the school · Fri 27 Nov, 15:00',
      'send the lease · Cedar Trust · Fri 4 Dec',
      'lock the gate · Tue 1 Dec · Grace',
    ]);
    expect(await labels(talk, 'tom', 'followup later', 'which', 'ced')).toEqual([
      'send the lease · Cedar Trust · Fri 4 Dec',
    ]);
    const [lease] = await suggested(talk, 'tom', 'followup done', 'which', 'lease');
    const done = await talk.invoke('tom', 'followup done', { which: lease?.value ?? '' });
    expect(done.text).toContain('Done, thank you: send the lease.');
  });

  it('never one that is hidden, or that a member cannot change', async () => {
    const talk = await withPromises();
    expect(await labels(talk, 'grace', 'followup done', 'which', 'mend')).toHaveLength(1);
    expect(await labels(talk, 'tom', 'followup done', 'which', 'mend')).toEqual([]);
    expect(await labels(talk, 'maya', 'followup done', 'which')).toEqual([]);
  });

  it('a long title is cut so that its day is seen', async () => {
    const talk = await newTalk();
    await talk.say('tom', `followup add ${'write to everybody about it '.repeat(5)} by:"4 dec"`);
    const [label = ''] = await labels(talk, 'tom', 'followup done', 'which');
    expect(label).toMatch(/… · Fri 4 Dec$/);
    expect(label.length).toBeLessThanOrEqual(75);
  });
});

describe('a command about a follow-up, without one', () => {
  it.each([
    [
      'followup skip',
      'No open follow-up repeats',
      'followup add bins repeat:"every friday"',
      'bins',
    ],
    [
      'followup chased',
      'Nothing that others promised us',
      'followup add maps whose:theirs',
      'maps',
    ],
  ])('%s offers only those that it is for', async (command, none, line, title) => {
    const talk = await withPromises();
    expect((await talk.say('tom', command)).text).toContain(none);
    await talk.say('tom', line);
    const { buttons } = await talk.say('tom', command);
    expect(buttons).toEqual([expect.stringContaining(title), 'Cancel']);
    const { form } = await talk.invoke('tom', command, { form: 'yes' });
    const listed = form?.fields.flatMap(({ options = [] }) => options.map(({ label }) => label));
    expect(listed).toEqual([expect.stringContaining(title)]);
    expect(await labels(talk, 'tom', command, 'which')).toEqual(listed);
  });

  it('offers the open ones, and goes on with the one that is pressed', async () => {
    const talk = await withPromises();
    const asked = await talk.say('tom', 'followup done');
    expect(asked.text).toMatch(/^Which follow-up\?/);
    expect(asked.buttons).toEqual([
      'ring the school · Fri 27 Nov, 15:00',
      'send the lease · Cedar Trust · Fri 4 Dec',
      'lock the gate · Tue 1 Dec · Grace',
      'Cancel',
    ]);
    const done = await talk.press('tom', 'ring the school', asked);
    expect(done.text).toContain('Done, thank you: ring the school.');
  });

  it('edit opens its form with what is set now', async () => {
    const talk = await withPromises();
    const asked = await talk.say('tom', 'followup edit');
    const opened = await talk.press('tom', 'send the lease', asked);
    expect(opened.form?.fields.map(({ value }) => value).slice(0, 3)).toEqual([
      'send the lease',
      'Cedar Trust',
      '2026-12-04',
    ]);
  });

  it('keeps what else was typed', async () => {
    const talk = await withPromises();
    const asked = await talk.say('tom', 'followup later by:"9 dec"');
    const moved = await talk.press('tom', 'send the lease', asked);
    expect(moved.text).toContain('send the lease, now by Wed 9 Dec');
    const edited = await talk.press(
      'tom',
      'send the lease',
      await talk.say('tom', 'followup edit by:"10 dec"'),
    );
    expect(edited.text).toContain('by Thu 10 Dec');
  });

  it('later asks for the time, ask for the person', async () => {
    const talk = await withPromises();
    const later = await talk.press('tom', 'ring', await talk.say('tom', 'followup later'));
    expect(later.text).toContain('When shall I come back to ring the school?');
    const ask = await talk.press('tom', 'ring', await talk.say('tom', 'followup ask'));
    expect(ask.form?.fields.map(({ name }) => name)).toEqual(['who']);
  });

  it('has a list of all, where there are more than buttons', async () => {
    const talk = await newTalk();
    for (let at = 1; at <= 7; at++) await talk.say('tom', `followup add task ${at} by:"${at} dec"`);
    const asked = await talk.say('tom', 'followup cancel');
    expect(asked.buttons).toHaveLength(7);
    const opened = await talk.press('tom', 'Another one', asked);
    const [field] = opened.form?.fields ?? [];
    expect(field?.options).toHaveLength(7);
    const value = field?.options?.find(({ label }) => label === 'task 7 · Mon 7 Dec')?.value ?? '';
    const gone = await talk.submit('tom', opened.form, { which: value });
    expect(gone.text).toContain('Taken off the list: task 7.');
    const edit = await talk.say('tom', 'followup edit');
    expect(edit.buttons).toHaveLength(6);
    expect(edit.text).toContain("If it isn't one of these, say some of its words after");
  });

  it('says so if nothing is open', async () => {
    const talk = await newTalk();
    const asked = await talk.say('maya', 'followup edit');
    expect(asked.text).toMatch(/^There is no open follow-up to choose from\. Add one with/);
  });
});

it('a picked day and other words are asked about, with both days to press', async () => {
  const talk = await newTalk();
  // As Slack's form sends it.
  const args = { next: 'send the lease', by: '2026-12-04 or monday' };
  const asked = await talk.invoke('tom', 'followup add', args);
  expect(asked.buttons).toEqual(['Fri 4 Dec', 'Mon 23 Nov', 'Another day', 'Cancel']);
  const noted = await talk.press('tom', 'Fri 4 Dec', asked);
  expect(noted.text).toContain('send the lease by Fri 4 Dec');
  const at = await talk.invoke('tom', 'followup add', { next: 'ring', by: '2026-12-04 at 3pm' });
  expect(at.text).toContain('Fri 4 Dec');
  expect(at.text).toContain('15:00');
});

describe('suggestions say what is meant', () => {
  it.each([
    ['followup later', 'by', 'fr', 'friday · Fri 20 Nov'],
    ['followup later', 'by', 'tomorrow 3pm', 'tomorrow 3pm · Thu 19 Nov, 15:00'],
    ['followup add', 'until', '4 dec', '4 dec · Fri 4 Dec'],
    ['me', 'time', 'noo', 'noon · 12:00'],
    ['me', 'zone', 'lon', 'Europe/London'],
    ['me', 'zone', 'uk', 'Europe/London'],
    ['me', 'zone', 'europe/par', 'Europe/Paris'],
    ['settings', 'calendar', 'sc', 'Scotland'],
    ['partner add', 'level', 'hyper', 'Hyperlocal: a few streets, or one estate'],
    ['partner add', 'sector', 'cou', 'council'],
    ['partner add', 'kinds', 'grant funding, contr', 'Grant funding, contracting'],
    ['partner add', 'every', 'month', 'month · 1 month'],
    ['help', 'topic', 'followup ed', 'followup edit: Change a follow-up'],
    ['followup add', 'repeat', 'every mon', 'Every Monday, first on Mon 23 Nov'],
    [
      'followup add',
      'repeat',
      'every tuesday at 9am',
      'Every Tuesday at 09:00, first on Tue 24 Nov',
    ],
  ])('%s %s:%s', async (command, arg, typed, label) => {
    const talk = await newTalk();
    expect((await labels(talk, 'grace', command, arg, typed))[0]).toBe(label);
  });

  it('offers both days of what can be two', async () => {
    const talk = await newTalk();
    expect(await labels(talk, 'tom', 'followup later', 'by', 'friday or monday')).toEqual([
      'Fri 20 Nov',
      'Mon 23 Nov',
    ]);
  });

  it('finds archived partners to bring back, and linked places', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Old Mill Trust"');
    const archived = await talk.say('grace', 'partner archive old mill trust');
    if (archived.buttons.includes('Archive it')) await talk.press('grace', 'Archive it', archived);
    const [mill] = await suggested(talk, 'grace', 'partner restore', 'name', 'old');
    expect(mill?.label).toBe('Old Mill Trust');
    const back = await talk.invoke('grace', 'partner restore', { name: mill?.value ?? '' });
    expect(back.text).toContain('Old Mill Trust is back.');
    expect(await labels(talk, 'grace', 'unlink', 'where')).toHaveLength(1);
  });
});
