import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { memberId, newTalk, type Talk, type Who } from '../../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../../fixtures/worker.ts';

interface Setting {
  talk: Talk;
  worker: TestWorker;
}

/** Tom has two follow-ups, a repeat and a private one, and leads two partners of different kinds. */
async function newSetting(): Promise<Setting> {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'partner add "Oakfield School" kinds:co-producing lead:me');
  await talk.say('tom', 'partner add "Local Trust" kinds:"grant funding" lead:me');
  await talk.say('tom', 'followup add send the plan with:"Oakfield School" by:"18 Dec"');
  await talk.say('tom', 'followup add report spending with:"Local Trust" by:"18 Dec"');
  await talk.say('tom', 'followup add water the beds repeat:"every monday"');
  return { talk, worker };
}

/** Presses a button of the last message to somebody. */
async function press({ talk, worker }: Setting, who: Who, label: string) {
  const last = worker.platform.posted.findLast(({ reply }) =>
    buttonsOf(reply).some((button) => button.label.startsWith(label)),
  );
  const button = last && buttonsOf(last.reply).find((one) => one.label.startsWith(label));
  if (!button) throw new Error(`No button ${label}.`);
  return talk.press(who, button);
}

/** Who has what, and who is asked: `send the plan: tom/maya`. */
async function whose({ talk }: Setting): Promise<string[]> {
  const name = (id: string | null | undefined) =>
    (['maya', 'tom', 'grace'] as const).find((who) => memberId(talk.id, who) === id) ?? '-';
  const promises = await collect(
    talk.store.of(followups).all({ index: 'byDueDay', where: { state: 'open' } }),
  );
  const led = await collect(talk.store.of(partners).all({ index: 'byKey' }));
  return [
    ...promises.map(({ title, who, asked }) => `${title}: ${name(who)}/${name(asked)}`),
    ...led.map((row) => `${row.name}: ${name(row.lead)}/${name(row.leadAsked)}`),
  ].toSorted();
}

const toms = [
  'Local Trust: tom/-',
  'Oakfield School: tom/-',
  'report spending: tom/-',
  'send the plan: tom/-',
  'water the beds: tom/-',
];

it('shows what would move first, then asks, and Tom keeps everything until there is a yes', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  const who = await talk.say('grace', 'handover @Tom');
  expect(who.text).toContain('Tom has 3 follow-ups');
  expect(who.text).toContain('Whoever you name is asked first');
  expect(who.buttons).toEqual(['Ask somebody…', 'To me', 'To nobody yet', 'Cancel']);
  const preview = await talk.say('grace', 'handover @Tom to:@Maya');
  expect(preview.text).toContain('Shall I ask Maya to take this on?');
  expect(preview.text).toContain('To lead: ');
  expect(preview.text).toContain('Tom keeps each thing until they say yes');
  expect(await whose(setting)).toEqual(toms);
  const asked = await talk.press('grace', 'Ask Maya', preview);
  expect(asked.text).toBe(
    "I'm asking Maya to take on 3 follow-ups and the lead of 2 partners. Tom keeps each thing until Maya says yes.",
  );
  expect(await whose(setting)).toEqual(toms.map((line) => line.replace('/-', '/maya')));
  await worker.sweep();
  expect(worker.inbox('maya').at(-1)).toContain('Grace asks: could you take this on from Tom?');
  const taken = await press(setting, 'maya', 'Yes, all of it');
  expect(taken.text).toContain('You lead 2 partners now.');
  expect(taken.text).toContain('2 to ring first:');
  expect(await whose(setting)).toEqual(toms.map((line) => line.replace('tom/', 'maya/')));
  await worker.sweep();
  expect(worker.inbox('grace').at(-1)).toContain(
    'Maya takes on 3 follow-ups and the lead of 2 partners from Tom. Thank you for asking.',
  );
  expect(talk.errors).toEqual([]);
});

it('a part can be declined', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  await talk.say('grace', 'handover @Tom to:@Maya sure:yes');
  await worker.sweep();
  const part = await press(setting, 'maya', 'A part of it');
  expect(part.text).toContain("Which of Tom's tasks could you take on?");
  expect(part.buttons.filter((label) => label === 'Yes')).toHaveLength(5);
  await talk.press('maya', "Sorry, can't", part);
  const rest = await press(setting, 'maya', 'Yes, all of it');
  expect(rest.text).toContain('Thank you.');
  const after = await whose(setting);
  expect(after.filter((line) => line.endsWith('tom/-'))).toHaveLength(1);
  expect(after.filter((line) => line.endsWith('maya/-'))).toHaveLength(4);
});

