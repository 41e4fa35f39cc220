import { expect, it } from 'vitest';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk, profileOf, type Who } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London. Grace coordinates, Tom is a worker.

/** Edna is here by name only, and Tom keeps in touch with her. Maya has two promises and leads a partner. */
async function newSetting() {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'member by-hand "Edna Price" keeper:@Tom');
  await talk.say('maya', 'followup add send the plan by:"18 Dec"');
  await talk.say('maya', 'followup add bring cakes by:"18 Dec"');
  await talk.say('grace', 'partner add "Oakfield School" lead:@Maya');
  await worker.sweep();
  const press = (who: Who, label: string) => {
    const buttons = worker.platform.posted.flatMap(({ reply }) => buttonsOf(reply));
    const button = buttons.findLast((one) => one.label === label);
    if (!button) throw new Error(`No button ${label}.`);
    return talk.press(who, button);
  };
  const listOf = async () => (await talk.say('grace', 'followup list everyone')).text;
  return { talk, worker, press, listOf };
}

it('who keeps in touch is asked, and answers for her', async () => {
  const { talk, worker, press, listOf } = await newSetting();
  const preview = await talk.say('maya', 'handover to:"Edna Price"');
  const asked = await talk.press('maya', 'Ask Edna Price', preview);
  expect(asked.text).toBe(
    "I'm asking Edna Price, through Tom, to take on 2 follow-ups and the lead of 1 partner. You keep each thing until Edna Price says yes.",
  );
  await worker.sweep();
  expect(worker.inbox('tom').at(-1)).toContain(
    'For Edna Price, who you keep in touch with: Maya would like to hand this over. Could you take it on?',
  );
  expect((await press('maya', 'Yes, all of it')).text).toContain('no longer open');
  const part = await press('tom', 'A part of it…');
  expect(part.text).toContain("Which of Maya's tasks could Edna Price take on?");
  await talk.press('tom', "Sorry, can't", part);
  const taken = await press('tom', 'Yes, all of it');
  expect(taken.text).toContain('Thank you. Edna Price has');
  expect(taken.text).toContain('Edna Price leads 1 partner now.');
  expect(await listOf()).toMatch(/Edna Price/u);
  await worker.until('2026-11-18T11:00:00Z');
  expect(worker.inbox('maya').join()).toContain('Edna Price takes on');
  expect(talk.errors).toEqual([]);
});

it('who keeps in touch says that she can’t, and who asked hears it', async () => {
  const { talk, worker, press } = await newSetting();
  await talk.say('maya', 'handover to:"Edna Price" sure:yes');
  await worker.sweep();
  expect((await press('tom', "Sorry, can't")).text).toBe("No trouble at all. I've let them know.");
  await worker.sweep();
  expect(worker.inbox('maya').at(-1)).toContain(
    "Edna Price can't take on 2 follow-ups and the lead of 1 partner of Maya's this time. Maya still has it.",
  );
  expect(talk.errors).toEqual([]);
});

it('who hands over to somebody they keep in touch with has the answers to press at once', async () => {
  const { talk, worker, listOf } = await newSetting();
  await talk.say('tom', 'followup add ring the hall by:"18 Dec"');
  const asked = await talk.say('tom', 'handover to:"Edna Price" sure:yes');
  expect(asked.text).toBe(
    'Edna Price has no Slack or Discord. Could you ask them to take on 1 follow-up, and press their answer here? You keep each thing until Edna Price says yes.',
  );
  expect(asked.buttons).toEqual(['Yes', "Sorry, can't", 'Undo']);
  const taken = await talk.press('tom', 'Yes', asked);
  expect(taken.text).toContain('Edna Price has this now: ring the hall.');
  await worker.sweep();
  expect(worker.inbox('tom').join()).not.toContain('Thank you for asking');
  expect(await listOf()).toContain('ring the hall');
});

it('what is hers is handed over by who keeps in touch with her', async () => {
  const { talk, worker, press } = await newSetting();
  await talk.say('grace', 'followup add water the beds who:"Edna Price" by:"18 Dec"');
  expect((await talk.say('maya', 'handover "Edna Price" to:me')).text).toContain(
    'only a coordinator',
  );
  const said = await talk.say('tom', 'handover "Edna Price" to:@Maya sure:yes');
  expect(said.text).toContain("I'm asking Maya to take on 1 follow-up. Edna Price keeps");
  await worker.until('2026-11-18T11:00:00Z');
  expect(worker.inbox('maya').at(-1)).toContain('could you take this on from Edna Price?');
  expect((await press('maya', 'Yes')).text).toContain('Yours now: water the beds.');
  expect(talk.errors).toEqual([]);
});

it('when who keeps in touch leaves, the coordinators are asked who does so now', async () => {
  const { talk } = await newSetting();
  const left = await talk.say('grace', 'member left @Tom to:none');
  expect(left.text).toContain(
    'They kept in touch with Edna Price. Until somebody else does, the coordinators hear what is for that person.',
  );
  const why = await talk.say('grace', 'why who:"Edna Price"');
  expect(why.text).toContain('has no Slack or Discord, so no brief comes to them.');
  expect(why.text).toContain('comes to you, who pass it on.');
  const form = await talk.press('grace', 'Keep in touch with Edna Price', left);
  const changed = await talk.submit('grace', form.form, { keeper: '@Maya' });
  expect(changed.text).toBe('Maya keeps in touch with them, and hears what is theirs.');
  expect(talk.errors).toEqual([]);
});

it('when who keeps in touch is put out, the coordinators are told, and choose somebody else', async () => {
  const { talk, worker, press } = await newSetting();
  talk.profiles.tom = profileOf('Tom', { standing: 'guest' });
  await talk.say('tom', 'today');
  await worker.until('2026-11-18T11:00:00Z');
  expect(worker.inbox('grace').at(-1)).toContain('They kept in touch with Edna Price.');
  const form = await press('grace', 'Keep in touch with Edna Price');
  expect((await talk.submit('grace', form.form, { keeper: '@Maya' })).text).toContain('Maya keeps');
});
