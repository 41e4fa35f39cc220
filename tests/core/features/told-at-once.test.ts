import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { moveData } from '../../../src/core/domain/member-merge/move-data.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk, type Said, type Talk, type Who } from '../../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London. Briefs come at 09:00, and quiet hours are
// 20:00-08:00. Maya is a member, Tom a worker, Grace the coordinator.

interface Setting {
  talk: Talk;
  worker: TestWorker;
}

async function newSetting(iso?: string): Promise<Setting> {
  const talk = await newTalk();
  if (iso) talk.clock.set(iso);
  return { talk, worker: await newWorker(talk) };
}

/** The labels of the buttons of the last message to a member. */
function lastButtons(worker: TestWorker, who: Who): string[] {
  const last = worker.platform.posted.findLast(
    ({ address }) => address.to === 'user' && address.identity.user === who,
  );
  return last ? buttonsOf(last.reply).map(({ label }) => label) : [];
}

/** Presses a button of the last message to a member. */
async function press({ talk, worker }: Setting, who: Who, label: string): Promise<Said> {
  const last = worker.platform.posted.findLast(
    ({ address }) => address.to === 'user' && address.identity.user === who,
  );
  const button = last && buttonsOf(last.reply).find((one) => one.label === label);
  if (!button) throw new Error(`${who} has no button "${label}".`);
  return talk.press(who, button);
}

const inMinutes = (talk: Talk, minutes: number): string =>
  new Date(talk.clock.now().getTime() + minutes * 60_000).toISOString();

it('tells a worker at once what a coordinator gives them for the same day, with buttons that fit', async () => {
  const setting = await newSetting('2026-11-18T10:47:00Z');
  const { talk, worker } = setting;
  await talk.say('grace', 'partner add Riverside Council');
  const answer = await talk.say(
    'grace',
    'followup add send the plan with:"riverside council" by:today who:@Tom',
  );
  expect(answer.text).toContain('Tom will do it: send the plan');
  await worker.sweep();
  expect(worker.inbox('tom')).toEqual([
    expect.stringContaining(
      'Grace has given you something to do: send the plan (Riverside Council), by Wed 18 Nov',
    ),
  ]);
  expect(lastButtons(worker, 'tom')).toEqual([
    'Done',
    'Later',
    'Ask someone else',
    'Fewer of these',
  ]);
  const done = await press(setting, 'tom', 'Done');
  expect(done.text).toContain('Done, thank you: send the plan');
  expect(done.reply.replaces).toBe(true);
  await worker.until('2026-11-20T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.errors).toEqual([]);
});

it.each([
  [
    'log riverside council met Jane next:"send the plan" who:@Tom',
    'something to do: send the plan',
  ],
  ['partner edit riverside council lead:@Tom', 'made you the lead for Riverside Council'],
  ['partner add Oakfield School lead:@Tom', 'made you the lead for Oakfield School'],
])('tells Tom of: %s', async (line, words) => {
  const { talk, worker } = await newSetting();
  await talk.say('grace', 'partner add Riverside Council');
  await talk.say('grace', line);
  await worker.sweep();
  expect(worker.inbox('tom')).toEqual([expect.stringContaining(words)]);
});

it('tells the next owner when a reminder is passed on with Ask someone else', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  await talk.say('grace', 'followup add ring the school by:"today 11:00"');
  await worker.until('2026-11-18T11:00:00Z');
  await talk.submit('grace', (await press(setting, 'grace', 'Ask someone else')).form, {
    who: '@Tom',
  });
  await worker.sweep();
  expect(worker.inbox('tom')).toEqual([
    expect.stringContaining('something to do: ring the school'),
  ]);
});

it('says nothing to somebody about what they take on by themselves', async () => {
  const { talk, worker } = await newSetting();
  await talk.say('grace', 'followup add ring the school by:"30 Nov" who:@Grace');
  await talk.say('tom', 'partner add Oakfield School lead:@Tom');
  await talk.say('tom', 'partner edit oakfield school stage:active');
  await worker.sweep();
  expect(worker.inbox('grace')).toEqual([]);
  expect(worker.inbox('tom')).toEqual([]);
});