it('all of it can be declined: it stays with Tom, and who asked hears it', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  await talk.say('grace', 'handover @Tom to:@Maya sure:yes');
  await worker.sweep();
  expect((await press(setting, 'maya', 'Sorry')).text).toContain('No trouble at all');
  expect(await whose(setting)).toEqual(toms);
  await worker.sweep();
  expect(worker.inbox('grace').at(-1)).toContain(
    "Maya can't take on 3 follow-ups and the lead of 2 partners of Tom's this time. Tom still has it.",
  );
  expect((await press(setting, 'maya', 'Yes, all of it')).text).toContain('no longer open');
  expect(await whose(setting)).toEqual(toms);
});

it('goes to several, by kind and by partner', async () => {
  const setting = await newSetting();
  const { talk } = setting;
  const said = await talk.say('grace', 'handover @Tom to:@Maya kind:"grant funding" sure:yes');
  expect(said.text).toContain('1 follow-up and the lead of 1 partner');
  await talk.say('grace', 'handover @Tom to:me with:"Oakfield School" sure:yes');
  expect(await whose(setting)).toEqual([
    'Local Trust: tom/maya',
    'Oakfield School: grace/-',
    'report spending: tom/maya',
    'send the plan: grace/-',
    'water the beds: tom/-',
  ]);
});

it('to nobody yet: somebody looks after it, and a newcomer takes it from there', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  const preview = await talk.say('grace', 'handover @Tom to:none');
  expect(preview.text).toContain('It would be with nobody, and the coordinators would hear of it.');
  const left = await talk.press('grace', 'Leave it to nobody yet', preview);
  expect(left.text).toContain('Grace looks after it until somebody takes it on.');
  expect(left.text).toContain('rest until Wed 2 Dec');
  expect(await whose(setting)).toEqual(toms.map((line) => line.replace('tom', '-')));
  await worker.until('2026-11-19T12:00:00Z');
  expect(worker.inbox('grace').join(' ')).toContain('Nobody has this yet');
  expect((await talk.say('grace', 'handover @Tom to:@Maya')).text).toContain('send the plan');
  await talk.say('grace', 'handover @Tom to:@Maya sure:yes');
  await worker.sweep();
  await press(setting, 'maya', 'Yes, all of it');
  expect(await whose(setting)).toEqual(toms.map((line) => line.replace('tom/', 'maya/')));
});

describe('undo', () => {
  it('takes all of it back for a week, also what was taken on, and tells who had it', async () => {
    const setting = await newSetting();
    const { talk, worker } = setting;
    const asked = await talk.say('grace', 'handover @Tom to:@Maya sure:yes');
    await worker.sweep();
    await press(setting, 'maya', 'Yes, all of it');
    // A repeat that was done goes back with its next one.
    await talk.say('maya', 'followup done water the beds');
    await worker.until('2026-11-24T12:00:00Z');
    const undone = await talk.press('grace', 'Undo', asked);
    expect(undone.text).toBe('Undone: 5 things are as before the handover.');
    expect(await whose(setting)).toEqual(toms);
    await worker.sweep();
    expect(worker.inbox('maya').at(-1)).toContain(
      "Grace has undone the handover of Tom's tasks, so what you took on from Tom is no longer yours.",
    );
    expect((await talk.press('grace', 'Undo', asked)).text).toBe('That was undone already.');
  });

  it('is over after a week', async () => {
    const setting = await newSetting();
    const { talk, worker } = setting;
    const asked = await talk.say('grace', 'handover @Tom to:me sure:yes');
    await worker.until('2026-11-26T12:00:00Z');
    expect((await talk.press('grace', 'Undo', asked)).text).toContain('more than a week ago');
    expect(await whose(setting)).toEqual(toms.map((line) => line.replace('tom/', 'grace/')));
  });

  it('of somebody who left lets them in again, with all that was theirs', async () => {
    const setting = await newSetting();
    const { talk, worker } = setting;
    const left = await talk.say('grace', 'member left @Tom to:@Maya');
    await worker.sweep();
    expect(worker.inbox('maya').at(-1)).toContain('Nobody has it unless you say yes.');
    await press(setting, 'maya', 'Yes, all of it');
    await worker.until('2026-11-22T12:00:00Z');
    const undone = await talk.press('grace', 'Undo', left);
    expect(undone.text).toContain('Tom is a member here again.');
    expect(await whose(setting)).toEqual(toms);
    expect((await talk.say('tom', 'followup list')).text).toContain('send the plan');
  });

  it('is offered by the command too, and leaves alone what somebody else was given since', async () => {
    const setting = await newSetting();
    const { talk, worker } = setting;
    await talk.say('grace', 'handover @Tom to:@Maya with:"Oakfield School" sure:yes');
    await worker.sweep();
    await press(setting, 'maya', 'Yes, all of it');
    await talk.say('grace', 'followup ask send the plan who:me');
    const offered = await talk.say('grace', 'undo');
    const said = await talk.press('grace', "Undo the handover of Tom's tasks", offered);
    expect(said.text).toContain('1 thing stays with the person who was given it since.');
    expect(await whose(setting)).toEqual(
      toms.map((line) => (line.startsWith('send') ? 'send the plan: grace/-' : line)),
    );
  });

  it('is for the one who did it, and for coordinators', async () => {
    const setting = await newSetting();
    const { talk } = setting;
    const asked = await talk.say('tom', 'handover to:@Maya sure:yes');
    expect((await talk.press('maya', 'Undo', asked)).text).toContain('only a coordinator');
    expect((await talk.press('tom', 'Undo', asked)).text).toContain('5 things');
    expect(await whose(setting)).toEqual(toms);
  });
});

