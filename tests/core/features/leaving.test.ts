import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { deliveries } from '../../../src/core/domain/deliveries/delivery.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { buttonIn, memberId, newTalk, type Talk, ZONE } from '../../fixtures/bot.ts';

/** Tom has a follow-up, leads a school, and Maya has asked him to take on another follow-up. */
async function withTom(): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('tom', 'partner add "Oakfield School" lead:@Tom');
  await talk.say('tom', 'followup add send the plan by:friday');
  await talk.say('maya', 'followup add book the hall by:friday who:@Tom');
  return talk;
}

async function whose(talk: Talk): Promise<Record<string, string | null>> {
  const rows = await collect(talk.store.of(followups).all({ index: 'byDueDay' }));
  const [school] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
  const names = new Map(
    (['maya', 'tom', 'grace'] as const).map((who) => [memberId(talk.id, who), who]),
  );
  const name = (id: string | null) => (id ? (names.get(id) ?? id) : null);
  return Object.fromEntries([
    ...rows.map(({ title, who, asked }) => [title, `${name(who)}/${name(asked)}`] as const),
    ['lead', name(school?.lead ?? null)],
  ]);
}

/** The texts of the messages to somebody, sent or not. */
async function sentTo(talk: Talk, who: 'maya' | 'grace'): Promise<string[]> {
  const rows = await collect(talk.store.of(deliveries).all({ index: 'byId' }));
  const theirs = rows.filter(({ recipient }) => recipient === memberId(talk.id, who));
  return theirs.map(({ reply }) => plainText(reply?.text ?? [], ZONE));
}

it('first asks who takes over, and changes nothing by asking', async () => {
  const talk = await withTom();
  const said = await talk.say('grace', 'member left @Tom');
  expect(said.text).toBe(
    'Tom has 1 follow-up (send the plan) and 1 open request, and leads 1 partner. Who should take them on? Requests go back to the person who asked, and nothing is deleted.',
  );
  expect(said.buttons).toEqual(['Hand over to…', 'To me', 'To nobody yet', 'Cancel']);
  expect(await talk.member('tom')).toMatchObject({ active: true });
  const { form } = await talk.press('grace', 'Hand over to…', said);
  expect(form?.fields.map(({ name }) => name)).toEqual(['who', 'to']);
});

it('hands everything over, tells the people concerned, and Undo reverts it', async () => {
  const talk = await withTom();
  const before = await whose(talk);
  const { form } = await talk.press(
    'grace',
    'Hand over',
    await talk.say('grace', 'member left tom'),
  );
  const said = await talk.submit('grace', form, { to: `#${memberId(talk.id, 'maya')}` });
  expect(said.text).toBe(
    "Tom has left. I'm asking Maya to take on their tasks. Nobody has them until Maya says yes.",
  );
  expect(await whose(talk)).toEqual({
    'send the plan': 'null/maya',
    'book the hall': 'maya/null',
    lead: null,
  });
  expect(await talk.member('tom')).toMatchObject({
    active: false,
    briefDue: null,
    nextRunAt: null,
  });
  expect(await sentTo(talk, 'maya')).toEqual(
    expect.arrayContaining([
      "Tom can't take book the hall this time. It's still yours.",
      expect.stringMatching(
        /^Grace asks: could you take this on.* To do: send the plan. To lead: Oakfield School/,
      ),
    ]),
  );
  expect((await talk.say('tom', 'today')).text).toContain('You need to be added by a coordinator');
  expect((await talk.say('grace', 'members')).text).toContain('Tom · worker · has left');
  await talk.press('grace', 'Undo', said);
  expect(await whose(talk)).toEqual(before);
  expect(await talk.member('tom')).toMatchObject({ active: true, briefDue: expect.any(Date) });
  expect(talk.errors).toEqual([]);
});

it('to nobody yet: it stays on the list, and a coordinator sees it', async () => {
  const talk = await withTom();
  await talk.press('grace', 'To nobody yet', await talk.say('grace', 'member left @Tom'));
  expect(await whose(talk)).toMatchObject({ 'send the plan': 'null/null', lead: null });
  const today = await talk.say('grace', 'today');
  expect(today.text).toContain('Nobody has this yet: send the plan');
  expect((await talk.say('grace', 'member left #nobody')).text).toContain('That person has left');
});

it('of somebody without tasks is done at once, and twice has one effect', async () => {
  const talk = await newTalk();
  const listed = await talk.say('grace', 'members');
  const tom = `#${memberId(talk.id, 'tom')}`;
  const button = { ...buttonIn(listed, 'Has left'), args: { who: tom } };
  expect((await talk.press('grace', button)).text).toBe('Tom has left.');
  expect((await talk.press('grace', button)).text).toContain('has left already');
  expect(await sentTo(talk, 'grace')).toEqual([]);
});

it.each([
  ['tom', 'member left maya', 'only a coordinator'],
  ['grace', 'member left me', 'Grace is the only coordinator'],
  ['grace', 'member left tom to:tom', 'Tom is the one who is leaving'],
] as const)('%s: %s is refused', async (who, line, sentence) => {
  const talk = await withTom();
  expect((await talk.say(who, line)).text).toContain(sentence);
  expect(await talk.member('tom')).toMatchObject({ active: true });
});

it('a member who has left cannot take over', async () => {
  const talk = await withTom();
  await talk.say('grace', 'member left maya');
  const maya = memberId(talk.id, 'maya');
  const args = { who: `#${memberId(talk.id, 'tom')}`, to: `#${maya}` };
  await talk.invoke('grace', 'member left', { who: `#${maya}`, to: 'none' });
  const said = await talk.invoke('grace', 'member left', args);
  expect(said.text).toContain('Maya has left');
});