it('gathers what somebody is given within an hour of the first message', async () => {
  const { talk, worker } = await newSetting();
  await talk.say('grace', 'followup add book the hall by:"7 Dec" who:@Tom');
  await worker.sweep();
  expect(worker.inbox('tom')).toHaveLength(1);
  await worker.until('2026-11-18T10:20:00Z');
  await talk.say('grace', 'followup add ring the school by:"8 Dec" who:@Tom');
  await worker.until('2026-11-18T10:40:00Z');
  await talk.say('grace', 'partner add Oakfield School lead:@Tom');
  await talk.say('maya', 'followup add bring the cake by:"9 Dec" who:@Tom');
  await worker.until('2026-11-18T10:59:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  await worker.until('2026-11-18T11:01:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
  const [, second = ''] = worker.inbox('tom');
  expect(second).toContain(
    'Grace has given you 1 thing to do and 1 partner to lead. 1 request is waiting for you.',
  );
  for (const words of ['ring the school', 'Oakfield School', 'could you do this? bring the cake'])
    expect(second).toContain(words);
  await worker.until('2026-11-18T19:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
  expect(worker.errors).toEqual([]);
});

it('counts what a list has no room for', async () => {
  const { talk, worker } = await newSetting('2026-11-18T21:00:00Z');
  for (let number = 1; number <= 7; number++)
    await talk.say('grace', `followup add thing ${number} by:"18 Dec" who:@Tom`);
  await worker.until('2026-11-19T08:30:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).toContain('Grace has given you 7 things to do.');
  expect(worker.inbox('tom')[0]).toContain('And 2 more.');
  expect(lastButtons(worker, 'tom')).toContain('See mine');
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('tom').filter((text) => text.includes('has given you'))).toHaveLength(1);
});

it.each([
  ['done', (talk: Talk) => talk.say('tom', 'followup done plan')],
  ['cancelled', (talk: Talk) => talk.say('grace', 'followup cancel plan')],
  ['given to somebody else', (talk: Talk) => talk.say('grace', 'followup ask plan who:@Maya')],
])('sends nothing of what was %s before the message went', async (_, change) => {
  const { talk, worker } = await newSetting('2026-11-18T21:00:00Z');
  await talk.say('grace', 'followup add send the plan by:"18 Dec" who:@Tom');
  await worker.sweep();
  await change(talk);
  await worker.until('2026-11-20T12:00:00Z');
  expect(worker.inbox('tom').join()).not.toContain('given you');
  expect(worker.errors).toEqual([]);
});

it('sends nothing of what was undone; after it was sent, undo says who was told', async () => {
  const { talk, worker } = await newSetting();
  const given = await talk.say('grace', 'followup add send the plan by:"18 Dec" who:@Tom');
  expect((await talk.press('grace', 'Undo', given)).text).not.toContain('already told');
  await worker.sweep();
  expect(worker.inbox('tom')).toEqual([]);
  const first = await talk.say('grace', 'partner add Oakfield School lead:@Tom');
  await worker.sweep();
  expect((await talk.press('grace', 'Undo', first)).text).toContain('already told Tom');
  // The same for what was in a message with others.
  await talk.say('grace', 'followup add book the hall by:"18 Dec" who:@Tom');
  const gathered = await talk.say('grace', 'followup add ring the school by:"18 Dec" who:@Tom');
  await worker.until('2026-11-18T11:30:00Z');
  expect(worker.inbox('tom')).toHaveLength(2);
  expect((await talk.press('grace', 'Undo', gathered)).text).toContain('already told Tom');
});

it('says it once: a brief within the hour that names it makes the message needless', async () => {
  const { talk, worker } = await newSetting('2026-11-19T08:20:00Z');
  await talk.say('grace', 'followup add send the plan by:today who:@Tom');
  await talk.say('maya', 'followup add bring the cake by:"30 Nov" who:@Tom');
  await worker.until('2026-11-19T08:59:00Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).toContain('send the plan');
  expect(worker.inbox('tom')[0]).toContain('bring the cake');
  expect((await talk.say('tom', 'why')).text).toContain('It was in the brief instead');
  expect(worker.errors).toEqual([]);
});

it('does not wait for a brief that will not name it', async () => {
  const { talk, worker } = await newSetting('2026-11-19T08:20:00Z');
  await talk.say('grace', 'followup add send the plan by:"18 Dec" who:@Tom');
  await worker.sweep();
  expect(worker.inbox('tom')).toHaveLength(1);
});

it('a request of the night comes once, and not at 08:00 and 09:00', async () => {
  const { talk, worker } = await newSetting('2026-11-18T21:00:00Z');
  const answer = await talk.say('maya', 'followup add send the plan by:"30 Nov" who:@Tom');
  expect(answer.text).toContain("It's late for Tom");
  expect(answer.text).toContain('Thu 19 Nov 2026, 09:00');
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('tom').filter((text) => text.includes('send the plan'))).toHaveLength(1);
});

it('tells the giver that it is late for the other member, and until when', async () => {
  const { talk, worker } = await newSetting('2026-11-18T21:00:00Z');
  const answer = await talk.say('grace', 'followup add send the plan by:"18 Dec" who:@Tom');
  expect(answer.text).toContain(
    "It's late for Tom, who will hear of it on Thu 19 Nov 2026, 08:00.",
  );
  await worker.until('2026-11-19T07:59:00Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-11-19T08:00:00Z');
  expect(worker.inbox('tom')).toHaveLength(1);
});

it('waits until somebody is back from leave; the giver hears it, and that it is after the day', async () => {
  const { talk, worker } = await newSetting();
  await talk.say('tom', 'me pause:"7 Dec 2026"');
  const given = await talk.say('grace', 'followup add send the plan by:"1 Dec" who:@Tom');
  expect(given.text).toContain(
    "Tom is away until Mon 7 Dec and will hear of it then. That's after it is due.",
  );
  expect(given.buttons).toContain('Somebody else');
  const form = (await talk.press('grace', 'Somebody else', given)).form;
  expect(form?.fields.map(({ name }) => name)).toEqual(['who']);
  const asked = await talk.say('maya', 'followup add bring the cake by:"18 Dec" who:@Tom');
  expect(asked.text).toContain("It's yours until they say yes. Tom is away until Mon 7 Dec");
  expect(asked.text).not.toContain('after it is due');
  await worker.until('2026-12-06T23:00:00Z');
  expect(worker.inbox('tom')).toEqual([]);
  await worker.until('2026-12-07T09:30:00Z');
  const told = worker.inbox('tom').join('\n');
  expect(told.match(/send the plan/g)).toHaveLength(1);
  expect(told.match(/bring the cake/g)).toHaveLength(1);
  expect(worker.errors).toEqual([]);
});

it('tells the asker that the weekly limit holds a request, until when, and that this is too late', async () => {
  const { talk, worker } = await newSetting();
  const cake = async (day: string) => {
    const answer = await talk.say('tom', `followup add bring cake ${day} by:"${day}" who:@Maya`);
    await worker.until(inMinutes(talk, 90));
    return answer;
  };
  for (const day of ['7 Dec', '8 Dec', '9 Dec'])
    expect((await cake(day)).text).not.toContain('hear of it');
  expect(worker.inbox('maya')).toHaveLength(3);
  const fourth = await cake('20 Nov');
  expect(fourth.text).toContain(
    "Maya gets no more than 3 messages a week from me, so they'll hear of it on Mon 23 Nov 2026, 09:00. That's after it is due.",
  );
  expect(fourth.buttons).toContain('Somebody else');
  const later = await cake('10 Dec');
  expect(later.text).not.toContain('after it is due');
  await worker.until('2026-11-23T08:59:00Z');
  expect(worker.inbox('maya')).toHaveLength(3);
  await worker.until('2026-11-23T12:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(4);
  expect(worker.inbox('maya')[3]).toContain('bring cake 10 Dec');
});

it('a reminder at its own time tells the new owner, and nothing else does', async () => {
  const { talk, worker } = await newSetting('2026-11-18T21:00:00Z');
  const answer = await talk.say('grace', 'followup add feed the cat by:"today 10pm" who:@Tom');
  expect(answer.text).toContain('Tom will hear of it by its reminder');
  await worker.until('2026-11-19T08:30:00Z');
  expect(worker.inbox('tom')).toEqual([expect.stringContaining('A reminder: feed the cat')]);
});

it('a member who names somebody else as the lead asks them', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  const added = await talk.say('maya', 'partner add Oakfield School lead:@Tom');
  expect(added.text).toContain('nobody leads, Tom was asked to');
  expect(added.text).toContain("I'm asking Tom to lead it; nothing changes unless they say yes.");
  await worker.sweep();
  expect(worker.inbox('tom')).toEqual([
    'Maya asks: could you lead Oakfield School, and keep in touch with them? Nobody leads it unless you say yes.',
  ]);
  const yes = await press(setting, 'tom', 'Yes');
  expect(yes.text).toContain('You lead Oakfield School now');
  expect(yes.reply.replaces).toBe(true);
  expect((await talk.say('grace', 'partner show oakfield')).text).toContain('Tom leads');
  await worker.sweep();
  expect(worker.inbox('maya').at(-1)).toContain('Tom leads Oakfield School now');
  expect((await press(setting, 'tom', 'Yes')).text).toContain('You lead Oakfield School already');
});

it('a no leaves the lead as it is, and the asker can ask somebody else', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  await talk.say('grace', 'partner add Oakfield School lead:@Grace');
  const answer = await talk.say('tom', 'partner edit oakfield school lead:@Maya');
  expect(answer.text).toContain('Grace leads, Maya was asked to');
  expect((await talk.say('tom', 'partner edit oakfield school lead:@Maya')).text).toContain(
    'Maya has been asked already',
  );
  await worker.sweep();
  expect(worker.inbox('maya').at(-1)).toContain('Grace leads it unless you say yes');
  expect((await press(setting, 'maya', "Sorry, can't")).text).toContain("I've let them know");
  await worker.sweep();
  expect(worker.inbox('tom').at(-1)).toContain(
    "Maya can't lead Oakfield School this time. Grace still leads it.",
  );
  expect(lastButtons(worker, 'tom')).toContain('Ask someone else');
  expect((await talk.say('tom', 'partner show oakfield')).text).toContain('Grace leads');
});

it('one request is open for a partner, and another lead ends it', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  await talk.say('maya', 'partner add Oakfield School lead:@Tom');
  await worker.sweep();
  await talk.say('maya', 'partner edit oakfield school lead:@Grace');
  expect((await press(setting, 'tom', 'Yes')).text).toContain('no longer open');
  await talk.say('maya', 'partner edit oakfield school lead:me');
  await worker.sweep();
  expect(worker.inbox('grace')).toEqual([]);
});

