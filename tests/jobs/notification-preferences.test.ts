import { describe, expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { partners } from '../../src/core/domain/partners/partner.ts';
import { buttonsOf } from '../../src/core/message/reply.ts';
import { newTalk } from '../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

const fewerOf = (worker: TestWorker) =>
  worker.platform.posted.map(({ reply }) =>
    buttonsOf(reply).filter(({ label }) => label === 'Fewer of these'),
  );

it('the button is on briefs, requests, answers and what was given back, but not on reminders that members set', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add send the plan by:"19 Nov 2026" who:Tom');
  await worker.sweep();
  await talk.say('tom', 'followup accept plan');
  await worker.sweep();
  await worker.until('2026-11-19T09:00:00Z');
  await talk.say('tom', 'hand back sure:yes');
  await worker.sweep();
  expect(worker.platform.posted).toHaveLength(4);
  expect(fewerOf(worker).map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  await worker.until('2026-11-19T15:00:00Z');
  expect(fewerOf(worker).map(({ length }) => length)).toEqual([1, 1, 1, 1, 0]);
  const [[button] = []] = fewerOf(worker);
  if (!button) throw new Error('No button.');
  expect((await talk.press('tom', button)).text).toContain('What would help?');
});

describe('fewer', () => {
  it('offers ways to get fewer messages, and applies them', async () => {
    const talk = await newTalk();
    const answer = await talk.say('tom', 'fewer');
    expect(answer.buttons).toEqual([
      'Once a week',
      'Only things with a date',
      'Pause a week',
      'Pause until…',
      'Give my tasks back',
    ]);
    const weekly = await talk.press('tom', 'Once', answer);
    expect(await talk.member('tom')).toMatchObject({ rhythm: 'weekly' });
    expect((await talk.say('tom', 'fewer')).buttons[0]).toBe('Only things with a date');
    await talk.press('tom', 'Undo', weekly);
    expect(await talk.member('tom')).toMatchObject({ rhythm: 'daily' });
    await talk.press('tom', 'Pause a week', answer);
    expect(await talk.member('tom')).toMatchObject({ pausedUntil: '2026-11-25' });
    const { form } = await talk.press('tom', 'Pause until', answer);
    expect(form?.fields.map(({ name }) => name)).toEqual(['until']);
    expect((await talk.submit('tom', form, { until: 'soon' })).form?.fields[0]?.problem).toContain(
      'Until when is "soon"?',
    );
    await talk.submit('tom', form, { until: '14 Dec' });
    expect(await talk.member('tom')).toMatchObject({
      pausedUntil: '2026-12-14',
      briefDay: '2026-12-14',
    });
    // A member's brief is weekly by default.
    expect((await talk.say('maya', 'fewer')).buttons[0]).toBe('Only things with a date');
    expect(talk.errors).toEqual([]);
  });
});

describe('hand back', () => {
  it('asks first, returns tasks to the giver or leaves them to nobody, and deletes nothing', async () => {
    const talk = await newTalk();
    const worker = await newWorker(talk);
    await talk.say('grace', 'partner add Local Trust lead:Tom');
    await talk.say('grace', 'followup add write to Ed by:"18 Dec 2026" who:Tom');
    await talk.say('tom', 'followup add ring the school by:"18 Dec 2026"');
    await talk.say('maya', 'followup add send the plan by:"18 Dec 2026" who:Tom');
    await worker.sweep();
    const asked = await talk.say('tom', 'hand back');
    expect(asked.text).toContain('You have 2 follow-ups');
    expect(asked.text).toContain('and 1 open request, and lead 1 partner.');
    expect(asked.text).toContain('write to Ed');
    const rows = () =>
      collect(talk.store.of(followups).all({ index: 'byDueDay', where: { state: 'open' } }));
    const owners = async () =>
      (await rows()).map(({ who, title }) => `${title}: ${who}`).toSorted();
    const before = await owners();

    const answer = await talk.press('tom', 'Give my tasks back', asked);
    await worker.sweep();
    const { id: grace } = await talk.member('grace');
    const { id: maya } = await talk.member('maya');
    expect(await owners()).toEqual([
      'ring the school: null',
      `send the plan: ${maya}`,
      'write to Ed: null',
    ]);
    expect((await collect(talk.store.of(partners).all({ index: 'byKey' })))[0]).toMatchObject({
      lead: null,
    });
    const request = worker.platform.posted.findLast(({ reply }) =>
      buttonsOf(reply).some(({ command }) => command === 'handover accept'),
    );
    expect(worker.inbox('grace').at(-1)).toContain(
      'Tom would like to hand this over. Could you take it on? To do: write to Ed. Nobody has it unless you say yes.',
    );
    const [yes] = request ? buttonsOf(request.reply) : [];
    if (!yes) throw new Error('No button.');
    await talk.press('grace', yes);
    expect(await owners()).toContain(`write to Ed: ${grace}`);
    expect(worker.inbox('maya').at(-1)).toContain("Tom can't take send the plan this time");

    await worker.until('2026-11-19T09:00:00Z');
    expect(worker.inbox('grace').at(-1)).toContain('Nobody has this yet: ring the school');
    const count = worker.inbox('grace').length;
    await worker.until('2026-11-25T12:00:00Z');
    expect(worker.inbox('grace')).toHaveLength(count);
    await worker.until('2026-11-26T09:00:00Z');
    expect(worker.inbox('grace')).toHaveLength(count + 1);
    await talk.say('grace', 'followup ask school who:Maya');
    await worker.until('2026-12-11T12:00:00Z');
    expect(worker.inbox('grace')).toHaveLength(count + 1);
    expect((await talk.say('tom', 'hand back')).text).toContain('You have no tasks');
    expect(worker.errors).toEqual([]);
    expect(before).toHaveLength(3);
    expect(answer.buttons).toEqual(['Undo']);
  });

  it('can be undone', async () => {
    const talk = await newTalk();
    await talk.say('tom', 'followup add ring the school by:"18 Dec 2026"');
    const answer = await talk.say('tom', 'hand back sure:yes');
    await talk.press('tom', 'Undo', answer);
    expect((await talk.say('tom', 'followup list')).text).toContain('ring the school');
  });
});