it('everybody hands over what is theirs; only a coordinator what is somebody else’s', async () => {
  const { talk } = await newSetting();
  expect((await talk.say('maya', 'handover @Tom to:me')).text).toContain('only a coordinator');
  expect((await talk.say('maya', 'handover')).text).toBe('You have nothing to hand over.');
  expect((await talk.say('tom', 'handover to:me')).text).toContain('Who else could take them on?');
  const own = await talk.say('tom', 'handover to:none sure:yes');
  expect(own.text).toContain('The coordinators look after it');
});

it('a private promise stays with its owner', async () => {
  const setting = await newSetting();
  const { talk } = setting;
  await talk.say('tom', 'log private oakfield school a worry next:"speak to the head" by:"18 Dec"');
  const preview = await talk.say('grace', 'handover @Tom to:@Maya');
  expect(preview.text).not.toContain('speak to the head');
  expect(preview.text).toContain('1 private promise stays with Tom');
  await talk.press('grace', 'Ask Maya', preview);
  expect(await whose(setting)).toContain('speak to the head: tom/-');
});

it('who declines what was given back leaves it to the coordinators, who hear of it', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  await talk.say('maya', 'followup add lend the tent by:"18 Dec" who:@Tom');
  await worker.sweep();
  await talk.invoke('tom', 'followup accept', { which: 'lend the tent' });
  await talk.say('tom', 'hand back sure:yes');
  await worker.sweep();
  expect((await press(setting, 'maya', 'Sorry')).text).toContain('No trouble at all');
  await worker.sweep();
  const news = "Maya can't take on 1 follow-up of Tom's this time. Nobody has it at the moment.";
  expect(worker.inbox('grace').at(-1)).toContain(news);
  expect(worker.inbox('tom').at(-1)).toContain(news);
});

it('what is late is counted as late anew, after a day of grace', async () => {
  const setting = await newSetting();
  const { talk, worker } = setting;
  await talk.say('tom', 'followup add ring Sue by:"20 Nov"');
  await worker.until('2026-11-30T08:00:00Z');
  await talk.say('grace', 'handover @Tom to:@Maya sure:yes');
  await worker.sweep();
  await press(setting, 'maya', 'Yes, all of it');
  // Seven working days after 20 Nov a coordinator would hear of it.
  await worker.until('2026-12-03T12:00:00Z');
  expect(worker.inbox('grace').filter((text) => text.includes('ring Sue'))).toEqual([]);
});

it('the sheet has the story, promises both ways, and nothing that is hidden', async () => {
  const { talk } = await newSetting();
  await talk.say('tom', 'log oakfield school met the head, the fair is on');
  await talk.say('tom', 'log private oakfield school they may move');
  await talk.say(
    'tom',
    'followup add lend us the hall with:"Oakfield School" whose:theirs by:"18 Dec"',
  );
  const sheet = await talk.say('maya', 'partner sheet oakfield school');
  for (const part of [
    'co-producing',
    'The story so far',
    'the fair is on',
    'We promised',
    'They promised',
    'lend us the hall',
  ])
    expect(sheet.text).toContain(part);
  expect(sheet.text).not.toContain('they may move');
});