it('a request to lead is taken back with undo, and outlives a new name and the archive', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  await talk.say('grace', 'partner add Oakfield School');
  const asked = await talk.say('tom', 'partner edit oakfield school lead:@Maya');
  await talk.press('tom', 'Undo', asked);
  await worker.sweep();
  expect(worker.inbox('maya')).toEqual([]);
  await talk.say('tom', 'partner edit oakfield school lead:@Maya');
  await talk.say('grace', 'partner edit oakfield school name:"Oakfield Academy"');
  await worker.sweep();
  expect(worker.inbox('maya').at(-1)).toContain('could you lead Oakfield Academy');
  await talk.say('grace', 'partner archive oakfield academy');
  expect((await press(setting, 'maya', 'Yes')).text).toContain('is in the archive by now');
  await talk.say('grace', 'partner restore oakfield academy');
  expect((await press(setting, 'maya', 'Yes')).text).toContain('You lead Oakfield Academy now');
});

it('who leaves is no longer asked to lead, and the asker hears it', async () => {
  const { talk, worker } = await newSetting();
  await talk.say('maya', 'partner add Oakfield School lead:@Tom');
  await worker.sweep();
  const left = await talk.say('grace', 'member left @Tom to:none');
  expect(left.text).toContain('Tom has left');
  await worker.sweep();
  expect(worker.inbox('maya').at(-1)).toContain("Tom can't lead Oakfield School this time");
  expect((await talk.say('grace', 'partner show oakfield')).text).not.toContain('was asked to');
});

it('the brief has the request to lead a partner that was over the weekly limit, with its buttons', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  await talk.say('grace', 'settings cap:1');
  await talk.say('grace', 'followup add bring the cake by:"18 Dec" who:@Maya');
  await worker.until('2026-11-18T12:00:00Z');
  const answer = await talk.say('tom', 'partner add Oakfield School lead:@Maya');
  expect(answer.text).toContain("they'll hear of it on Mon 23 Nov 2026, 09:00");
  await worker.until('2026-11-23T15:00:00Z');
  expect(worker.inbox('maya')).toHaveLength(2);
  expect(worker.inbox('maya').at(-1)).toContain('could you lead Oakfield School');
  expect((await press(setting, 'maya', 'Yes')).text).toContain('You lead Oakfield School now');
});

it('an import tells each lead once, with all their partners', async () => {
  const { talk, worker } = await newSetting();
  const file = 'name,lead\nOakfield School,Tom\nThe Shores Centre,Tom\nLocal Trust,Grace\n';
  await talk.invoke('grace', 'partner import', { file, confirm: 'yes' });
  await worker.sweep();
  expect(worker.inbox('tom')).toEqual([
    expect.stringContaining('Grace has given you 2 partners to lead.'),
  ]);
  expect(worker.inbox('grace')).toEqual([]);
});

it('an import by a worker asks the others', async () => {
  const { talk, worker } = await newSetting();
  const file = 'name,lead\nOakfield School,Maya\nLocal Trust,Tom\n';
  const answer = await talk.invoke('tom', 'partner import', { file, confirm: 'yes' });
  expect(answer.text).toContain("I'm asking Maya to lead theirs.");
  await worker.sweep();
  expect(worker.inbox('maya')).toEqual([
    expect.stringContaining('Tom asks: could you lead Oakfield School'),
  ]);
  expect((await talk.say('tom', 'partner show local trust')).text).toContain('Tom leads');
});

it('a handover says what is still open when it is sent', async () => {
  const { talk, worker } = await newSetting('2026-11-18T21:00:00Z');
  await talk.say('tom', 'followup add send the plan by:"18 Dec"');
  await talk.say('tom', 'followup add ring the school by:"18 Dec"');
  await talk.say('tom', 'partner add Oakfield School lead:@Tom');
  const left = await talk.say('grace', 'member left @Tom to:@Maya');
  expect(left.text).toContain("It's late for Maya, who will hear of it on Thu 19 Nov 2026, 08:00");
  await talk.say('grace', 'followup done ring the school');
  await worker.until('2026-11-19T08:00:00Z');
  expect(worker.inbox('maya')).toEqual([
    'Tom has left. Grace asks: could you take this on? To do: send the plan. To lead: Oakfield School. Nobody has it unless you say yes. A part of it is fine too.',
  ]);
});

it('says nothing about a private promise to somebody who may not read it any more', async () => {
  const { talk, worker } = await newSetting('2026-11-18T21:00:00Z');
  await talk.say('grace', 'partner add Riverside Council');
  await talk.say(
    'grace',
    'log riverside council their manager leaves private:@Tom next:"write to Jane" who:@Tom',
  );
  await talk.say('grace', 'member left @Tom to:none');
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('tom')).toEqual([]);
});

it.each([['lost answer'], ['lost message'], [{ later: 5_000 }]] as const)(
  'tells of everything once, or marks it as a possible repeat, if the platform fails: %o',
  async (fault) => {
    const { talk, worker } = await newSetting('2026-11-18T21:00:00Z');
    await talk.say('grace', 'followup add send the plan by:"18 Dec" who:@Tom');
    await talk.say('grace', 'followup add book the hall by:"18 Dec" who:@Tom');
    worker.platform.faults.push(fault);
    await worker.until('2026-11-19T08:59:00Z');
    const told = worker.inbox('tom');
    const repeats = told.filter((text) => text.startsWith('(This may be a repeat.)'));
    expect(told.length - repeats.length).toBeLessThanOrEqual(1);
    expect(told.length).toBeGreaterThanOrEqual(1);
    for (const text of told) {
      expect(text).toContain('Grace has given you 2 things to do.');
      expect(text).toContain('send the plan');
      expect(text).toContain('book the hall');
    }
  },
);

it('requests to lead go with a member who is merged into another', async () => {
  const { talk, worker } = await newSetting('2026-11-18T21:00:00Z');
  const [maya, tom, grace] = await Promise.all(
    (['maya', 'tom', 'grace'] as const).map(talk.member),
  );
  await talk.say('maya', 'partner add Oakfield School lead:@Tom');
  await talk.say('maya', 'partner add Local Trust lead:@Grace');
  await moveData({ from: tom?.id ?? '', to: grace?.id ?? '' }, talk.store);
  const rows = await collect(talk.store.of(partners).all({ index: 'byName' }));
  const asked = { lead: null, leadAsked: grace?.id, leadAskedBy: maya?.id };
  expect(rows).toEqual([expect.objectContaining(asked), expect.objectContaining(asked)]);
  // A request from somebody to themselves ends.
  await moveData({ from: maya?.id ?? '', to: grace?.id ?? '' }, talk.store);
  const none = { lead: null, leadAsked: null, leadAskedBy: null };
  const after = await collect(talk.store.of(partners).all({ index: 'byName' }));
  expect(after).toEqual([expect.objectContaining(none), expect.objectContaining(none)]);
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('grace')).toEqual([]);
});

it('a tied lead is told the name of the partner, and nothing of its notes', async () => {
  const { talk, worker } = await newSetting();
  await talk.say('grace', 'partner add Riverside Council');
  await talk.say('grace', 'log riverside council met Jane about the secret lease');
  await talk.say('grace', 'member tie @Maya to:"riverside council"');
  await worker.sweep();
  const before = worker.inbox('maya').length;
  await talk.say('grace', 'partner edit riverside council lead:@Maya');
  await worker.sweep();
  expect(worker.inbox('maya').slice(before)).toEqual([
    'Grace has made you the lead for Riverside Council: you keep in touch with them from now on.',
  ]);
});
